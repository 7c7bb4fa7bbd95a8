package learning

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/faq"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// record is what members asked and officers answered, kept in memory; the newest question stands first.
type record struct {
	questions []bot.FreeQuestion
	words     map[string]string
	aside     []Aside
	audit     []bot.AuditEntry
	fails     error
}

func (r *record) Questions(_ context.Context, since, until time.Time, limit int) (list []bot.FreeQuestion, _ error) {
	for _, q := range r.questions {
		if !q.At.Before(since) && q.At.Before(until) && len(list) < limit {
			list = append(list, q)
		}
	}
	return list, r.fails
}

func (r *record) OfficerWords(context.Context, []string) (map[string]string, error) {
	return r.words, r.fails
}

func (r *record) Asides(context.Context, time.Time) ([]Aside, error) { return r.aside, r.fails }

func (r *record) Do(_ context.Context, f func(Tx) error) error { return f(r) }

func (r *record) PutAside(_ context.Context, a Aside) error {
	r.aside = append(r.aside, a)
	return r.fails
}

func (r *record) Audit(_ context.Context, e bot.AuditEntry) error {
	r.audit = append(r.audit, e)
	return nil
}

// ask notes a question days ago, before all that were noted earlier.
func (r *record) ask(days int, words string, change ...func(*bot.FreeQuestion)) {
	q := bot.FreeQuestion{
		ID: fmt.Sprintf("q%d", len(r.questions)+1), Chat: bot.ChatKey(fmt.Sprintf("tg:%d", len(r.questions)+1)), At: noon.AddDate(0, 0, -days).Add(-time.Hour),
		Lang: bot.En, Class: bot.En, Text: words, Action: bot.QuestionRephrase,
	}
	for _, c := range change {
		c(&q)
	}
	r.questions = append(r.questions, q)
}

func does(action bot.QuestionAction, pressed string, top ...string) func(*bot.FreeQuestion) {
	return func(q *bot.FreeQuestion) {
		q.Action, q.Pressed = action, pressed
		for i, id := range top {
			q.Top = append(q.Top, bot.Guess{ID: id, P: .4 / float64(i+1)})
		}
	}
}

func toOfficer(reply string) func(*bot.FreeQuestion) {
	return func(q *bot.FreeQuestion) { q.HandOver, q.Reply = "h"+q.ID, reply }
}

// shelf is a content of two answers.
type shelf struct {
	version int
	index   *faq.Index
	docs    []faq.Document
}

func stocked(more ...string) *shelf {
	s := &shelf{version: 1, docs: []faq.Document{
		{ID: "answers/fee", Lang: bot.En, Phrasings: []string{
			"how much is the annual fee", "what does the annual fee cost", "price of the annual fee", "annual fee amount", "the yearly fee how much",
		}},
		{ID: "answers/card", Lang: bot.En, Phrasings: append([]string{"how do i renew my card", "renew the commercial card"}, more...)},
	}}
	s.index = faq.Build(s.docs)
	return s
}

func (s *shelf) Edition() Edition { return Edition{s.version, s.index, s.docs} }

func (s *shelf) Draft(context.Context, bot.StaffID) (Stock, error) {
	return Stock{faq.Usual(), s.docs}, nil
}

func (s *shelf) Answered(words string) (string, bot.Lang) {
	if words == "The fee is ten." {
		return "answers/fee", bot.En
	}
	return "", ""
}

func office(r *record, s *shelf) *Office {
	return &Office{
		Store: r, Content: s, Clock: func() time.Time { return noon },
		Redact: func(words string) string { return strings.ReplaceAll(words, "0912", "[number]") },
	}
}

