package flows

import (
	"maps"
	"slices"
)

// ActionSpec is what scripts may ask of the program, and in which ways it can end. Use cases implement it.
type ActionSpec struct {
	// Required and Optional are the arguments. Open actions take any other argument too.
	Required []string
	Optional []string
	Open     bool
	// Outcomes maps each way to end to the variables that are then surely set.
	Outcomes map[string][]string
	// Maybe are variables that some outcome may set.
	Maybe []string
	// Secret are the arguments that nothing may keep: no record, no log, no dialogue.
	Secret []string
	// Lists says from which content list the values of variables are.
	Lists map[string]string
}

// ActionSpecs lists every action, so that Check knows them before any of them runs.
var ActionSpecs = map[string]ActionSpec{
	"case.open": {
		Required: []string{"kind", "category"},
		Optional: []string{"text", "phone", "for_whom", "membership_no", "national_id"},
		Open:     true,
		Outcomes: map[string][]string{
			"ok":          {"case.number", "case.due", "case.notice", "case.first_answer"},
			"unavailable": nil,
		},
	},
	"case.list": {
		Optional: []string{"kind", "result"},
		Outcomes: map[string][]string{"some": {"cases"}, "none": nil},
	},
	"case.show": {
		Required: []string{"number"},
		Outcomes: map[string][]string{
			"found": {
				"case.number", "case.kind", "case.category", "case.state", "case.unit", "case.opened", "case.due",
				"case.notice", "case.text",
			},
			"unknown": nil, "too_many": nil,
		},
		Maybe: []string{"case.result", "case.round", "case.reopen_until"},
		Lists: map[string]string{"case.category": "categories", "case.state": "statuses", "case.unit": "units"},
	},
	"case.edit": {
		Required: []string{"number"},
		Outcomes: map[string][]string{"ok": nil, "too_late": nil, "unknown": nil},
	},
	"case.add": {
		Required: []string{"number"},
		Outcomes: map[string][]string{"ok": nil, "closed": nil, "unknown": nil},
	},
	"case.withdraw": {
		Required: []string{"number"},
		Outcomes: map[string][]string{"ok": nil, "closed": nil, "unknown": nil},
	},
	"case.solved": {
		Required: []string{"number", "round"},
		Outcomes: map[string][]string{"ok": nil, "old": nil, "unknown": nil},
	},
	"case.not_solved": {
		Required: []string{"number", "round"},
		Outcomes: map[string][]string{"ok": nil, "old": nil, "unknown": nil},
	},
	"case.reopen": {
		Required: []string{"number"},
		Optional: []string{"round", "text"},
		Outcomes: map[string][]string{"ok": {"case.number", "case.due"}, "late": nil, "open": nil, "unknown": nil},
	},
	"case.rate": {
		Required: []string{"number", "round", "rating"},
		Outcomes: map[string][]string{"ok": nil, "low": nil, "old": nil, "unknown": nil},
	},
	"case.rate_reason": {
		Required: []string{"number", "round", "text"},
		Outcomes: map[string][]string{"ok": nil, "unknown": nil},
	},
	"case.holds": {
		Required: []string{"number", "round"},
		Outcomes: map[string][]string{"ok": nil, "old": nil, "unknown": nil},
	},
	"case.fails": {
		Required: []string{"number", "round"},
		Outcomes: map[string][]string{"ok": nil, "old": nil, "unknown": nil},
	},
	"case.open_count": {
		Outcomes: map[string][]string{"none": nil, "one": {"case.number"}, "many": {"cases"}},
	},
	"member.load": {
		Outcomes: map[string][]string{"known": nil, "unknown": nil},
		Maybe: []string{
			"member.name", "member.phone", "member.company", "member.email", "member.membership_no", "member.national_id",
		},
	},
	"member.save": {
		Required: []string{"field", "value"},
		Outcomes: map[string][]string{"ok": nil, "conflict": nil},
	},
	"member.verify": {
		Required: []string{"phone"},
		Outcomes: map[string][]string{"ok": nil},
	},
	"member.consent": {
		Required: []string{"purpose", "given"},
		Outcomes: map[string][]string{"ok": nil},
	},
	"member.copy": {
		Outcomes: map[string][]string{"sent": nil, "nothing": nil},
	},
	"categories.suggest": {
		Required: []string{"text"},
		Outcomes: map[string][]string{"some": {"suggested"}, "none": nil},
		Lists:    map[string]string{"suggested": "categories"},
	},
	"queue.leave": {
		Outcomes: map[string][]string{"left": nil, "not_waiting": nil},
	},
	"queue.place": {
		Outcomes: map[string][]string{"waiting": {"place", "opening"}, "held": nil, "not_waiting": nil},
		Maybe:    []string{"wait.from", "wait.to"},
	},
	"hours.now": {
		Optional: []string{"unit"},
		Outcomes: map[string][]string{"open": {"closing"}, "closed": {"opening"}, "paused": nil},
	},
	"staff.link": {
		Optional: []string{"code"}, Secret: []string{"code"},
		Outcomes: map[string][]string{"ok": {"staff.name"}, "wrong": nil, "too_many": nil},
	},
	"approval.show": {
		Optional: []string{"pick"},
		Outcomes: map[string][]string{
			"open":    {"approval.id", "approval.hash", "approval.kind", "approval.unit", "approval.author", "wish"},
			"some":    {"approvals"},
			"at_desk": nil, "decided": {"approval.verdict", "approval.by"}, "none": nil, "unknown": nil, "not_linked": nil,
		},
		Lists: map[string]string{"approval.unit": "units"},
	},
	"approval.decide": {
		Required: []string{"id", "hash", "verdict", "code"},
		Optional: []string{"reason"}, Secret: []string{"code"},
		Outcomes: map[string][]string{
			"ok": nil, "wrong": nil, "wait": {"seconds"}, "changed": nil,
			"decided": {"approval.verdict", "approval.by"}, "unknown": nil, "not_linked": nil,
		},
	},
	"guide.result": {
		Required: []string{"subject", "outcome"},
		Optional: []string{"step"},
		Outcomes: map[string][]string{"ok": nil},
	},
}

// arguments lists all that the action takes by name.
func (a ActionSpec) arguments() []string { return slices.Concat(a.Required, a.Optional) }

// sets lists the variables that are surely set by an outcome; one with a slip counts as the one that was meant.
func (a ActionSpec) sets(outcome string) []string {
	if vars, known := a.Outcomes[outcome]; known || len(a.Outcomes) == 0 {
		return vars
	}
	return a.Outcomes[near(outcome, a.outcomes())]
}

func (a ActionSpec) outcomes() []string { return slices.Sorted(maps.Keys(a.Outcomes)) }
