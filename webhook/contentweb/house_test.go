package contentweb

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/content/contenttest"
	"javab/flows/studio"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// house is the pages over a content that is kept in memory: the program's own.
type house struct {
	*pagetest.Site
	files      studio.Folder
	rev        int
	drafted    bool
	letters    []studio.Proposal
	broken     error                      // of every read
	found      map[string][]flows.Problem // by the digests of all files
	tried      bot.Lang
	learnt     []Answer // what a sentence was tried with
	put        Put
	uses       map[string]Use
	unsurveyed bool // nobody knows yet which answers are confusable
}

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

var errAway = &bot.Error{Kind: bot.Unavailable, Key: "unavailable", Err: errors.New("secret@db")}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{rev: 3, files: studio.Folder{}}
	for name, file := range contenttest.Product(t) {
		h.files[name] = file.Data
	}
	h.Site = pagetest.Open(t, bot.Staff{ID: "reza", Name: "Reza", Role: bot.RoleAdmin, Lang: bot.En}, func() time.Time { return now },
		page.Place{URL: "/studio", ID: "studio.rail", Icon: "workflow"})
	web := &Web{Shell: h.Frame, Sheets: h, Letters: h, Matcher: h, Asked: h, People: h}
	if err := web.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) get(t *testing.T, path string, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, http.MethodGet, path, nil, cookies...))
}

func (h *house) post(t *testing.T, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, http.MethodPost, path, form))
}

func (h *house) Open(_ context.Context, _ bot.StaffID, name string) (studio.Sheet, error) {
	return studio.Sheet{Name: name, Body: h.files[name], Rev: h.rev, Drafted: h.drafted, Live: 3}, h.broken
}

func (h *house) Save(_ context.Context, _ bot.StaffID, name string, rev int, body []byte) (studio.Sheet, []flows.Problem, error) {
	if rev != h.rev {
		return studio.Sheet{}, nil, &bot.Error{Kind: bot.Conflict, Key: "studio_saved_elsewhere", Params: map[string]string{"File": name}}
	}
	h.files[name], h.drafted = body, true
	h.rev++
	return studio.Sheet{}, nil, nil
}

func (h *house) Check(_ context.Context, _ bot.StaffID, name string, body []byte) ([]flows.Problem, error) {
	folder := maps.Clone(h.files)
	folder[name] = body
	if h.found == nil {
		h.found = map[string][]flows.Problem{}
	}
	key := ""
	for _, file := range slices.Sorted(maps.Keys(folder)) {
		key += string(studio.HashOf(folder[file]))
	}
	problems, known := h.found[key]
	if !known {
		_, problems = content.Load(folder)
		h.found[key] = problems
	}
	return problems, h.broken
}

func (h *house) Draft(context.Context, bot.StaffID) (studio.Folder, error) { return h.files, h.broken }

// Offers implements Defaults: the program has nothing new.
func (h *house) Offers(context.Context) ([]studio.Offer, error) { return nil, h.broken }

func (h *house) Take(context.Context, bot.StaffID, ...string) error { return h.broken }

func (h *house) Dismiss(context.Context, bot.StaffID, ...string) error { return h.broken }

func (h *house) Propose(_ context.Context, by bot.StaffID, p studio.Proposal) (studio.Proposal, error) {
	if p.Wrong == "" && p.Words == "" {
		return p, &bot.Error{Kind: bot.Invalid, Key: "studio_proposal_empty"}
	}
	p.ID, p.By, p.At, p.State = "p"+string(rune('1'+len(h.letters))), by, now, studio.Proposed
	h.letters = append(h.letters, p)
	return p, nil
}

func (h *house) Proposals(_ context.Context, waiting bool, limit int) (list []studio.Proposal, err error) {
	for _, p := range slices.Backward(h.letters) {
		if (!waiting || p.State == studio.Proposed) && len(list) < limit {
			list = append(list, p)
		}
	}
	return list, h.broken
}

func (h *house) Decide(_ context.Context, who bot.StaffID, id string, d studio.Decision) (studio.Proposal, error) {
	if d.State == studio.Declined && d.Answer == "" {
		return studio.Proposal{}, &bot.Error{Kind: bot.Invalid, Key: "studio_reason"}
	}
	for i := range h.letters {
		if p := &h.letters[i]; p.ID == id {
			p.State, p.Answer, p.Decider, p.Decided = d.State, d.Answer, who, now
			return *p, nil
		}
	}
	return studio.Proposal{}, &bot.Error{Kind: bot.NotFound, Key: "studio_proposal_not_found", Params: map[string]string{"ID": id}}
}

func (h *house) Verdicts(_ context.Context, by bot.StaffID) (list []studio.Proposal, err error) {
	for _, p := range h.letters {
		if p.By == by && p.State != studio.Proposed && !p.Seen {
			list = append(list, p)
		}
	}
	return list, nil
}

func (h *house) Seen(_ context.Context, _ bot.StaffID, id string) error {
	for i := range h.letters {
		if h.letters[i].ID == id {
			h.letters[i].Seen = true
		}
	}
	return nil
}

func (h *house) Try(_ context.Context, lang bot.Lang, _ string, answers []Answer) (Tried, error) {
	h.tried, h.learnt = lang, answers
	hours := Guess{"answers/contact.hours", bot.Text{Fa: "x", Ar: "y", En: "Working hours"}, .42}
	return Tried{Guesses{[]Guess{hours}, "ask"}, Guesses{[]Guess{hours}, "answer"}}, h.broken
}

// Asked implements Asked.
func (h *house) Asked(_ context.Context, question string) (Put, error) {
	if question != "q1" {
		return Put{}, &bot.Error{Kind: bot.NotFound, Key: "learning_gone"}
	}
	return h.put, h.broken
}

// Uses implements Asked.
func (h *house) Uses(context.Context) (map[string]Use, error) { return h.uses, h.broken }

// Confusable implements Asked: the working hours are.
func (h *house) Confusable() func(id string) bool {
	if h.unsurveyed {
		return nil
	}
	return func(id string) bool { return id == "answers/contact.hours" }
}

func (h *house) AllStaff(context.Context) ([]bot.Staff, error) {
	return []bot.Staff{{ID: "reza", Name: "Reza"}, {ID: "sara", Name: "Sara"}}, h.broken
}
