package contentweb

import (
	"context"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
)

// lately is how many proposals are shown beside those that somebody has to do something about; of these every one is.
const (
	lately = 100
	every  = math.MaxInt32
)

// proposal is what an officer proposes, as a page shows it.
type proposal struct {
	studio.Proposal
	screen
	Title   string // of the entry
	Who     string
	Decider string
}

// URL is where the entry is opened with the proposal filled in; empty when it is no entry of a list.
func (p proposal) URL() string {
	if at := entryURL(p.Entry); at != "" {
		return at + "?proposal=" + p.ID
	}
	return ""
}

// Waits reports whether nobody has decided it.
func (p proposal) Waits() bool { return p.State == studio.Proposed }

// Mine reports whether the reader made it.
func (p proposal) Mine() bool { return p.Proposal.By == p.screen.By.ID }

// Unread reports whether its author has yet to read what became of it.
func (p proposal) Unread() bool { return p.Mine() && !p.Waits() && !p.Seen }

// Room is the address of the chat; empty when the reader sees no chats.
func (p proposal) Room() string {
	if p.Chat == "" || !p.Allows(http.MethodGet, "/desk/:chat") {
		return ""
	}
	return "/desk/" + string(p.Chat)
}

// Verdict is what became of it, in a word.
func (p proposal) Verdict() string { return p.T("forms.verdict." + string(p.State)) }

// Spoken is the language of the text; empty when it is about all of them.
func (p proposal) Spoken() string {
	if !p.Proposal.Lang.Valid() {
		return ""
	}
	return p.T("lang." + string(p.Proposal.Lang))
}

// entryURL is where an entry is, by what proposals call it: "answers/fees".
func entryURL(entry string) string {
	id, name, cut := strings.Cut(entry, "/")
	of, known := find(id)
	if !cut || !known || strings.Contains(name, "/") {
		return ""
	}
	return of.URL() + "/" + name
}

// letters is the page of proposals: all of them for who decides, one's own for everybody else.
type letters struct {
	screen
	All    []proposal
	Thanks bool // one was made just now
}

// Decides reports whether the reader decides proposals.
func (s screen) Decides() bool { return s.Allows(http.MethodPost, "/studio/proposals/:id") }

func (w *Web) showProposals(c echo.Context) error {
	l := letters{screen: w.screen(c, "forms.proposals"), Thanks: c.QueryParam("sent") != ""}
	all, err := w.proposals(c.Request().Context(), l.screen)
	if err != nil {
		return w.Refuse(c, err)
	}
	for _, p := range all {
		if l.Decides() || p.Mine() {
			l.All = append(l.All, p)
		}
	}
	slices.SortStableFunc(l.All, func(a, b proposal) int { return a.weight() - b.weight() })
	return w.views.Render(c, http.StatusOK, "proposals", l)
}

// weight puts first what somebody has to do something about.
func (p proposal) weight() int {
	switch {
	case p.Unread(), p.Waits():
		return 0
	default:
		return 1
	}
}

// letters are all proposals that wait, all whose end the reader has not read, and the latest others.
func (w *Web) letters(ctx context.Context, s screen) ([]studio.Proposal, error) {
	list, err := w.Letters.Proposals(ctx, true, every)
	if err != nil {
		return nil, err
	}
	unread, err := w.Letters.Verdicts(ctx, s.By.ID)
	if err != nil {
		return nil, err
	}
	list = append(list, unread...)
	latest, err := w.Letters.Proposals(ctx, false, lately+len(list))
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, p := range list {
		there[p.ID] = true
	}
	for _, p := range latest {
		if !there[p.ID] {
			list = append(list, p)
		}
	}
	return list, nil
}

// proposals are the letters as a page shows them.
func (w *Web) proposals(ctx context.Context, s screen) ([]proposal, error) {
	list, err := w.letters(ctx, s)
	if err != nil {
		return nil, err
	}
	staff, err := page.ReadStaff(ctx, w.People)
	if err != nil {
		return nil, err
	}
	folder, err := w.Sheets.Draft(ctx, s.By.ID)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, of := range collections {
		if slices.ContainsFunc(list, func(p studio.Proposal) bool { return strings.HasPrefix(p.Entry, of.ID+"/") }) {
			for _, one := range s.entries(folder, of) {
				titles[of.ID+"/"+one.ID] = one.Label
			}
		}
	}
	all := make([]proposal, len(list))
	for i, p := range list {
		all[i] = proposal{Proposal: p, screen: s, Title: titles[p.Entry], Who: staff.Name(p.By), Decider: staff.Name(p.Decider)}
		if all[i].Title == "" {
			all[i].Title = p.Entry
		}
	}
	return all, nil
}

// decide refuses a proposal, or notes that it was taken.
func (w *Web) decide(c echo.Context) error {
	_, err := w.Letters.Decide(c.Request().Context(), w.Person(c).ID, c.Param("id"), studio.Decision{
		State: studio.ProposalState(c.FormValue("state")), Answer: c.FormValue("answer"),
	})
	if err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio/proposals")
}

// seen notes that the officer has read what became of his proposal.
func (w *Web) seen(c echo.Context) error {
	if err := w.Letters.Seen(c.Request().Context(), w.Person(c).ID, c.Param("id")); err != nil {
		return w.Refuse(c, err)
	}
	return page.Lead(c, "/studio/proposals")
}

// complaint is the form on which an officer says that a text is wrong.
type complaint struct {
	screen
	Entry, Head  string
	Chat         string
	Spoken       bot.Lang
	Now          string // what it says
	Wrong, Words string
}

