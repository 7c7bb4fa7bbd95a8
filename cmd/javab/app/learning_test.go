package app

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/digest"
	"javab/bot/staff"
	"javab/flows/studio"
	"javab/locales/text"
	"javab/storage"
)

// nobodyKnows is something that no answer is about, in the words of three members.
const nobodyKnows = "zebra xylophone quartz"

var asksOf = []string{nobodyKnows, nobodyKnows, "zebra xylophone quartz please"}

// learntAnswer is what it shall mean.
const learntAnswer = "contact.hours"

func TestWhatThreeMembersAskInVainTheNextOneIsAnswered(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	if err := o.house.library.learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, words := range asksOf {
		o.wonders(int64(9100+i), words)
	}
	admin := o.signIn(t, "admin")
	size := func(n int64) string {
		return `<b class="size">` + text.For(o.person(t, "admin").Lang).Number(n) + "</b>"
	}
	const list = "/studio/answers/unanswered"
	o.eventually(t, "the admin sees what three asked", func() bool {
		page := o.ask(http.MethodGet, list, admin, nil).Body.String()
		return strings.Contains(page, nobodyKnows) && strings.Contains(page, size(3))
	})
	lesson := url.Values{"class": {"en"}, "answer": {"answers/" + learntAnswer}, "words": {nobodyKnows}}
	shown := o.ask(http.MethodPost, list+"/add", admin, lesson)
	if shown.Code != http.StatusOK {
		t.Fatalf("the phrasing is shown with %d: %s", shown.Code, shown.Body)
	}
	lesson.Set("do", "keep")
	lesson.Set("rev", hidden(shown.Body.String(), "rev"))
	if kept := o.ask(http.MethodPost, list+"/add", admin, lesson); kept.Code != http.StatusSeeOther {
		t.Fatalf("it is kept with %d: %s", kept.Code, kept.Body)
	}
	if o.answers(t, 9110) {
		t.Fatal("the bot has learnt what nobody has published")
	}
	out, err := o.house.studio.Publish(t.Context(), o.person(t, "admin").ID, studio.Publishing{Warnings: true, Words: true}, nil)
	if err != nil || out.Version != 2 {
		t.Fatalf("published %+v, %v", out, err)
	}
	if !o.answers(t, 9111) {
		t.Error("the next member is not answered")
	}
	if page := o.ask(http.MethodGet, list, admin, nil).Body.String(); strings.Contains(page, `class="card cluster"`) {
		t.Error("what the bot has learnt is still unanswered")
	}
}

// wonders lets a new member ask something.
func (o *office) wonders(id int64, words string) {
	w := o.member(id, bot.En)
	w.says("/start")
	w.taps("en")
	w.says(words)
}

// answers reports whether a member who asks is given the answer.
func (o *office) answers(t *testing.T, id int64) bool {
	t.Helper()
	o.wonders(id, nobodyKnows)
	var asked []bot.FreeQuestion
	o.eventually(t, "his question is in the log", func() bool {
		var err error
		if asked, err = o.house.store.Questions(t.Context(), time.Now().Add(-time.Hour), time.Now().Add(time.Hour), 1); err != nil {
			t.Fatal(err)
		}
		return len(asked) == 1 && asked[0].Text == nobodyKnows && strings.HasSuffix(string(asked[0].Chat), fmt.Sprint(id))
	})
	return asked[0].Action == bot.QuestionAnswered && asked[0].Top[0].ID == "answers/"+learntAnswer
}

func (o *office) person(t *testing.T, login string) bot.Staff {
	t.Helper()
	all, err := o.house.store.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Login == login {
			return s
		}
	}
	t.Fatalf("nobody is called %s", login)
	return bot.Staff{}
}

// hidden is the value of a hidden input.
func hidden(page, name string) string {
	if found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page); found != nil {
		return html.UnescapeString(found[1])
	}
	return ""
}

