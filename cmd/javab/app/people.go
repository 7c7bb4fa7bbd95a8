package app

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
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
	store, hasher := storage.As[staff.Tx](h.store), staff.NewHasher()
	p := &people{words: words, assets: set, roster: &staff.Roster{Store: store, Hasher: hasher, Clock: h.env.world()}}
	p.auth = &auth.Auth{
		Gate:  &staff.Gate{Store: store, Hasher: hasher, Clock: h.env.world(), Issuer: words.T(bot.En, "auth.issuer", nil)},
		Reads: h.store, Words: words, Assets: set, Page: webhook.Page, Nonce: webhook.Nonce, Now: h.env.world(),
		Secure: strings.HasPrefix(h.config.deskURL(), "https://"), Origin: h.config.deskURL(), Trusted: h.config.trusted(),
	}
	if err := p.auth.Mount(routes); err != nil {
		return nil, err
	}
	pages := h.deskPages(p, ctx.Done())
	if err := pages.Mount(routes); err != nil {
		return nil, fmt.Errorf("mount the desk: %w", err)
	}
	h.beside = append(h.beside, pages.Run)
	return p, nil
}

func (h *house) deskPages(p *people, done <-chan struct{}) *deskweb.Desk {
	office := &members.Office{Store: storage.As[members.OfficeTx](h.store), Clock: h.env.Clock}
	return &deskweb.Desk{
		Shell: &page.Shell{
			Assets: p.assets, Words: p.words, Person: auth.Person, Nonce: webhook.Nonce, Rail: rail, Now: h.env.Clock,
			Allows: func(by bot.Staff, method, path string) bool { return p.auth.Rules().May(by.Role, method, path) },
		},
		Acts: h.desk, Reads: h.store, Floor: h.store, People: h.store, Content: h.library,
		Audit: auditPages{h.store, h.env.world()}, Ops: opsPages{h}, Signals: deskSignals{h.hot},
		Alive: h.alive(p.auth), Reveal: h.reveal(office), Opening: h.opening,
		ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) }, Done: done,
	}
}

// rail is the way from page to page; each shows the places that its reader may ask for.
var rail = []page.Place{
	{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"},
	{URL: "/board/live", ID: "desk.rail.live", Icon: "chart-column"},
	{URL: "/audit", ID: "desk.rail.audit", Icon: "shield-check"},
	{URL: "/ops", ID: "desk.rail.ops", Icon: "wrench"},
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

// The desk's clockwork.
const (
	roundEvery = 15 * time.Second
	roundLease = storage.SettingLease + "desk"
)

// rounds lets the desk do what time brings, in one instance at a time, until ctx ends.
func (h *house) rounds(ctx context.Context) {
	tick := time.NewTicker(roundEvery)
	defer tick.Stop()
	for {
		now := h.env.Clock()
		ours, err := h.store.Lease(ctx, roundLease, h.courier.Owner, h.env.world()(), h.env.world()().Add(3*roundEvery))
		switch {
		case err == nil && ours:
			err = h.desk.Round(ctx, now)
		case err == nil:
			err = h.desk.Look(ctx, now) // who is there, and how long one waits
		}
		if err != nil && ctx.Err() == nil {
			h.log.Warn("a round of the desk was cut short", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
