package app

import (
	"io"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook"
	"javab/webhook/approveweb"
	"javab/webhook/auth"
	"javab/webhook/caseweb"
	"javab/webhook/deskweb"
	"javab/webhook/page"
	"javab/webhook/trainingweb"
)

// practiceBase is where the pages of the sandboxes stand: the desk's own pages, at an address that nobody takes for the
// real one's.
const practiceBase = "/training"

// practiceRail leads within a sandbox, and out of it.
var practiceRail = []page.Place{
	{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"},
	{URL: "/cases", ID: "cases.rail", Icon: "file-text"},
	{URL: "", ID: "training.rail", Icon: "flask-conical"},
}

// mountPractice adds the training: its own pages, and those of the desk once more for whoever practises. Which of them a
// sandbox has, roles.yaml says.
func (h *house) mountPractice(routes *echo.Echo, p *people, shell *page.Shell) error {
	t, err := h.openPractice(p)
	if err != nil {
		return err
	}
	p.practice = t
	web := &trainingweb.Training{Shell: shell, Practice: t, Results: t.office}
	if err := web.Mount(routes); err != nil {
		return err
	}
	g := routes.Group(practiceBase)
	page.MountOn(g, mounted(t, deskweb.Routes()), enter(t, func(s *sandbox) *deskweb.Desk { return s.inbox }))
	page.MountOn(g, mounted(t, caseweb.Routes()), enter(t, func(s *sandbox) *caseweb.Cases { return s.files }))
	page.MountOn(g, mounted(t, approveweb.Routes()), enter(t, func(s *sandbox) *approveweb.Approvals { return s.held }))
	return nil
}

// mounted are the routes that an officer may ask for in a sandbox.
func mounted[S any](t *practice, all []page.Route[S]) []page.Route[S] {
	return slices.DeleteFunc(all, func(r page.Route[S]) bool {
		return !t.people.auth.Rules().May(bot.RoleOfficer, r.Method, practiceBase+r.Path)
	})
}

// enter lets the part of a sandbox answer that is asked for. Who has none is led to where one begins; one whose exercise is
// over can be read, and nothing is done in it any more.
func enter[S any](t *practice, part func(*sandbox) S) func(echo.Context, func(S) error) error {
	return func(c echo.Context, answer func(S) error) error {
		box := t.touch(auth.Person(c).ID)
		switch {
		case box == nil:
			return page.Lead(c, practiceBase)
		case c.Request().Method == http.MethodPost && box.judged():
			return page.Lead(c, practiceBase+"/result")
		}
		return answer(part(box))
	}
}

// pages puts up the pages of a sandbox, as those of the real house are.
func (t *practice) pages(s *sandbox) (err error) {
	rules := t.people.auth.Rules()
	shell := &page.Shell{
		Assets: t.people.assets, Words: t.people.words, Person: s.person, Nonce: webhook.Nonce, Rail: practiceRail, Now: s.env.Clock,
		Base: practiceBase, Strip: &page.Strip{Says: "training.strip", Act: "training.finish", Path: "/finish"},
		Allows: func(by bot.Staff, method, path string) bool { return rules.May(by.Role, method, path) },
		Log:    s.outside,
	}
	s.files, s.held = s.casePages(shell), s.approvalPages(shell)
	s.inbox = s.deskPages(t.people, shell, s.done)
	s.inbox.Panel, s.inbox.Shelf = s.files.Panel, bareShelf{shelf{s.house}}
	for _, open := range []func() error{s.inbox.Open, s.files.Open, s.held.Open} {
		if err := open(); err != nil {
			return err
		}
	}
	return nil
}

// person is who practises, as he stands in the sandbox now.
func (s *sandbox) person(c echo.Context) bot.Staff {
	all, err := s.store.AllStaff(c.Request().Context())
	i := slices.IndexFunc(all, func(one bot.Staff) bool { return one.ID == s.officer.ID })
	if err != nil || i < 0 {
		return s.officer
	}
	return all[i]
}

// judged reports whether the exercise is over.
func (s *sandbox) judged() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.found != nil
}

// bareShelf keeps no files: an exercise leaves nothing on a disk.
type bareShelf struct{ shelf }

// Keep implements deskweb.Shelf.
func (bareShelf) Keep(f bot.File, _ io.Reader) (bot.File, error) {
	return f, &bot.Error{Kind: bot.Forbidden, Key: "training_files"}
}

// Open implements deskweb.Shelf.
func (bareShelf) Open(string) (io.ReadSeekCloser, error) {
	return nil, &bot.Error{Kind: bot.NotFound, Key: "training_files"}
}