func TestANewAnswerBeginsWithWhatWasAskedAndWhatAnOfficerSaid(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	o.asked(t, func(q *bot.FreeQuestion) { q.HandOver, q.Reply = "h1", "m1" }, "By the door, says Sara. Call 0912 345 6789.")
	admin := o.signIn(t, "admin")
	page := o.ask(http.MethodGet, "/studio/answers/new?question=q1", admin, nil).Body.String()
	for _, want := range []string{nobodyKnows + "</textarea>", "By the door, says Sara. Call [number].</textarea>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the form lacks %q", want)
		}
	}
	if strings.Contains(page, "0912") {
		t.Error("a number is told")
	}
	sara := o.signIn(t, "sara")
	if seen := o.ask(http.MethodGet, "/studio/answers/unanswered", sara, nil); seen.Code != http.StatusForbidden {
		t.Errorf("an officer is answered %d", seen.Code)
	}
}

// asked puts a question into the log, and an officer's words if there are any.
func (o *office) asked(t *testing.T, change func(*bot.FreeQuestion), said string) {
	t.Helper()
	q := bot.FreeQuestion{
		ID: "q1", Chat: "tg:javab:1", At: time.Now().Add(-time.Hour), Lang: bot.En, Class: bot.En, Text: nobodyKnows, Action: bot.QuestionRephrase,
	}
	change(&q)
	rows := converse.Rows{Question: &q}
	if said != "" {
		rows.Messages = []bot.Message{{Chat: q.Chat, Direction: bot.Out, Author: "sara", Kind: bot.KindText, Text: said, JobKey: q.Reply, At: q.At}}
	}
	err := o.house.store.Do(t.Context(), func(tx storage.Tx) error {
		_, err := tx.Append(t.Context(), rows, bot.Lease{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsPutAsideIsInTheAudit(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	o.asked(t, func(*bot.FreeQuestion) {}, "")
	admin := o.signIn(t, "admin")
	if done := o.ask(http.MethodPost, "/studio/answers/unanswered/aside", admin, url.Values{"question": {"q1"}}); done.Code != http.StatusSeeOther {
		t.Fatalf("answered %d: %s", done.Code, done.Body)
	}
	lines, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{What: "learning.", Limit: 10})
	if err != nil || len(lines) != 1 || lines[0].What != "learning.aside" || lines[0].By != o.person(t, "admin").ID || lines[0].Subject != "question q1" {
		t.Errorf("the audit has %+v, %v", lines, err)
	}
	if page := o.ask(http.MethodGet, "/studio/answers/unanswered", admin, nil).Body.String(); strings.Contains(page, `class="card cluster"`) {
		t.Error("it is still there")
	}
}

func TestADraftThatCannotBePublishedIsMeasuredAsItIsLive(t *testing.T) {
	h := openedHouse(t, t.TempDir())
	defer func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	}()
	content := learntContent{h.library, h.studio}
	phrasings := func() (n int) {
		stock, err := content.Draft(t.Context(), "s1")
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range stock.Documents {
			n += len(d.Phrasings)
		}
		return n
	}
	live := phrasings()
	save := func(change func(body string) string) {
		sheet, err := h.studio.Open(t.Context(), "s1", answersFile)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.studio.Save(t.Context(), "s1", answersFile, sheet.Rev, []byte(change(string(sheet.Body)))); err != nil {
			t.Fatal(err)
		}
	}
	save(func(body string) string {
		return strings.Replace(body, `en: ["opening hours"`, `en: ["`+nobodyKnows+`", "opening hours"`, 1)
	})
	if got := phrasings(); got != live+1 {
		t.Errorf("the draft has %d phrasings, live has %d", got, live)
	}
	save(func(body string) string { return body + "\nanswers: twice\n" })
	if got := phrasings(); got != live {
		t.Errorf("a broken draft has %d phrasings, live has %d", got, live)
	}
}

func TestTheWeekOfTheDigestIsThatOfTheOffice(t *testing.T) {
	o := furnish(t)
	o.asked(t, func(*bot.FreeQuestion) {}, "")
	from, to := time.Now().AddDate(0, 0, -7), time.Now()
	want, err := o.house.learning.Week(t.Context(), from, to)
	if err != nil || want.Questions != 1 {
		t.Fatalf("%+v, %v", want, err)
	}
	got, err := weeks{o.house.learning}.Week(t.Context(), digest.Span{From: from, To: to})
	if err != nil || got.Questions != want.Questions || got.Unanswered != want.Unanswered || got.Thin != want.Thin {
		t.Errorf("%+v, %v", got, err)
	}
}
