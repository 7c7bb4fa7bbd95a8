package deskweb

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
)

// present returns who else is in a chat, by name.
func (h *hub) present(chat bot.ChatKey, but bot.StaffID, staff page.Staff, s screen) presence {
	h.mu.Lock()
	defer h.mu.Unlock()
	p, writing := presence{screen: s}, map[bot.StaffID]bool{}
	seen := map[bot.StaffID]bool{but: true}
	for place, how := range h.here[chat] {
		if !how.until.After(s.Instant) || place.by == but {
			continue
		}
		if name := staff.Name(place.by); !seen[place.by] {
			seen[place.by] = true
			p.Viewers = append(p.Viewers, viewer{string(place.by), name, page.Initial(name)})
		}
		if how.writing != "" && !writing[place.by] {
			writing[place.by] = true
			p.Writing = append(p.Writing, staff.Name(place.by))
		}
	}
	slices.SortFunc(p.Viewers, func(a, b viewer) int { return cmp.Compare(a.Name, b.Name) })
	slices.Sort(p.Writing)
	return p
}

// beat is a tab's sign of life in a chat. Who may not see the chat is not in it.
func (d *Desk) beat(c echo.Context) error {
	by, ctx := d.Person(c), c.Request().Context()
	if err := d.Alive(c, by); err != nil {
		return d.Refuse(c, err)
	}
	chat := chatOf(c)
	if _, err := d.Reads.Row(ctx, by, chat); err != nil {
		return d.Refuse(c, err)
	}
	s := Signal{
		Kind: ChatViewed, Chat: chat, By: by.ID, Browser: short(c.FormValue("browser")),
		Tab: short(c.FormValue("tab_id")), Gone: c.FormValue("gone") != "",
	}
	if mode := c.FormValue("writing"); mode == "reply" || mode == "note" {
		s.Writing = mode
	}
	if err := d.Signals.Publish(ctx, s); err != nil {
		return fmt.Errorf("tell that chat %s is looked at: %w", chat, err)
	}
	return c.NoContent(http.StatusNoContent)
}

// short bounds an id that a browser made up.
func short(id string) string { return id[:min(len(id), 40)] }
