package officeweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// pageOfEntries is how many entries of the audit are shown at once.
const pageOfEntries = 100

// record is the audit as a page shows it.
type record struct {
	page.Screen
	Entries []entry
	People  page.Staff
	Chain   Chain
	Checked bool   // the chain has been read for this page
	By      string // what was asked for
	What    string
	Subject string
	From    string
	To      string
	Next    string // address of older entries; empty when there are none
}

// entry is one line of the audit.
type entry struct {
	bot.AuditEntry
	Who   string
	Did   string // what was done, in the reader's language
	About string // whom it was done to, when that is somebody of the staff
}

func (o *Office) showAudit(c echo.Context) error {
	s, ctx := o.Screen(c, "office.audit.title"), c.Request().Context()
	r := record{
		Screen: s, By: c.QueryParam("by"), What: c.QueryParam("what"), Subject: c.QueryParam("subject"),
		From: c.QueryParam("from"), To: c.QueryParam("to"), Checked: c.QueryParam("check") != "",
	}
	q, err := r.query(c.QueryParam("before"))
	if err != nil {
		return o.Refuse(c, err)
	}
	found, err := o.Audit.Entries(ctx, q)
	if err != nil {
		return o.Refuse(c, fmt.Errorf("read the audit: %w", err))
	}
	if r.People, err = o.people(ctx); err != nil {
		return o.Refuse(c, err)
	}
	if r.Checked {
		if r.Chain, err = o.Audit.Chain(ctx); err != nil {
			return o.Refuse(c, fmt.Errorf("read the audit's chain: %w", err))
		}
	}
	r.fill(found, q.Before)
	return o.views.Render(c, http.StatusOK, "audit", r)
}

// query reads what was asked for. Days are taken in any calendar and any digits; the last one is counted whole.
func (r *record) query(before string) (AuditQuery, error) {
	q := AuditQuery{Reader: r.Screen.By.ID, By: bot.StaffID(r.By), What: r.What, Subject: r.Subject, Limit: pageOfEntries}
	q.Before, _ = strconv.Atoi(before)
	q.Before = max(0, q.Before)
	var err error
	if q.From, err = r.Midnight(r.From, 0); err != nil {
		return q, err
	}
	q.To, err = r.Midnight(r.To, 1)
	return q, err
}

func (r *record) fill(found []bot.AuditEntry, before int) {
	for _, e := range found {
		who := r.T("office.audit.house")
		if e.By != "" {
			who = r.People.Name(e.By)
		}
		r.Entries = append(r.Entries, entry{e, who, r.did(e.What), r.about(e.Subject)})
	}
	if len(found) == pageOfEntries {
		r.Next = "/audit?" + url.Values{
			"by": {r.By}, "what": {r.What}, "subject": {r.Subject}, "from": {r.From}, "to": {r.To},
			"before": {strconv.Itoa(before + pageOfEntries)},
		}.Encode()
	}
}

// did names what was done: of "chat.claimed" both parts.
func (r *record) did(what string) string {
	group, act, two := strings.Cut(what, ".")
	named := r.T("audit.group." + group)
	if two {
		named += ": " + r.T("audit.act."+act)
	}
	return named
}

// about names somebody of the staff; of anything else the subject says enough.
func (r *record) about(subject string) string {
	if id, is := strings.CutPrefix(subject, "staff "); is {
		return r.People.Name(bot.StaffID(id))
	}
	return ""
}
