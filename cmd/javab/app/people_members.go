package app

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/members"
	"javab/storage"
	"javab/webhook/memberweb"
	"javab/webhook/page"
)

// memberPages is the register of members with its search and the log of contacts.
func (h *house) memberPages(p *people, shell *page.Shell) *memberweb.Register {
	return &memberweb.Register{
		Shell: shell, Office: h.members(), Linker: h.desk, People: h.store, Content: h.library, From: p.auth.Address,
		Opens: func(ctx context.Context, by bot.Staff, chat bot.ChatKey) bool {
			_, err := h.store.Row(ctx, by, chat)
			return err == nil
		},
		ID: func() string { return fmt.Sprintf("%016x", h.env.Random()) },
	}
}

// members is the register as the staff use it. What they log can open a case, as scripts do.
func (h *house) members() *members.Office {
	procedure := &cases.Procedure{Catalog: h.library, Hours: h.hours}
	return &members.Office{
		Store: storage.As[members.OfficeTx](h.store), Clock: h.env.Clock,
		Open: func(ctx context.Context, tx members.OfficeTx, call bot.Call) (bot.Result, error) {
			return procedure.Open(ctx, tx.(storage.Tx), call)
		},
	}
}
