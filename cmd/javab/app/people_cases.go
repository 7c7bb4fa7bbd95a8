package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
	"javab/webhook/caseweb"
	"javab/webhook/deskweb"
	"javab/webhook/page"
)

// casePages is the cases in a browser.
func (h *house) casePages(shell *page.Shell) *caseweb.Cases {
	return &caseweb.Cases{
		Shell: shell, Reads: h.store, Acts: caseActs{h.cases, h}, Links: h.cases, Content: h.library, People: h.store, Hours: h.hours,
		Shelf: caseShelf{shelf{h}}, ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) }, Address: h.config.deskURL(),
	}
}

// caseActs is the office with a word to the browsers that show a case when something was done to it.
type caseActs struct {
	*cases.Office
	house *house
}

// Do implements caseweb.Acts.
func (a caseActs) Do(ctx context.Context, by bot.Staff, number bot.CaseNumber, act cases.Act) error {
	err := a.Office.Do(ctx, by, number, act)
	if err == nil {
		a.house.caseChanged(ctx, number)
	}
	return err
}

// caseChanged tells those who see a case that something was done to it. Losing it is harmless: what is shown is read anew from
// time to time.
func (h *house) caseChanged(ctx context.Context, number bot.CaseNumber) {
	c, err := h.store.ReadCase(ctx, number)
	var about []bot.StaffID
	if err == nil {
		err = h.store.Do(ctx, func(tx storage.Tx) (err error) {
			about, err = tx.About(ctx, c.Chat)
			return err
		})
	}
	if err == nil {
		err = deskSignals{wire: h.hot}.Publish(ctx, deskweb.Signal{
			Kind: deskweb.CaseChanged, Chat: c.Chat, Unit: c.Unit, Confidential: c.Confidential, By: c.Holder, About: about,
		})
	}
	if err != nil {
		h.log.Warn("that a case has changed was not told", "err", err)
	}
}

// takesFiles is what the audit says of who takes files of a case out of the house, after "case.".
const takesFiles = "files_taken"

// caseShelf is the files of cases.
type caseShelf struct{ shelf }

// Taken implements caseweb.Shelf. The audit's subject is the chat: whom that is about finds nothing of it there.
func (s caseShelf) Taken(ctx context.Context, by bot.Staff, c bot.Case, what string) error {
	return s.store.Do(ctx, func(tx storage.Tx) error {
		return tx.Audit(ctx, bot.AuditEntry{
			At: s.env.world()(), By: by.ID, What: "case." + takesFiles, Subject: "chat " + string(c.Chat), After: "case " + c.Number.String() + " " + what,
		})
	})
}

// Causes are the root causes of a kind of case, in the order of the content: of a suggestion what became of it.
func (l *library) Causes(kind bot.CaseKind) (list []bot.Item) {
	bundle := l.live.Load().bundle
	name := bundle.CauseList(kind)
	items, _ := bundle.List(name)
	for _, item := range items {
		list = append(list, bot.Item{ID: item.ID, Ref: name + "/" + item.ID})
	}
	return list
}

// Label names an entry of a list by its "list/id"; an unknown one is called by its id.
func (l *library) Label(ref string, lang bot.Lang) string {
	list, id, _ := strings.Cut(ref, "/")
	if item, known := l.live.Load().bundle.Item(list, id); known {
		return item.Label.In(lang)
	}
	return id
}

// counts is what waits for somebody behind the places of the rail. A number that cannot be read is left out.
func (h *house) counts(of map[string]func(context.Context, bot.Staff) (int, error)) func(echo.Context, bot.Staff, string) int {
	return func(c echo.Context, by bot.Staff, place string) int {
		count, counted := of[place]
		if !counted {
			return 0
		}
		n, err := count(c.Request().Context(), by)
		if err != nil {
			h.log.Warn("what waits was not counted", "place", place, "err", err)
		}
		return n
	}
}
