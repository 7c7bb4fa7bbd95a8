package caseweb

import (
	"slices"

	"javab/bot/cases"
)

// groups are what the timeline can be narrowed to.
var groups = []string{groupAll, groupSaid, groupNotice, groupNote, groupReferral, groupState, groupApproval, groupEdit}

const (
	groupAll      = "all"
	groupSaid     = "said"     // by people: messages, calls, visits, letters
	groupNotice   = "notice"   // what the program told the member, and how far it came
	groupNote     = "note"     // for colleagues
	groupReferral = "referral" // questions, replies, tasks
	groupState    = "state"    // what became of the case and of its promise
	groupApproval = "approval"
	groupEdit     = "edit" // what the case said before
)

// look is how a line of the timeline is shown: its group, its sign, and whether its sides are told.
type look struct {
	group, icon  string
	before, side bool // what was before, and what it is now
}

// looks are the lines of the timeline by what they tell. One that is not here is told as a change of the case.
var looks = map[string]look{
	"opened": {groupState, "file-text", false, false}, "added": {groupEdit, "paperclip", false, false}, "edited": {groupEdit, "pencil", true, true},
	"withdrawn": {groupState, "undo-2", true, true},

	cases.FirstLate: {groupState, "hourglass", true, false}, cases.AtRisk: {groupState, "hourglass", false, true},
	cases.Breached: {groupState, "triangle-alert", true, false}, cases.ToHead: {groupState, "triangle-alert", true, false},
	cases.Noticed: {groupNotice, "send-horizontal", false, true}, cases.Late: {groupNotice, "send-horizontal", false, true},
	cases.Unsent: {groupNotice, "ban", false, true}, cases.Retold: {groupNotice, "send-horizontal", false, true},
	cases.Recounted: {groupState, "clock", true, true},

	cases.DidTake: {groupState, "user-check", true, true}, cases.DidAssign: {groupState, "user-check", true, true},
	cases.DidBegin: {groupState, "play", true, true}, cases.DidResume: {groupState, "play", true, true},
	cases.DidRefer: {groupReferral, "arrow-right-left", false, true}, cases.DidLink: {groupReferral, "workflow", true, false},
	cases.DidReply: {groupReferral, "message-square-text", true, true}, cases.DidRecall: {groupReferral, "undo-2", true, false},
	cases.DidAwaitMember: {groupState, "hourglass", true, true}, cases.DidAwaitOutside: {groupState, "hourglass", true, true},
	cases.DidStopClock: {groupState, "clock", true, false}, cases.DidStartClock: {groupState, "clock", false, true},
	cases.DidPlan: {groupState, "arrow-right", false, true}, cases.DidAddTask: {groupReferral, "square-slash", false, false},
	cases.DidEndTask: {groupReferral, "circle-check", false, true}, cases.DidMark: {groupEdit, "star", true, true},
	cases.DidClassify: {groupEdit, "pencil", true, true}, cases.DidRemark: {groupNote, "sticky-note", false, false},
	cases.DidTell: {groupNotice, "send-horizontal", false, false}, cases.DidHandOn: {groupState, "users", false, false},
	cases.DidLetter: {groupApproval, "file-text", false, false}, cases.DidHold: {groupApproval, "hourglass", true, false},
	cases.DidApprove: {groupApproval, "circle-check", true, false}, cases.DidRefuse: {groupApproval, "x", true, false},
	cases.DidChange: {groupApproval, "pencil", true, false}, cases.DidTakeBack: {groupApproval, "undo-2", true, false},

	cases.Proposed: {groupState, "send-horizontal", true, true}, cases.Delivered: {groupNotice, "check", false, false},
	cases.Undelivered: {groupNotice, "ban", false, false}, cases.CallMade: {groupReferral, "phone", false, false},
	cases.Called: {groupSaid, "phone", false, true}, cases.Reminded: {groupNotice, "bell", false, true},
	cases.Solved: {groupSaid, "circle-check", true, true}, cases.Refused: {groupSaid, "x", true, true},
	cases.Ended: {groupState, "check", true, true}, cases.ReopenedBy: {groupState, "rotate-ccw", true, true},
	cases.Rated: {groupSaid, "star", false, true}, cases.RatedLow: {groupState, "triangle-alert", false, true},
	cases.RatedWhy: {groupSaid, "star", false, false}, cases.ReferralNear: {groupReferral, "bell", false, false},
	cases.ReferralLate: {groupReferral, "hourglass", false, false}, cases.TaskLate: {groupReferral, "hourglass", false, false},
	cases.UnhappyKey: {groupState, "triangle-alert", false, true}, cases.Holds: {groupSaid, "circle-check", false, false},
	cases.Fails: {groupSaid, "x", false, false}, cases.Surveyed: {groupNotice, "send-horizontal", false, false},
	cases.Unasked: {groupNotice, "ban", false, true}, cases.Checked: {groupNotice, "send-horizontal", false, false},
	cases.Unchecked: {groupNotice, "ban", false, true}, cases.Moot: {groupReferral, "square-slash", false, false},
}

// known reports whether a name of the catalogs is one that the timeline uses.
func (f *file) known(name string) bool { return slices.Contains(sides, name) }

// sides are the names of what can stand on a side of a change.
var sides = []string{
	"cases.state.received", "cases.state.in_work", "cases.state.referred", "cases.state.waiting_member", "cases.state.waiting_external",
	"cases.state.proposed", "cases.state.closed", "cases.state.reopened", "cases.state.withdrawn",
	"approvals.kind.closure", "approvals.kind.decision", "approvals.kind.letter", "approvals.kind.notice", "approvals.kind.money",
	"cases.outcome.done", "cases.outcome.dropped", "cases.outcome.solved", "cases.outcome.not_solved", "cases.outcome.not_reached",
	"cases.mark.dispute", "cases.mark.financial",
}
