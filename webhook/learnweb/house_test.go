package learnweb

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/faq"
	"javab/bot/learning"
	"javab/flows"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// house is the pages over the program's own answers and what is told of members' questions.
type house struct {
	*pagetest.Site
	body     []byte
	rev      int
	board    learning.Board
	survey   learning.Survey
	ready    bool
	measured []learning.Measured
	asked    []string // what was asked of the learning
	broken   error
	slow     error // of measuring alone
}

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

var errAway = &bot.Error{Kind: bot.Unavailable, Key: "unavailable", Err: errors.New("secret@db")}

func open(t *testing.T) *house {
	t.Helper()
	body, err := fs.ReadFile(scripts.FS, answersFile)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{body: body, rev: 3}
	h.Site = pagetest.Open(t, bot.Staff{ID: "reza", Name: "Reza", Role: bot.RoleAdmin, Lang: bot.En}, func() time.Time { return now },
		page.Place{URL: "/studio", ID: "studio.rail", Icon: "workflow"})
	web := &Web{Shell: h.Frame, Learning: h, Sheets: h}
	if err := web.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

// stock tells the house of two clusters, a survey and an effect.
func (h *house) stock() {
	parking := learning.Cluster{
		ID: "q1", Class: bot.En, Lang: bot.En, N: 5, Before: 2, Chats: 4, Newest: now.Add(-time.Hour),
		Outcomes: map[learning.Outcome]int{learning.Left: 2, learning.Refused: 1, learning.Lost: 1, learning.Corrected: 1},
		Examples: []learning.Example{{Text: "where can i park", N: 3}, {Text: "parking near [number]", N: 2}, {Text: "[number]", N: 1}},
		Replies: []learning.Reply{
			{Text: "There is a <b>car park</b>.", Lang: bot.En, Is: "answers/contact.hours"}, {Text: "x", Lang: bot.Fa, Ready: "hello"},
		},
		Likely: []learning.Vote{{ID: "answers/contact.hours", Told: 2}, {ID: "answers/gone"}},
	}
	finglish := learning.Cluster{
		ID: "q2", Class: faq.Finglish, Lang: bot.Fa, N: 1, Chats: 1, Newest: now, Examples: []learning.Example{{Text: "kart koo", N: 1}},
		Outcomes: map[learning.Outcome]int{learning.Lost: 1},
	}
	h.board = learning.Board{
		Query: learning.Query{Days: 7}, Clusters: []learning.Cluster{parking, finglish}, Aside: 3, Known: 2, More: 4, Full: true,
		Tally: learning.Tally{Questions: 20, Answered: 9, AskedBack: 6, HandedOff: 4, Unanswered: 6},
	}
	h.ready, h.survey = true, learning.Survey{
		Pairs: []learning.Pair{{A: "answers/contact.hours", B: "flow/complaint", N: 2, Taken: []learning.Taken{{Text: "when", Of: "answers/contact.hours", By: "flow/complaint"}}}},
		Thin:  []learning.Thin{{ID: "answers/contact.hours", Few: map[bot.Lang]int{bot.Ar: 2}}},
	}
	h.measured = []learning.Measured{
		{
			Set: learning.Known, N: 100, Before: faq.Scores{In: 100, Top1: .6, Top3: .8, Resolved: .7, Wrong: .03}, After: faq.Scores{In: 100, Top1: .62, Top3: .8, Resolved: .69, Wrong: .04},
			Better: []learning.Changed{{Text: "can i park", Want: "answers/contact.hours", Before: learning.Wrong, After: learning.Found}},
			Worse:  []learning.Changed{{Text: "weather", Before: learning.Open, After: learning.Wrong}},
		},
		{Set: learning.Confirmed, N: 1, Before: faq.Scores{In: 1, Top1: 1}, After: faq.Scores{In: 1, Top1: 1}},
		{Set: learning.Development, N: 30, Before: faq.Scores{Out: 10, OutFalse: .1, In: 20}, After: faq.Scores{Out: 10, In: 20}},
	}
}

func (h *house) get(t *testing.T, path string, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, http.MethodGet, path, nil, cookies...))
}

func (h *house) post(t *testing.T, path string, form url.Values, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, http.MethodPost, path, form, cookies...))
}

func (h *house) note(words ...string) { h.asked = append(h.asked, strings.Join(words, " ")) }

// Board implements Learning.
func (h *house) Board(_ context.Context, q learning.Query) (learning.Board, error) {
	b := h.board
	if b.Query = q; q.Days == 0 {
		b.Days = learning.Periods[0]
	}
	return b, h.broken
}

// Cluster implements Learning.
func (h *house) Cluster(context.Context, string) (learning.Cluster, error) {
	return h.board.Clusters[0], h.broken
}

// PutAside implements Learning.
func (h *house) PutAside(_ context.Context, who bot.StaffID, question string) error {
	h.note(string(who), "aside", question)
	return h.broken
}

// Survey implements Learning.
func (h *house) Survey() (learning.Survey, bool) { return h.survey, h.ready }

// Effect implements Learning.
func (h *house) Effect(_ context.Context, who bot.StaffID, id string, class bot.Lang, phrasings []string) ([]learning.Measured, error) {
	h.note(string(who), "effect", id, string(class), strings.Join(phrasings, "|"))
	return h.measured, errors.Join(h.broken, h.slow)
}

// Open implements Sheets.
func (h *house) Open(_ context.Context, _ bot.StaffID, name string) (studio.Sheet, error) {
	if name != answersFile {
		body, err := fs.ReadFile(scripts.FS, name)
		return studio.Sheet{Name: name, Body: body}, err
	}
	return studio.Sheet{Name: answersFile, Body: h.body, Rev: h.rev, Drafted: h.rev > 3}, h.broken
}

// Save implements Sheets.
func (h *house) Save(_ context.Context, _ bot.StaffID, name string, rev int, body []byte) (studio.Sheet, []flows.Problem, error) {
	if rev != h.rev {
		return studio.Sheet{}, nil, &bot.Error{Kind: bot.Conflict, Key: "studio_saved_elsewhere", Params: map[string]string{"File": name}}
	}
	h.body = body
	h.rev++
	return studio.Sheet{}, nil, nil
}

// phrasings are those of an answer, as the draft has them.
func (h *house) phrasings(t *testing.T, id, key string) []string {
	t.Helper()
	entries, err := texts.Entries(h.body, answersList)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.ID == id {
			return strings.Split(e.Fields[key], "\n")
		}
	}
	t.Fatalf("there is no %s", id)
	return nil
}
