package officeweb

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/locales/text"
	"javab/webhook/page"
)

// account is one of the staff, or one who is about to be, as a page shows him.
type account struct {
	settings
	Of       bot.Staff
	New      bool
	Fresh    bool // changes are taken at once
	Reason   string
	Proof    staff.Proof
	Sessions []browser
	all      page.Staff
}

// browser is one that somebody is signed in with.
type browser struct {
	Agent, From string
	Since, Last page.Moment
}

func (o *Office) showPerson(c echo.Context) error { return o.person(c, nil, "") }

// person shows an account as it is, or as it was sent and not taken.
func (o *Office) person(c echo.Context, refused error, reason string, sent ...bot.Staff) error {
	ctx := c.Request().Context()
	all, err := o.people(ctx)
	if err != nil {
		return o.Refuse(c, err)
	}
	of, err := byLogin(all, c.Param("login"))
	if err != nil {
		return o.Refuse(c, err)
	}
	a := account{settings: o.settings(c, "office.tab.staff"), Of: of, Fresh: o.Fresh(c), Reason: reason, all: all}
	a.Title = of.Name
	if len(sent) > 0 {
		a.Of = sent[0]
	}
	proofs, err := o.Staff.Proofs(ctx)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read how %s proves himself: %w", of.ID, err))
	}
	a.Proof = proofs[of.ID]
	sessions, err := o.Staff.SessionsOf(ctx, of.ID)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read the sessions of %s: %w", of.ID, err))
	}
	for _, s := range sessions {
		if !s.Over(o.Clock()) {
			a.Sessions = append(a.Sessions, browser{s.Agent, s.From, a.When(s.CreatedAt), a.When(s.SeenAt)})
		}
	}
	return o.render(c, a, refused)
}

// render shows the form of an account, with what was refused.
func (o *Office) render(c echo.Context, a account, refused error) error {
	status := http.StatusOK
	if refused != nil {
		status, a.Said = page.StatusOf(refused), a.Explain(refused)
	}
	return o.views.Render(c, status, "person", a)
}

func (o *Office) change(c echo.Context) error {
	all, err := o.people(c.Request().Context())
	if err != nil {
		return o.Refuse(c, err)
	}
	old, err := byLogin(all, c.Param("login"))
	if err != nil {
		return o.Refuse(c, err)
	}
	s, err := o.read(c, old)
	reason := strings.TrimSpace(c.FormValue("reason"))
	if err == nil {
		err = o.Roster.Change(c.Request().Context(), o.Person(c).ID, s, reason)
	}
	if err != nil {
		return o.person(c, err, reason, s)
	}
	return page.Lead(c, "/settings/staff/"+old.Login)
}

func (o *Office) showNew(c echo.Context) error {
	return o.newcomer(c, bot.Staff{Role: bot.RoleOfficer, Lang: bot.Fa, Langs: []bot.Lang{bot.Fa}, Capacity: 5}, nil)
}

func (o *Office) newcomer(c echo.Context, s bot.Staff, refused error) error {
	all, err := o.people(c.Request().Context())
	if err != nil {
		return o.Refuse(c, err)
	}
	return o.render(c, account{settings: o.settings(c, "office.new"), Of: s, New: true, Fresh: true, all: all}, refused)
}

func (o *Office) add(c echo.Context) error {
	s, err := o.read(c, bot.Staff{Login: c.FormValue("login")})
	if err != nil {
		return o.newcomer(c, s, err)
	}
	made, password, err := o.Roster.Add(c.Request().Context(), o.Person(c).ID, s)
	if err != nil {
		return o.newcomer(c, s, err)
	}
	return o.handOver(c, made, password)
}

// handed is a password that is shown once.
type handed struct {
	settings
	Of       bot.Staff
	Password string
}

func (o *Office) handOver(c echo.Context, of bot.Staff, password string) error {
	return o.views.Render(c, http.StatusOK, "handed", handed{o.settings(c, "office.handed"), of, password})
}

