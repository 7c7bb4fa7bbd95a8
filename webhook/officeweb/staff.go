package officeweb

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/locales/text"
	"javab/webhook/page"
)

// roll is the list of the staff as a page shows it.
type roll struct {
	settings
	Asked asked
	Lines []line
}

// asked is whom, or what, a page is asked for.
type asked struct{ Words, Role, Unit, Topic string }

// line is one of the staff.
type line struct {
	bot.Staff
	Proof staff.Proof
	There bool // his browser is alive
	Seen  page.Moment
	Stand string // who stands in for him
}

func (o *Office) showStaff(c echo.Context) error {
	ctx := c.Request().Context()
	all, err := o.people(ctx)
	if err != nil {
		return o.Refuse(c, err)
	}
	proofs, err := o.Staff.Proofs(ctx)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read how the staff prove themselves: %w", err))
	}
	r := roll{settings: o.settings(c, "office.tab.staff"), Asked: asked{Words: c.QueryParam("words"), Role: c.QueryParam("role"), Unit: c.QueryParam("unit")}}
	for _, one := range all {
		if r.Asked.means(one) {
			r.Lines = append(r.Lines, r.line(one, all, proofs[one.ID]))
		}
	}
	return o.views.Render(c, http.StatusOK, "staff", r)
}

// means reports whether somebody is among those who are asked for.
func (a asked) means(one bot.Staff) bool {
	said := strings.Join([]string{one.Name, one.Login, one.Display.Fa, one.Display.Ar, one.Display.En}, " ")
	return a.within(said) && (a.Role == "" || string(one.Role) == a.Role) &&
		(a.Unit == "" || slices.Contains(one.Units, bot.UnitID(a.Unit)))
}

// within reports whether a text has every word that was asked for. Where words are joined or divided does not matter:
// people write a half-space as a space, or not at all.
func (a asked) within(said string) bool {
	said = strings.ReplaceAll(text.Fold(said), " ", "")
	for word := range strings.FieldsSeq(text.Fold(a.Words)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

func (r roll) line(one bot.Staff, all page.Staff, proof staff.Proof) line {
	l := line{Staff: one, Proof: proof, There: r.Instant.Sub(one.SeenAt) < r.office.Content.Limits().Lost}
	if !one.SeenAt.IsZero() {
		l.Seen = r.When(one.SeenAt)
	}
	if one.Substitute != "" {
		l.Stand = all.Name(one.Substitute)
	}
	return l
}

// Roles are the roles to choose from.
func (r roll) Roles() []page.Choice { return r.roles(bot.Role(r.Asked.Role)) }

// Units are the units to choose from.
func (r roll) Units() []page.Choice { return r.units(bot.UnitID(r.Asked.Unit)) }

// May reports whether the person may make accounts.
func (r roll) May() bool { return r.Allows(http.MethodPost, "/settings/new") }
