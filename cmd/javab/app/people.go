package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/bot/staff"
	"javab/locales"
	"javab/storage"
	"javab/webhook"
	"javab/webhook/assets"
	"javab/webhook/auth"
	"javab/webhook/deskweb"
	"javab/webhook/page"
)

// people is the staff's side of the program: the way in, and the desk.
type people struct {
	words  *locales.Localizer
	assets *assets.Set
	auth   *auth.Auth
	roster *staff.Roster

	practice *practice
}

// mountPeople adds the staff's pages. Their streams end when ctx does.
func (h *house) mountPeople(ctx context.Context, routes *echo.Echo) (*people, error) {
	set, err := assets.Load()
	if err != nil {
		return nil, err
	}
	words, err := locales.New(h.log)
	if err != nil {
		return nil, err
	}
	routes.GET(assets.Prefix+"*", echo.WrapHandler(set))
	store, hasher := endings{storage.As[staff.Tx](h.store), tellEnded(h.hot, h.log)}, staff.NewHasher()
	p := &people{words: words, assets: set, roster: &staff.Roster{Store: store, Hasher: hasher, Clock: h.env.world()}}
	p.auth = &auth.Auth{
		Gate:  &staff.Gate{Store: store, Hasher: hasher, Clock: h.env.world(), Issuer: words.T(bot.En, "auth.issuer", nil)},
		Reads: h.store, Words: words, Assets: set, Page: webhook.Page, Nonce: webhook.Nonce, Now: h.env.world(),
		Secure: strings.HasPrefix(h.config.deskURL(), "https://"), Origin: h.config.deskURL(), Trusted: h.config.trusted(),
		Log: h.log,
	}
	for _, place := range rail {
		p.auth.Homes = append(p.auth.Homes, place.URL)
	}
	if err := p.auth.Mount(routes); err != nil {
		return nil, err
	}
	shell := &page.Shell{
		Assets: set, Words: words, Person: auth.Person, Nonce: webhook.Nonce, Rail: rail, Now: h.env.Clock,
		Allows: func(by bot.Staff, method, path string) bool { return p.auth.Rules().May(by.Role, method, path) },
		Log:    h.log,
	}
	files := h.casePages(shell)
	if err := files.Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the cases: %w", err)
	}
	inbox := h.deskPages(p, shell, ctx.Done())
	inbox.Panel = files.Panel
	if err := inbox.Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the desk: %w", err)
	}
	h.beside = append(h.beside, inbox.Run, h.tellCases)
	countRows(h.metrics.Registry, inbox.Rows)
	approvals := h.approvalPages(shell)
	if err := approvals.Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the approvals: %w", err)
	}
	forms := h.contentPages(shell)
	if err := forms.Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the forms of the content: %w", err)
	}
	shell.Waits = h.counts(map[string]func(context.Context, bot.Staff) (int, error){
		"/approvals": approvals.Count, "/cases": files.Count, "/studio": forms.Waiting, "/studio/proposals": forms.Waiting,
	})
	if err := h.reportPages(shell).Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the board: %w", err)
	}
	if err := h.memberPages(p, shell).Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the register: %w", err)
	}
	if err := h.officePages(p, shell).Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the office: %w", err)
	}
	if err := h.studioPages(shell).Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the studio: %w", err)
	}
	if err := h.learningPages(shell).Mount(routes); err != nil {
		return nil, fmt.Errorf("mount what is learnt from: %w", err)
	}
	if err := h.mountPractice(routes, p, shell); err != nil {
		return nil, fmt.Errorf("mount the training: %w", err)
	}
	return p, nil
}

func (h *house) deskPages(p *people, shell *page.Shell, done <-chan struct{}) *deskweb.Desk {
	return &deskweb.Desk{
		Shell: shell, Acts: h.desk, Reads: desk.View{Reads: h.store, Lexicons: h.library}, Floor: h.store, Queues: h.store, People: h.store, Content: h.library,
		Signals: deskSignals{h.hot, h.store.ReadHandOver}, Alive: h.alive(p.auth), Reveal: h.reveal(h.members()), Opening: h.opening, Shelf: shelf{h}, Caps: h.caps, Asked: h.store.AskedIn,
		Answered: h.library.Answered,
		ID:       func() string { return fmt.Sprintf("%016x", h.env.Random()) }, Done: done,
	}
}

