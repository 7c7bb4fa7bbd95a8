package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/hours"
	"javab/bot/report"
	"javab/bot/worktime"
	"javab/flows/content"
	"javab/storage"
)

// yearStaff is who has a name: "head", or a role and a unit with a dot between them.
func yearStaff(name string) bot.Staff {
	role, unit, _ := strings.Cut(name, ".")
	s := bot.Staff{
		ID: bot.StaffID(name), Login: name, Name: name, Role: bot.Role(role), Langs: bot.Langs[:], Lang: bot.En,
		Status: bot.Available, Confidential: true,
	}
	if unit != "" {
		s.Units = []bot.UnitID{bot.UnitID(unit)}
	}
	return s
}

// hire makes the staff of the year, named in Text.
func (y *year) hire(ctx context.Context, o yearOrder) error {
	return storage.As[desk.Tx](y.house.store).Do(ctx, func(tx desk.Tx) error {
		var errs []error
		for name := range strings.FieldsSeq(o.Text) {
			errs = append(errs, tx.SaveStaff(ctx, yearStaff(name)))
		}
		return errors.Join(errs...)
	})
}

// act is what one of the staff does to a case.
func (y *year) act(ctx context.Context, o yearOrder) error {
	number, known := bot.ParseCaseNumber(o.Number)
	if !known {
		return fmt.Errorf("no case number: %s", o.Number)
	}
	act := yearAct(o)
	if act == nil {
		return fmt.Errorf("no such act: %s", o.Act)
	}
	return y.house.cases.Do(ctx, yearStaff(o.By), number, act)
}

func yearAct(o yearOrder) cases.Act {
	id, unit, words := o.With["id"], bot.UnitID(o.With["unit"]), o.With["text"]
	switch o.Act {
	case "take":
		return cases.Take{}
	case "begin":
		return cases.Begin{}
	case "refer":
		return cases.Refer{ID: id, Unit: unit, Question: words}
	case "reply":
		return cases.AnswerReferral{ID: id, Reply: words}
	case "recall":
		return cases.RecallReferral{ID: id}
	case "await_member":
		return cases.AwaitMember{ID: id, Reason: words}
	case "await_outside":
		return cases.AwaitOutside{Reason: words}
	case "stop_clock":
		return cases.StopClock{Reason: words}
	case "start_clock":
		return cases.StartClock{}
	case "resume":
		return cases.Resume{}
	case "tell":
		return cases.Tell{ID: id, Text: words}
	case "task":
		due, _ := strconv.ParseInt(o.With["due"], 10, 64)
		return cases.AddTask{Task: bot.Task{ID: id, What: words, DueAt: time.UnixMilli(due)}}
	case "end_task":
		return cases.EndTask{ID: id, Outcome: bot.TaskOutcome(o.With["outcome"]), Words: words}
	case "propose":
		return cases.Propose{ID: id, Result: words}
	case "reopen":
		return cases.Reopen{Reason: words}
	}
	return nil
}

// decide says yes or no to an approval. One that was decided already, by the same order given twice, is no fault.
func (y *year) decide(ctx context.Context, o yearOrder) (a yearAnswer, err error) {
	asked, err := y.house.store.ReadApproval(ctx, o.With["id"])
	if err != nil {
		return a, err
	}
	by := yearStaff(o.By)
	if o.With["verdict"] == "no" {
		return a, y.house.approvals.Refuse(ctx, by, asked.ID, "Not like this.")
	}
	return a, y.house.approvals.Approve(ctx, by, asked.ID, asked.Hash)
}

// hours changes the working time. Days are counted from today.
func (y *year) hours(ctx context.Context, o yearOrder) (a yearAnswer, err error) {
	rota, unit, now := y.house.hours, bot.UnitID(o.With["unit"]), y.clock()
	day := func(name string) worktime.Day {
		n, _ := strconv.Atoi(o.With[name])
		return worktime.DayOf(now, rota.Book().Table.Zone) + worktime.Day(n)
	}
	row := hours.Row{Unit: unit, From: day("from"), Until: day("until"), Name: bot.Text{En: o.Text}, Confirmed: true, Reason: o.Text}
	switch o.Act {
	case "holiday":
		row.Kind = hours.Full
	case "extra":
		row.Kind, row.Window = hours.Open, worktime.Window{From: worktime.Clock(8, 0), To: worktime.Clock(12, 0)}
	case "overlay":
		row.Kind = hours.Overlay
		for _, weekday := range []time.Weekday{time.Saturday, time.Sunday, time.Monday, time.Tuesday, time.Wednesday} {
			row.Open[weekday] = []worktime.Window{{From: worktime.Clock(9, 0), To: worktime.Clock(14, 0)}}
		}
	case "shift":
		days, _ := strconv.Atoi(o.With["days"])
		_, err = rota.Shift(ctx, "head", o.With["row"], days)
		return a, err
	case "remove":
		_, err = rota.Remove(ctx, "head", o.With["row"], o.Text)
		return a, err
	case "closure":
		_, err = rota.Close(ctx, bot.StaffID(o.By), hours.Emergency{Unit: unit, Days: 1, Name: row.Name, Reason: o.Text})
		return a, err
	}
	rows := rota.Rows()
	if i := slices.IndexFunc(rows, func(r hours.Row) bool { return r.Reason == o.Text }); i >= 0 { // the order was given before
		a.Vars = map[string]any{"row": rows[i].ID}
		return a, nil
	}
	done, err := rota.Add(ctx, "head", row)
	a.Vars = map[string]any{"row": done.Row}
	return a, err
}

// days are the stretches of working time of every unit in the two years around now.
func (y *year) days() (map[string][]int64, error) {
	all := map[string][]int64{}
	for _, unit := range append([]content.Unit{{}}, y.house.library.live.Load().bundle.Units...) {
		calendar := y.house.hours.For(unit.ID)
		var spans []int64
		for at := y.clock().AddDate(-1, -2, 0); at.Before(y.clock().AddDate(1, 2, 0)); {
			from, err := calendar.NextOpening(at)
			if err != nil {
				return nil, err
			}
			if at, err = calendar.NextClosing(from); err != nil {
				return nil, err
			}
			spans = append(spans, from.Unix(), at.Unix())
		}
		all[string(unit.ID)] = spans
	}
	return all, nil
}

// topics are what cases can be about.
func (y *year) topics() (all []yearTopic) {
	bundle := y.house.library.live.Load().bundle
	for _, kind := range []bot.CaseKind{bot.Complaint, bot.Request, bot.Question, bot.Suggestion} {
		items, _ := bundle.List(bundle.CategoryList(kind))
		for _, item := range items {
			if c, known := bundle.Category(kind, item.ID); known {
				all = append(all, yearTopic{string(kind), c.ID, string(c.Unit), c.SLAHours})
			}
		}
	}
	return all
}

// inTime is K3 of a month as the board counts it.
func (y *year) inTime(ctx context.Context, o yearOrder) (a yearAnswer, err error) {
	period, err := report.ParsePeriod(o.Text, y.clock())
	if err != nil {
		return a, err
	}
	_, items, err := y.house.reports().List(ctx, report.Ask{By: yearStaff("head"), Period: period}, report.InTime, "")
	a.Vars = map[string]any{}
	for _, item := range items {
		a.Vars[item.Case.Number.String()] = string(item.Standing)
	}
	return a, err
}
