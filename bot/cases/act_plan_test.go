package cases_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/storage"
)

func TestEveryActMayCarryWhatIsDoneNext(t *testing.T) {
	b := staffed(t, 24)
	next := bot.Next{What: "call him", Who: "reza", At: b.at("2026-11-23 09:00").UTC()}
	b.acts(sara, cases.Then{Act: cases.Begin{}, Next: next})
	line := b.last()
	if c := b.of(); c.Next != next || c.Orphan() || line.What != cases.DidPlan || line.Before != "" || line.After != "2026-11-23T05:30:00Z reza call him" {
		t.Errorf("next %+v, line %+v", b.of().Next, line)
	}
	b.acts(sara, cases.Plan{Next: bot.Next{What: "call him", Who: "reza", At: b.at("2026-11-23 09:00")}})
	if b.did() != "sara begun, sara planned" {
		t.Errorf("the same plan again: %s", b.did())
	}
	b.acts(sara, cases.Then{Act: cases.Mark{Dispute: true}}) // nothing said: it stays as it is
	if b.of().Next != next {
		t.Errorf("next %+v", b.of().Next)
	}
	for _, a := range b.audited("case.planned") {
		if strings.Contains(a.After+a.Before+a.Reason, "call") {
			t.Errorf("the audit has words: %+v", a)
		}
	}
}

func TestAPlanThatCannotBeKeptIsRefusedWithItsAct(t *testing.T) {
	b := staffed(t, 24)
	at := b.at("2026-11-23 09:00")
	for key, next := range map[string]bot.Next{
		"case_empty": {At: at}, "desk_past": {What: "x", At: b.now}, "case_colleague": {What: "x", Who: "karim", At: at},
	} {
		b.refuses(sara, cases.Then{Act: cases.Begin{}, Next: next}, bot.Invalid, key)
	}
}

func TestAResultIsNotProposedOverAnOpenTask(t *testing.T) {
	b := working(t)
	task := bot.Task{ID: "t1", What: "copy the file", Who: "reza", DueAt: b.at("2026-11-23 09:00"), Kind: bot.TaskCall, Unit: "finance"}
	b.acts(sara, cases.AddTask{Task: task}, cases.AddTask{Task: task})
	_, tasks := b.parts()
	if len(tasks) != 1 || tasks[0].Kind != bot.TaskWork || tasks[0].Unit != "member_relations" || tasks[0].MadeBy != "sara" || !tasks[0].Open() {
		t.Errorf("tasks %+v", tasks)
	}
	if c := b.of(); c.Next.What != "copy the file" || c.Next.Who != "reza" {
		t.Errorf("next %+v", c.Next)
	}
	b.refuses(sara, cases.Propose{ID: "p1", Result: "Done."}, bot.Conflict, "case_open_task")
	b.refuses(sara, cases.AddTask{Task: bot.Task{ID: "t1", What: "something else", DueAt: task.DueAt}}, bot.Conflict, "case_repeated")
	b.refuses(sara, cases.AddTask{Task: bot.Task{ID: "t2", What: "x", DueAt: b.now}}, bot.Invalid, "desk_past")
	b.refuses(reza, cases.EndTask{ID: "t1", Outcome: bot.CallSolved}, bot.Invalid, "case_outcome")
	b.refuses(reza, cases.EndTask{ID: "t2", Outcome: bot.TaskDone}, bot.NotFound, "case_task_unknown")
	b.acts(reza, cases.EndTask{ID: "t1", Outcome: bot.TaskDone, Words: "on your desk"}, cases.EndTask{ID: "t1", Outcome: bot.TaskDone})
	b.refuses(reza, cases.EndTask{ID: "t1", Outcome: bot.TaskDropped}, bot.Conflict, "case_task_ended")
	b.acts(sara, cases.Propose{ID: "p1", Result: "Done."})
	if b.did() != "sara begun, sara task, reza task_ended, sara proposed" {
		t.Errorf("the timeline tells %s", b.did())
	}
}

func TestACallThatReachesTheMemberEndsHisCase(t *testing.T) {
	for outcome, want := range map[bot.TaskOutcome]bot.CaseState{bot.CallSolved: bot.Closed, bot.CallNotSolved: bot.InWork, bot.CallNotReached: bot.Proposed} {
		b := working(t)
		b.acts(sara, cases.Propose{ID: "p1", Result: "Done."})
		c := b.of()
		b.office.do(func(tx storage.Tx) error {
			return tx.SaveTask(t.Context(), bot.Task{ID: "call", Case: c.ID, Kind: bot.TaskCall, Unit: c.Unit, MadeAt: b.now, DueAt: b.now.Add(time.Hour)})
		})
		b.refuses(sara, cases.EndTask{ID: "call", Outcome: bot.TaskDone}, bot.Invalid, "case_outcome")
		b.acts(sara, cases.EndTask{ID: "call", Outcome: outcome, Words: "spoke to his partner"})
		if c := b.of(); c.State != want {
			t.Errorf("%s: the case is %s", outcome, c.State)
		}
	}
}

func TestMarksAndCausesAreKeptWithWhatTheyWere(t *testing.T) {
	b := working(t)
	b.acts(sara, cases.Mark{Dispute: true, Financial: true}, cases.Mark{Dispute: true, Financial: true}, cases.Mark{Financial: true})
	if c, line := b.of(), b.last(); c.Dispute || !c.Financial || line.Before != "dispute financial" || line.After != "financial" {
		t.Errorf("marked %v %v, line %+v", c.Dispute, c.Financial, line)
	}
	b.acts(sara, cases.Classify{Cause: "delay"}, cases.Classify{Cause: "staff", External: "C-7"})
	if c, line := b.of(), b.last(); c.Cause != "staff" || c.External != "C-7" || line.Before != "delay" || line.After != "staff C-7" {
		t.Errorf("classified %s %s, line %+v", c.Cause, c.External, line)
	}
	b.acts(sara, cases.Remark{Text: "He called."}, cases.Remark{Text: "He called."})
	b.now = b.now.Add(2 * time.Minute)
	b.acts(sara, cases.Remark{Text: "He called."})
	if b.did() != "sara begun, sara marked, sara marked, sara classified, sara classified, sara remark, sara remark" {
		t.Errorf("the timeline tells %s", b.did())
	}
}