// read takes an account from its form. Units that the content does not name are taken only where they stood before.
func (o *Office) read(c echo.Context, old bot.Staff) (bot.Staff, error) {
	form, err := c.FormParams()
	if err != nil {
		return old, echo.ErrBadRequest
	}
	s := old
	s.Name, s.Role, s.Lang = strings.TrimSpace(form.Get("name")), bot.Role(form.Get("role")), bot.Lang(form.Get("lang"))
	s.Confidential, s.Substitute = form.Get("confidential") != "", bot.StaffID(form.Get("substitute"))
	s.Display = bot.Text{Fa: strings.TrimSpace(form.Get("display_fa")), Ar: strings.TrimSpace(form.Get("display_ar")), En: strings.TrimSpace(form.Get("display_en"))}
	s.Units, s.Langs = list[bot.UnitID](form, "units"), list[bot.Lang](form, "langs")
	for _, unit := range s.Units {
		if !slices.Contains(o.Content.Units(), unit) && !slices.Contains(old.Units, unit) {
			return s, &bot.Error{Kind: bot.Invalid, Key: "staff.bad_unit", Params: map[string]string{"Value": string(unit)}}
		}
	}
	written := strings.TrimSpace(form.Get("capacity"))
	if s.Capacity, err = strconv.Atoi(text.Digits(written)); err != nil {
		return s, &bot.Error{Kind: bot.Invalid, Key: "staff.bad_capacity", Params: map[string]string{"Value": written}}
	}
	return s, nil
}

func list[T ~string](form url.Values, name string) (all []T) {
	for _, one := range form[name] {
		all = append(all, T(one))
	}
	return all
}

// acts are what is done to an account beside changing it. Each leads back to its page, or shows a new password.
func (o *Office) acts() map[string]func(echo.Context, bot.Staff) (password string, err error) {
	return map[string]func(echo.Context, bot.Staff) (string, error){
		"password": func(c echo.Context, of bot.Staff) (string, error) {
			return o.Roster.ResetPassword(c.Request().Context(), o.Person(c).ID, of.Login)
		},
		"totp": func(c echo.Context, of bot.Staff) (string, error) {
			return "", o.Roster.ResetTOTP(c.Request().Context(), o.Person(c).ID, of.Login)
		},
		"sessions": func(c echo.Context, of bot.Staff) (string, error) {
			return "", o.Roster.EndSessions(c.Request().Context(), o.Person(c).ID, of.Login)
		},
		"close": func(c echo.Context, of bot.Staff) (string, error) {
			return "", o.Roster.Disable(c.Request().Context(), o.Person(c).ID, of.Login, true)
		},
		"open": func(c echo.Context, of bot.Staff) (string, error) {
			return "", o.Roster.Disable(c.Request().Context(), o.Person(c).ID, of.Login, false)
		},
	}
}

func (o *Office) act(do func(echo.Context, bot.Staff) (string, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		all, err := o.people(c.Request().Context())
		if err != nil {
			return o.Refuse(c, err)
		}
		of, err := byLogin(all, c.Param("login"))
		if err != nil {
			return o.Refuse(c, err)
		}
		password, err := do(c, of)
		switch {
		case err != nil:
			return o.person(c, err, "")
		case password != "":
			return o.handOver(c, of, password)
		default:
			return page.Lead(c, "/settings/staff/"+of.Login)
		}
	}
}

// URL is where the form is sent.
func (a account) URL() string {
	if a.New {
		return "/settings/new"
	}
	return "/settings/staff/" + a.Of.Login
}

// May reports whether the person may change accounts.
func (a account) May() bool { return a.Allows(http.MethodPost, "/settings/staff/:login") }

// Prove leads to where the second factor is proven, and back.
func (a account) Prove() string { return "/lock?" + url.Values{"next": {a.URL()}}.Encode() }

// Trail leads to what the audit tells of the account, for whom may read it.
func (a account) Trail() string {
	if !a.Allows(http.MethodGet, "/audit") {
		return ""
	}
	return "/audit?" + url.Values{"subject": {"staff " + string(a.Of.ID)}}.Encode()
}

// Boxes are the acts that are asked about once more, each with its sign.
func (a account) Boxes() map[string]string {
	return map[string]string{"password": "lock", "totp": "phone", "sessions": "log-out", "close": "ban"}
}

// Roles are the roles to choose from.
func (a account) Roles() []page.Choice { return a.roles(a.Of.Role) }

// Pages are the languages of his own pages.
func (a account) Pages() []page.Choice { return a.langs(a.Of.Lang) }

// Speaks are the languages that he reads and writes with members.
func (a account) Speaks() []page.Choice { return a.langs(a.Of.Langs...) }

// Units are the units whose queues he may serve; one that the content names no more can only be left.
func (a account) Units() []page.Choice {
	all := a.units(a.Of.Units...)
	for _, id := range a.Of.Units {
		if !slices.Contains(a.office.Content.Units(), id) {
			all = append(all, page.Choice{ID: string(id), Label: string(id), Current: true})
		}
	}
	return all
}

// Colleagues are those who can stand in for him.
func (a account) Colleagues() (all []page.Choice) {
	for _, one := range a.all {
		if one.ID != a.Of.ID && !one.Disabled {
			all = append(all, page.Choice{ID: string(one.ID), Label: one.Name, Current: one.ID == a.Of.Substitute})
		}
	}
	return all
}
