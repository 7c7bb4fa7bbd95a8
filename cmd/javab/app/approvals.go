package app

import (
	"javab/bot"
	"javab/bot/approve"
	"javab/storage"
	"javab/webhook/approveweb"
	"javab/webhook/auth"
	"javab/webhook/page"
)

// openApprovals puts the chamber's authority over the desk: what an officer may not say alone waits there for a yes, and
// the desk carries out what was decided.
func (h *house) openApprovals() {
	h.approvals = &approve.Office{
		Store: storage.As[approve.Tx](h.store), Content: h.library, Hours: h.hours, Clock: h.env.Clock,
		Carriers: map[bot.ApprovalKind]approve.Carrier{bot.ApproveReply: h.desk, bot.ApproveFile: h.desk, bot.ApproveEdit: h.desk},
	}
	h.desk.Approvals = h.approvals
}

func (h *house) approvalPages(shell *page.Shell) *approveweb.Approvals {
	return &approveweb.Approvals{Shell: shell, Office: h.approvals, Content: h.library, Fresh: auth.Fresh}
}