// rail is the way from page to page; each shows the places that its reader may ask for.
var rail = []page.Place{
	{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"},
	{URL: "/cases", ID: "cases.rail", Icon: "file-text"},
	{URL: "/approvals", ID: "approvals.rail", Icon: "circle-check"},
	{URL: "/members", ID: "members.rail", Icon: "users"},
	{URL: "/board/live", ID: "desk.rail.live", Icon: "chart-column"},
	{URL: "/board", ID: "report.rail", Icon: "activity"},
	{URL: "/studio", ID: "studio.rail", Icon: "workflow"},
	{URL: "/studio/proposals", ID: "forms.rail.proposals", Icon: "flag"},
	{URL: "/settings", ID: "office.rail.settings", Icon: "settings"},
	{URL: "/settings/hours", ID: "office.rail.hours", Icon: "clock"},
	{URL: "/replies", ID: "office.rail.replies", Icon: "message-square-text"},
	{URL: "/training", ID: "training.rail", Icon: "flask-conical"},
	{URL: "/audit", ID: "office.rail.audit", Icon: "shield-check"},
	{URL: "/ops", ID: "office.rail.ops", Icon: "wrench"},
}

// unitLeft tells those who saw a chat in the unit that it has left: their lists still show its row. Those of its new unit
// hear of it as of any chat that moved.
func (h *house) unitLeft(ctx context.Context, before bot.HandOver) {
	err := deskSignals{wire: h.hot}.Publish(ctx, deskweb.Signal{
		Kind: deskweb.ChatChanged, Chat: before.Chat, Unit: before.Unit, Confidential: before.Confidential, Named: before.Named, About: before.About,
	})
	if err != nil {
		h.log.Warn("that a chat left its unit was not told", "err", err)
	}
}

// tellEnded lets the streams of somebody's browsers look whether they are still let in. Losing it is harmless: they look by
// themselves from time to time.
func tellEnded(wire storage.Signals, log *slog.Logger) func(context.Context, bot.StaffID) {
	return func(ctx context.Context, who bot.StaffID) {
		if err := (deskSignals{wire: wire}).Publish(ctx, deskweb.Signal{Kind: deskweb.SessionEnded, By: who}); err != nil {
			log.Warn("the end of a session was not told", "err", err)
		}
	}
}

// alive notes that somebody's browser is there, and says when his session has ended meanwhile.
func (h *house) alive(a *auth.Auth) func(echo.Context, bot.Staff) error {
	return func(c echo.Context, by bot.Staff) error {
		if err := a.Alive(c); err != nil {
			return err
		}
		return h.desk.Present(c.Request().Context(), by)
	}
}

// reveal reads a detail of a chat's member in full. It is in the audit before anybody sees it.
func (h *house) reveal(office *members.Office) func(context.Context, bot.Staff, bot.ChatKey, string) (string, error) {
	return func(ctx context.Context, by bot.Staff, chat bot.ChatKey, what string) (string, error) {
		thread, err := h.store.Thread(ctx, by, chat, 0, 1) // who may not see the chat learns nothing by it
		if err != nil {
			return "", err
		}
		return office.Reveal(ctx, by, thread.Member.ID, what, "chat "+string(chat), "")
	}
}

func (h *house) opening(unit bot.UnitID, now time.Time) (open bool, from time.Time) {
	calendar := h.hours.For(unit)
	if calendar.Open(now) {
		return true, time.Time{}
	}
	from, err := calendar.NextOpening(now)
	if err != nil {
		return false, time.Time{}
	}
	return false, from
}

// deskURL is where staff reach the pages.
func (c Config) deskURL() string {
	if c.DeskURL != "" {
		return c.DeskURL
	}
	return c.PublicURL
}

// trusted are the proxies whose word on a caller's address counts; the configuration has been checked.
func (c Config) trusted() (list []netip.Prefix) {
	for _, cidr := range strings.FieldsFunc(c.TrustedProxies, func(r rune) bool { return r == ',' || r == ' ' }) {
		if prefix, err := netip.ParsePrefix(cidr); err == nil {
			list = append(list, prefix)
		}
	}
	return list
}

// The clockwork of the desk and of promises.
const (
	roundEvery = 15 * time.Second
	roundLease = storage.SettingLease + "desk"
)

// rounds lets desk, approvals and promises do what time brings, in one instance at a time, until ctx ends.
func (h *house) rounds(ctx context.Context) {
	tick := time.NewTicker(roundEvery)
	defer tick.Stop()
	for {
		now := h.env.Clock()
		ours, err := h.store.Lease(ctx, roundLease, h.courier.Owner, h.env.world()(), h.env.world()().Add(3*roundEvery))
		switch {
		case err == nil && ours:
			err = errors.Join(h.desk.Round(ctx, now), h.approvals.Round(ctx, now), h.keeper.Round(ctx), h.digest.Round(ctx, now), h.studio.Round(ctx, now))
		case err == nil:
			err = h.desk.Look(ctx, now) // who is there, and how long one waits
		}
		if err != nil && ctx.Err() == nil {
			h.log.Warn("a round was cut short", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
