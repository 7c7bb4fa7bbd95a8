package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/storage"
	"javab/webhook/caseweb"
	"javab/webhook/page"
)

// casePages is the cases in a browser.
func (h *house) casePages(shell *page.Shell) *caseweb.Cases {
	return &caseweb.Cases{
		Shell: shell, Reads: h.store, Acts: h.cases, Links: h.cases, Content: h.library, People: h.store, Hours: h.hours,
		Shelf: caseShelf{shelf{h}}, Herald: h.digest, ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) }, Address: h.config.deskURL(),
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