func board(t *testing.T, o *Office, q Query) Board {
	t.Helper()
	b, err := o.Board(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const parking = "where can i park my car near the office"

func TestWhatManyAskInOtherWordsIsOneCluster(t *testing.T) {
	r := &record{}
	r.ask(0, "where can i park my car near your office", toOfficer("m1"))
	r.ask(1, parking)
	r.ask(1, "do you issue visas")
	r.ask(2, parking, does(bot.QuestionAsked, "officer", "answers/fee"))
	r.ask(9, parking)
	r.words = map[string]string{"m1": "Call 0912, there is a car park."}
	b := board(t, office(r, stocked()), Query{})
	if len(b.Clusters) != 2 {
		t.Fatalf("%d clusters: %+v", len(b.Clusters), b.Clusters)
	}
	c := b.Clusters[0]
	if got := fmt.Sprint(c.ID, c.Class, c.Lang, c.N, c.Before, c.Chats, c.Outcomes); got != "q1enen3 1 3 map[lost:2 refused:1]" {
		t.Errorf("the cluster is %s", got)
	}
	if got := fmt.Sprint(c.Examples); got != "[{"+parking+" 3} {where can i park my car near your office 1}]" {
		t.Errorf("its examples are %s", got)
	}
	if got := fmt.Sprint(c.Replies, c.Likely); got != "[{Call [number], there is a car park. en  }] [{answers/fee 0}]" {
		t.Errorf("the replies and likely answers are %s", got)
	}
	if got := fmt.Sprint(b.Tally); got != "{4 0 1 1 4}" {
		t.Errorf("the tally is %s", got)
	}
}

func TestAnswersThatPeopleNamedStandBeforeThoseThatTheMatcherGuessed(t *testing.T) {
	r := &record{words: map[string]string{"m1": "The fee is ten."}}
	r.ask(0, parking, does(bot.QuestionAsked, "", "answers/card", "flow/complaint", "answers/fee"), toOfficer("m1"))
	r.ask(1, parking, does(bot.QuestionAsked, "", "answers/card", "answers/hours"))
	r.ask(2, parking, does(bot.QuestionAnswered, "not_solved", "answers/visa", "answers/hours"))
	likely := board(t, office(r, stocked()), Query{}).Clusters[0].Likely
	if got := fmt.Sprint(likely); got != "[{answers/fee 1} {answers/card 0} {answers/hours 0}]" {
		t.Errorf("likely are %s", got)
	}
}

func TestWhatTheContentHasLearntSinceIsNoCluster(t *testing.T) {
	r := &record{}
	r.ask(1, parking)
	r.ask(1, "how do i renew my card", does(bot.QuestionAnswered, "not_solved", "answers/card"))
	o := office(r, stocked(parking))
	b := board(t, o, Query{})
	if len(b.Clusters) != 1 || b.Clusters[0].ID != "q2" || b.Known != 1 {
		t.Errorf("known %d, clusters %+v", b.Known, b.Clusters)
	}
	o.Content = stocked() // rolled back
	if b := board(t, o, Query{}); len(b.Clusters) != 2 || b.Known != 0 {
		t.Errorf("known %d, clusters %+v", b.Known, b.Clusters)
	}
}

func TestWordsThatWereTakenBackAreGoneFromTheBoardAtOnce(t *testing.T) {
	r := &record{words: map[string]string{"m1": "The fee is ten."}}
	r.ask(1, parking, toOfficer("m1"))
	r.ask(2, parking, does(bot.QuestionAsked, "", "answers/card"))
	o := office(r, stocked())
	c := board(t, o, Query{}).Clusters[0]
	if got := fmt.Sprint(c.Replies, c.Likely); got != "[{The fee is ten. en  answers/fee}] [{answers/fee 1} {answers/card 0}]" {
		t.Fatalf("the replies and likely answers are %s", got)
	}
	r.words = nil // or the chat is confidential now
	c = board(t, o, Query{}).Clusters[0]
	if got := fmt.Sprint(c.Replies, c.Likely, c.N); got != "[] [{answers/card 0}] 2" {
		t.Errorf("the replies and likely answers are %s", got)
	}
	if c, err := o.Cluster(t.Context(), "q1"); err != nil || len(c.Replies) > 0 {
		t.Errorf("the cluster has %v, %v", c.Replies, err)
	}
}

func TestPeriodAndLanguageAreChosen(t *testing.T) {
	r := &record{}
	r.ask(1, parking)
	r.ask(20, "do you issue visas")
	r.ask(25, "kart e man koo", func(q *bot.FreeQuestion) { q.Class, q.Lang = faq.Finglish, bot.Fa })
	r.ask(26, "123", func(q *bot.FreeQuestion) { q.Class = "" })
	o := office(r, stocked())
	for q, want := range map[Query]int{{}: 1, {Days: 12}: 1, {Days: 30}: 3, {Days: 90, Class: bot.En}: 2, {Days: 90, Class: faq.Finglish}: 1, {Days: 90, Class: bot.Ar}: 0} {
		if b := board(t, o, q); len(b.Clusters) != want {
			t.Errorf("%+v has %d clusters, want %d", q, len(b.Clusters), want)
		}
	}
}

func TestAClusterPutAsideComesBackWhenItHasGrown(t *testing.T) {
	r := &record{}
	for range 4 {
		r.ask(1, parking)
	}
	o := office(r, stocked())
	if err := o.PutAside(t.Context(), "reza", "q2"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.aside, r.audit); got != fmt.Sprint([]Aside{{"q2", 4, noon, "reza"}}, []bot.AuditEntry{{At: noon, By: "reza", What: "learning.aside", Subject: "question q2"}}) {
		t.Errorf("kept %s", got)
	}
	later := noon
	o.Clock = func() time.Time { return later }
	for n := range 4 {
		if b := board(t, o, Query{}); len(b.Clusters) != 0 || b.Aside != 1 {
			t.Errorf("with %d more there are %d clusters", n, len(b.Clusters))
		}
		if b := board(t, o, Query{Aside: true}); len(b.Clusters) != 1 || !b.Clusters[0].Aside {
			t.Errorf("with %d more what was put aside is %+v", n, b.Clusters)
		}
		later = later.Add(time.Hour)
		r.ask(0, parking, func(q *bot.FreeQuestion) { q.At = later })
	}
	if b := board(t, o, Query{}); len(b.Clusters) != 1 || b.Aside != 0 {
		t.Errorf("twice as many are %d clusters", len(b.Clusters))
	}
}

func TestAClusterIsFoundByAnyOfItsQuestions(t *testing.T) {
	r := &record{}
	r.ask(1, parking)
	r.ask(100, parking)
	o := office(r, stocked())
	if c, err := o.Cluster(t.Context(), "q2"); err != nil || c.N != 2 || c.ID != "q1" {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := o.Cluster(t.Context(), "q9"); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
	if err := o.PutAside(t.Context(), "reza", "q9"); bot.KindOf(err) != bot.NotFound || len(r.audit) != 0 {
		t.Error(err)
	}
}

func TestAWeekNamesWhatIsNew(t *testing.T) {
	r := &record{}
	r.ask(1, parking)
	r.ask(1, parking)
	r.ask(2, "hassan asks where can i park my car near the office")
	for range 3 {
		r.ask(2, "do you issue visas for students")
	}
	r.ask(2, "only one member has put it like this, and calls himself hassan")
	r.ask(1, "something that one has asked", does(bot.QuestionAnswered, "solved", "answers/fee"))
	r.ask(12, "do you issue visas for students")
	w, err := office(r, stocked()).Week(t.Context(), noon.AddDate(0, 0, -7), noon)
	if err != nil || fmt.Sprint(w.Fresh) != "[{"+parking+" 3}]" || w.Thin != 2 {
		t.Errorf("%+v %v", w, err)
	}
	if got := fmt.Sprint(w.Tally); got != "{8 1 0 0 7}" {
		t.Errorf("the tally is %s", got)
	}
}

func TestHowAnswersServeIsCounted(t *testing.T) {
	r := &record{}
	r.ask(1, "fee", does(bot.QuestionAnswered, "solved", "answers/fee"))
	r.ask(1, "fee", does(bot.QuestionAnswered, "", "answers/fee"))
	r.ask(1, "fee", does(bot.QuestionAnswered, "not_solved", "answers/fee"))
	r.ask(1, "fee", does(bot.QuestionAsked, "answers/fee", "answers/card"))
	r.ask(1, "fee", does(bot.QuestionAsked, "", "answers/card"))
	r.ask(40, "fee", does(bot.QuestionAnswered, "solved", "answers/fee"))
	got, err := office(r, stocked()).Uses(t.Context(), 30)
	if err != nil || fmt.Sprint(got) != "map[answers/fee:{4 1 1}]" {
		t.Errorf("%v %v", got, err)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	r := &record{fails: errors.New("away")}
	o := office(r, stocked())
	_, board := o.Board(t.Context(), Query{})
	_, week := o.Week(t.Context(), noon, noon)
	_, uses := o.Uses(t.Context(), 1)
	_, effect := o.Effect(t.Context(), "reza", "answers/fee", bot.En, nil)
	for _, err := range []error{board, week, uses, effect} {
		if !errors.Is(err, r.fails) {
			t.Errorf("got %v", err)
		}
	}
}

func TestWhatStandsForSomethingPersonalIsNoPhrasing(t *testing.T) {
	if got := Phrasing("my number is [number] and my mail [mail]"); got != "my number is and my mail" {
		t.Error(got)
	}
}

// BenchmarkBoard puts ten thousand questions together, each in words of its own, and finds them as they were the second time.
func BenchmarkBoard(b *testing.B) {
	r := &record{}
	words := strings.Fields("where when can may i park leave bring send my our the a car goods letter card form near before after your office house port week")
	for i := range mostQuestions {
		var text []string
		for n := range 6 + i%4 {
			text = append(text, words[(i*(n+3)*(n+7)/5+i*i*n/11)%len(words)])
		}
		r.ask(i%29, strings.Join(text, " "))
	}
	for name, again := range map[string]bool{"new": false, "again": true} {
		b.Run(name, func(b *testing.B) {
			o := office(r, stocked())
			for b.Loop() {
				if !again {
					o = office(r, stocked())
				}
				if _, err := o.Board(b.Context(), Query{Days: 30}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
