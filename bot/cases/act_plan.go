package cases

import (
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Plan says what will be done next, by whom and when.
type Plan struct {
	Next bot.Next
}

func (a Plan) do(ctx context.Context, d *deed) (err error) {
	if err := d.working(); err != nil {
		return err
	}
	if a.Next.What, err = read(a.Next.What, maxName); err != nil {
		return err
	}
	if err := d.doable(ctx, a.Next.Who, a.Next.At); err != nil {
		return err
	}
	before := d.c.Next
	same := before.What == a.Next.What && before.Who == a.Next.Who && before.At.Equal(a.Next.At)
	if d.idle = same && len(d.entries) == 0; d.idle {
		return nil
	}
	d.c.Next = a.Next
	d.line(DidPlan, a.Next.What, shownNext(before), shownNext(a.Next))
	d.audits("case."+DidPlan, "", date(before.At), date(a.Next.At))
	return nil
}

// doable checks who does something, and that its time lies ahead.
func (d *deed) doable(ctx context.Context, who bot.StaffID, at time.Time) error {
	if !at.After(d.now) {
		return invalid("desk_past")
	}
	if who == "" {
		return nil
	}
	_, err := d.colleague(ctx, who)
	return err
}

// AddTask adds a piece of work with its own due date. The result of a case is not proposed over an open one.
type AddTask struct {
	Task bot.Task // ID, What, Who and DueAt; the rest is found here
}

func (a AddTask) do(ctx context.Context, d *deed) error {
	if err := d.working(); err != nil {
		return err
	}
	t, err := d.newTask(ctx, a.Task)
	if err != nil || d.idle {
		return err
	}
	if err := d.saveTask(ctx, t); err != nil {
		return err
	}
	if d.c.Next.At.IsZero() {
		d.c.Next = bot.Next{What: t.What, Who: t.Who, At: t.DueAt}
	}
	d.log(DidAddTask, t.What, "", "", spaced(t.ID, string(t.Who), date(t.DueAt)))
	return nil
}

func (d *deed) newTask(ctx context.Context, t bot.Task) (_ bot.Task, err error) {
	if err := readID(t.ID); err != nil {
		return t, err
	}
	if t.What, err = read(t.What, maxWords); err != nil {
		return t, err
	}
	before, err := d.task(ctx, t.ID)
	switch {
	case err == nil && before.What == t.What:
		d.idle = true
		return t, nil
	case err == nil:
		return t, conflict("case_repeated")
	case bot.KindOf(err) != bot.NotFound:
		return t, err
	}
	return bot.Task{
		ID: t.ID, Case: d.c.ID, Kind: bot.TaskWork, What: t.What, Who: t.Who, Unit: d.c.Unit, MadeBy: d.by.ID, MadeAt: d.now, DueAt: t.DueAt,
	}, d.doable(ctx, t.Who, t.DueAt)
}

// EndTask says how a task ended: work is done or dropped, a call has reached the member or not.
type EndTask struct {
	ID      string // of the task
	Outcome bot.TaskOutcome
	Words   string // what there is to say about it; may be empty
}

// outcomes are those that a task of a kind can have.
var outcomes = map[bot.TaskKind][]bot.TaskOutcome{
	bot.TaskWork: {bot.TaskDone, bot.TaskDropped},
	bot.TaskCall: {bot.CallSolved, bot.CallNotSolved, bot.CallNotReached},
}

func (a EndTask) do(ctx context.Context, d *deed) (err error) {
	t, err := d.task(ctx, a.ID)
	if err != nil {
		return err
	}
	if !t.Open() {
		if d.idle = t.Outcome == a.Outcome; d.idle {
			return nil
		}
		return conflict("case_task_ended")
	}
	if !slices.Contains(outcomes[t.Kind], a.Outcome) {
		return invalid("case_outcome")
	}
	if a.Words != "" {
		if a.Words, err = read(a.Words, maxWords); err != nil {
			return err
		}
	}
	t.Outcome, t.DoneAt, t.DoneBy = a.Outcome, d.now, d.by.ID
	if err := d.saveTask(ctx, t); err != nil {
		return err
	}
	d.log(DidEndTask, a.Words, "", t.ID, string(a.Outcome))
	all, err := d.tx.Tasks(ctx, d.c.ID)
	if err != nil {
		return fmt.Errorf("read tasks of case %s: %w", d.c.Number, err)
	}
	if d.c.Overdue = overdue(all); t.Kind != bot.TaskCall {
		return nil
	}
	return d.call(ctx, a.Outcome)
}

// call does what follows on a call to the member.
func (d *deed) call(ctx context.Context, outcome bot.TaskOutcome) error {
	before := d.c.State
	c, entries, err := d.called(&d.letter, d.c, outcome)
	d.c, d.entries = c, append(d.entries, entries...)
	if err != nil || outcome != bot.CallNotSolved || before == c.State {
		return err
	}
	told, err := unhappyKey(ctx, d.tx, d.c, bot.AlertNotSolved, round(d.c), d.now)
	d.entries = append(d.entries, told...)
	return err
}

// task returns one of the case.
func (d *deed) task(ctx context.Context, id string) (bot.Task, error) {
	all, err := d.tx.Tasks(ctx, d.c.ID)
	if err != nil {
		return bot.Task{}, fmt.Errorf("read tasks of case %s: %w", d.c.Number, err)
	}
	i := slices.IndexFunc(all, func(t bot.Task) bool { return t.ID == id })
	if i < 0 {
		return bot.Task{}, &bot.Error{Kind: bot.NotFound, Key: "case_task_unknown"}
	}
	return all[i], nil
}

func (d *deed) saveTask(ctx context.Context, t bot.Task) error {
	if err := d.tx.SaveTask(ctx, t); err != nil {
		return fmt.Errorf("save task %s: %w", t.ID, err)
	}
	return nil
}