// Reads is the direction of the text.
func (f complaint) Reads() string { return cell{Lang: f.Spoken}.Dir() }

// Back is where the entry is, for who has not come from a chat: officers read the ready replies on a page of their own.
func (f complaint) Back() string {
	if name, ready := strings.CutPrefix(f.Entry, "replies/"); ready && !f.Allows(http.MethodGet, "/studio/lists/:list/:id") {
		return "/replies#reply-" + name
	}
	return entryURL(f.Entry)
}

// told is the field of an entry that members read.
var told = map[string]string{"answers": "a", "replies": "text", "services": "intro"}

// complaintAbout reads the entry that a request names.
func (w *Web) complaintAbout(c echo.Context) (complaint, error) {
	f := complaint{screen: w.screen(c, "forms.propose"), Entry: c.FormValue("entry"), Chat: c.FormValue("chat"), Spoken: bot.Lang(c.FormValue("lang"))}
	f.Frame.Script = ""
	if !f.Spoken.Valid() {
		f.Spoken = f.screen.Lang
	}
	id, name, _ := strings.Cut(f.Entry, "/")
	of, known := find(id)
	lost := &bot.Error{Kind: bot.NotFound, Key: "entry_not_found", Params: map[string]string{"ID": f.Entry}}
	if !known || told[id] == "" || len(f.Chat) > maxChat {
		return f, lost
	}
	folder, err := w.Sheets.Draft(c.Request().Context(), f.By.ID)
	if err != nil {
		return f, err
	}
	entries, err := texts.Entries(folder[of.File], of.List)
	if err != nil {
		return f, err
	}
	i := slices.IndexFunc(entries, func(e texts.Entry) bool { return e.ID == name })
	if i < 0 {
		return f, lost
	}
	f.Head = f.titleOf(of, entries[i])
	f.Now = entries[i].Fields[in(told[id], f.Spoken)]
	f.Words = f.Now
	return f, nil
}

// maxChat is the longest name of a chat, in bytes.
const maxChat = 200

func (w *Web) showPropose(c echo.Context) error {
	f, err := w.complaintAbout(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.views.Render(c, http.StatusOK, "propose", f)
}

func (w *Web) propose(c echo.Context) error {
	f, err := w.complaintAbout(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	f.Wrong, f.Words = c.FormValue("wrong"), strings.TrimSpace(strings.ReplaceAll(c.FormValue("words"), "\r\n", "\n"))
	words := f.Words
	if words == f.Now { // he has not touched it
		words = ""
	}
	_, err = w.Letters.Propose(c.Request().Context(), f.By.ID, studio.Proposal{
		Chat: bot.ChatKey(f.Chat), Entry: f.Entry, Lang: f.Spoken, Wrong: f.Wrong, Words: words,
	})
	if err != nil {
		f.Said = f.Explain(err)
		return w.views.Render(c, page.StatusOf(err), "propose", f)
	}
	return page.Lead(c, "/studio/proposals?sent=1")
}

// proposed finds the proposal about the form's entry that a request names, while it waits; false when there is none, or it is
// not for the reader to decide.
func (f *form) proposed(ctx context.Context, id string) (studio.Proposal, bool, error) {
	if id == "" || !f.Decides() {
		return studio.Proposal{}, false, nil
	}
	waiting, err := f.web.Letters.Proposals(ctx, true, every)
	i := slices.IndexFunc(waiting, func(p studio.Proposal) bool { return p.ID == id && p.Entry == f.In.ID+"/"+f.ID })
	if err != nil || i < 0 {
		return studio.Proposal{}, false, err
	}
	return waiting[i], true, nil
}

// fromProposal fills the form with what an officer proposes.
func (f *form) fromProposal(c echo.Context) error {
	ctx := c.Request().Context()
	p, there, err := f.proposed(ctx, c.QueryParam("proposal"))
	if err != nil || !there {
		return err
	}
	staff, err := page.ReadStaff(ctx, f.web.People)
	if err != nil {
		return err
	}
	f.Proposal = &proposal{Proposal: p, screen: f.screen, Who: staff.Name(p.By)}
	key := in(told[f.In.ID], p.Lang)
	f.given = func(asked string) (string, bool) { return p.Words, asked == key && p.Words != "" }
	return nil
}

// answered notes that a proposal was taken, as it was or in other words.
func (w *Web) answered(c echo.Context, f *form) error {
	p, there, err := f.proposed(c.Request().Context(), c.FormValue("proposal"))
	if err != nil || !there {
		return err
	}
	state := studio.Reworded
	if p.Words != "" && f.said(in(told[f.In.ID], p.Lang)) == p.Words {
		state = studio.Taken
	}
	_, err = w.Letters.Decide(c.Request().Context(), f.By.ID, p.ID, studio.Decision{State: state, Answer: c.FormValue("answer")})
	return err
}

// Waiting counts what waits for somebody: proposals and newer texts of the program for who decides them, else answers to
// his own.
func (w *Web) Waiting(ctx context.Context, by bot.Staff) (int, error) {
	if w.Shell.Allows(by, http.MethodPost, "/studio/proposals/:id") {
		list, err := w.Letters.Proposals(ctx, true, every)
		if err != nil || !w.Shell.Allows(by, http.MethodPost, "/studio/offers") {
			return len(list), err
		}
		offers, err := w.offered.count(w.Shell.Now(), func() (int, error) {
			all, err := w.Defaults.Offers(ctx)
			return len(all), err
		})
		return len(list) + offers, err
	}
	list, err := w.Letters.Verdicts(ctx, by.ID)
	return len(list), err
}
