package memberweb

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/webhook/page"
)

// profile is one member as the page shows him.
type profile struct {
	screen
	members.Profile
	Said  string // why something was refused
	Typed typed  // what was typed into a form that was refused
	Shown string // the detail that is shown in full
	Value string // of it
	Talks []chat
	Link  linking
}

// typed is what stands in the one form that was sent.
type typed struct{ Act, Field, Value, Reason string }

// read reads a member as his page shows him.
func (r *Register) read(c echo.Context) (profile, error) {
	s, err := r.screen(c, "members.member")
	if err != nil {
		return profile{}, err
	}
	p := profile{screen: s}
	if p.Profile, err = r.Office.Profile(c.Request().Context(), s.By, memberOf(c)); err != nil {
		return p, err
	}
	p.Title = s.Called(p.Member.Name) + " · " + s.T("members.title")
	p.Talks = r.talks(c, p.Chats, s)
	return p, p.seek(c)
}

func (r *Register) showProfile(c echo.Context) error {
	p, err := r.read(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	return r.views.Render(c, http.StatusOK, "profile", p)
}

// again shows the page once more with why a form was refused and what was typed into it.
func (r *Register) again(c echo.Context, form typed, refused error) error {
	p, err := r.read(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	p.Said, p.Typed = p.Explain(refused), form
	return r.views.Render(c, page.StatusOf(refused), "profile", p)
}

func typedIn(c echo.Context, act string) typed {
	return typed{
		Act: act, Field: c.FormValue("field"), Value: c.FormValue("value"), Reason: strings.TrimSpace(c.FormValue("reason")),
	}
}

// unexplained is the answer to a form without its reason.
var unexplained = &bot.Error{Kind: bot.Invalid, Key: "members.error.reason"}

// reveal shows a masked detail in full. That he has seen it, and why, is in the audit before he does.
func (r *Register) reveal(c echo.Context) error {
	form := typedIn(c, "reveal")
	if form.Reason == "" {
		return r.again(c, form, unexplained)
	}
	value, err := r.Office.Reveal(c.Request().Context(), r.Person(c), memberOf(c), form.Field, form.Reason, r.From(c))
	if err != nil {
		return r.Refuse(c, err)
	}
	p, err := r.read(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	p.Shown, p.Value = form.Field, value
	return r.views.Render(c, http.StatusOK, "profile", p)
}

// enter records what an officer knows of a member.
func (r *Register) enter(c echo.Context) error {
	form := typedIn(c, "enter")
	if form.Reason == "" {
		return r.again(c, form, unexplained)
	}
	id := memberOf(c)
	err := r.Office.Enter(c.Request().Context(), r.Person(c), id, form.Field, form.Value, form.Reason, r.From(c))
	if err != nil {
		return r.again(c, form, err)
	}
	return page.Lead(c, screen{}.URL(id)+"#"+form.Field)
}

// known is one detail of a member with how it is known.
type known struct {
	profile
	Field, Value string
	Fact         members.Fact
}

// order is how the details of a member stand on his page.
var order = [...]string{"name", "company", "membership_no", "phone", "email", "national_id"}

// Known are the details of the member, also those that are not known yet.
func (p profile) Known() []known {
	list := make([]known, len(order))
	for i, field := range order {
		list[i] = known{profile: p, Field: field, Value: members.Detail(p.Member, field)}
		if field == p.Shown {
			list[i].Value = p.Value
		}
		if at := slices.IndexFunc(p.Facts, func(f members.Fact) bool { return f.Field == field }); at >= 0 {
			list[i].Fact = p.Facts[at]
		}
	}
	return list
}

// Masked reports whether the page hides the detail.
func (k known) Masked() bool { return members.Sealed(k.Field) && k.Field != k.Shown }

// Latin reports whether the detail is written from left to right in every language.
func (k known) Latin() bool { return k.Field != "name" && k.Field != "company" }

// Sent reports whether this detail's form of an act was sent and refused.
func (k known) Sent(act string) bool { return k.Typed.Act == act && k.Typed.Field == k.Field }

// Entry is what stands in the field where the detail is corrected.
func (k known) Entry() string {
	switch {
	case k.Sent("enter"):
		return k.Typed.Value
	case k.Masked():
		return ""
	default:
		return k.Value
	}
}

// agreed is one purpose that the member was asked about.
type agreed struct {
	Purpose string
	Given   bool
	At      time.Time
}

// Agreed are the purposes that the member was asked about, by name.
func (p profile) Agreed() (list []agreed) {
	for key, at := range p.Member.Consent {
		purpose, refused := strings.CutPrefix(key, "!")
		list = append(list, agreed{purpose, !refused, at})
	}
	slices.SortFunc(list, func(a, b agreed) int { return cmp.Compare(a.Purpose, b.Purpose) })
	return list
}

// Purpose names what a member agrees to; one that no catalog knows is called by its id.
func (p profile) Purpose(id string) string {
	switch id {
	case "case_contact", "email":
		return p.T("members.purpose." + id)
	default:
		return id
	}
}

// Number is that of the case that was opened for a contact; empty when there is none that the reader finds.
func (p profile) Number(c members.Contact) string {
	for _, k := range p.Cases {
		if k.ID == c.Case {
			return k.Number.String()
		}
	}
	return ""
}
