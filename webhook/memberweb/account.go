package memberweb

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/webhook/page"
)

// account says whether a member is a key account, and who looks after him.
func (r *Register) account(c echo.Context) error {
	form, id := typedIn(c, "account"), memberOf(c)
	err := error(unexplained)
	if form.Reason != "" {
		err = r.Office.KeyAccount(c.Request().Context(), r.Person(c), id, form.Field != "", bot.StaffID(form.Value), form.Reason, r.From(c))
	}
	if err != nil {
		return r.again(c, form, err)
	}
	return page.Lead(c, screen{}.URL(id)+"#account")
}

// Leads reports whether the person may say who is a key account.
func (p profile) Leads() bool { return p.Allows(http.MethodPost, "/members/:id/account") }

// Entrusted reports whether the form says that the member is a key account.
func (p profile) Entrusted() bool {
	if p.Typed.Act == "account" {
		return p.Typed.Field != ""
	}
	return p.Member.KeyAccount
}

// Owner is whom the form names.
func (p profile) Owner() bot.StaffID {
	if p.Typed.Act == "account" {
		return bot.StaffID(p.Typed.Value)
	}
	return p.Member.Owner
}

// Owners are those who can look after a member.
func (p profile) Owners() []bot.Staff {
	return slices.DeleteFunc(slices.Clone(p.staff), func(one bot.Staff) bool { return !members.Looks(one) })
}
