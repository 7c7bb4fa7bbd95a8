package training

import (
	"context"
	"errors"
	"slices"
	"testing"

	"javab/bot"
)

// drawer is a store that a test looks into.
type drawer struct {
	kept  []Exercise
	audit []bot.AuditEntry
	of    []bot.StaffID // whose exercises were asked for
	fails error
}

func (d *drawer) Do(_ context.Context, f func(Tx) error) error { return errors.Join(f(d), d.fails) }

func (d *drawer) SaveExercise(_ context.Context, e Exercise) (bool, error) {
	known := slices.ContainsFunc(d.kept, func(k Exercise) bool { return k.ID == e.ID })
	if !known {
		d.kept = append(d.kept, e)
	}
	return !known, nil
}

func (d *drawer) Audit(_ context.Context, e bot.AuditEntry) error {
	d.audit = append(d.audit, e)
	return nil
}

func (d *drawer) Exercises(_ context.Context, of []bot.StaffID, _ int) ([]Exercise, error) {
	d.of = of
	return d.kept, d.fails
}

func (d *drawer) AllStaff(context.Context) ([]bot.Staff, error) {
	return []bot.Staff{
		{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"finance"}},
		{ID: "omid", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}},
		{ID: "maryam", Role: bot.RoleManager, Units: []bot.UnitID{"finance", "cards"}},
		{ID: "admin", Role: bot.RoleAdmin},
	}, nil
}

func TestAnExerciseIsKeptOnceWithOneLineInTheAudit(t *testing.T) {
	d := &drawer{}
	o := &Office{Store: d}
	e := Exercise{ID: "1", Staff: "sara", Persona: "refund", Lang: bot.Ar, Began: noon, Ended: noon, Met: 7, Of: 9}
	for range 2 {
		if err := o.Keep(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	want := bot.AuditEntry{At: noon, By: "sara", What: "training.done", Subject: "staff sara", After: "refund ar 7/9"}
	if !slices.Equal(d.kept, []Exercise{e}) || len(d.audit) != 1 || d.audit[0] != want {
		t.Errorf("kept %+v, audited %+v", d.kept, d.audit)
	}
	d.fails = errors.New("away")
	if err := o.Keep(t.Context(), e); !errors.Is(err, d.fails) {
		t.Errorf("got %v", err)
	}
}

func TestSomebodySeesHisOwnExercisesAndWhoStandsOverOthersThoseOfHisUnits(t *testing.T) {
	d := &drawer{}
	o := &Office{Store: d}
	for want, by := range map[string]bot.Staff{
		"sara":                        {ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"finance"}},
		"maryam sara":                 {ID: "maryam", Role: bot.RoleManager, Units: []bot.UnitID{"finance", "cards"}},
		"head sara omid maryam admin": {ID: "head", Role: bot.RoleHead},
		"admin":                       {ID: "admin", Role: bot.RoleAdmin},
	} {
		if _, _, err := o.Done(t.Context(), by); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, id := range d.of {
			got += " " + string(id)
		}
		if got != " "+want {
			t.Errorf("%s sees those of%s", by.ID, got)
		}
	}
	d.fails = errors.New("away")
	if _, _, err := o.Done(t.Context(), bot.Staff{ID: "sara"}); !errors.Is(err, d.fails) {
		t.Errorf("got %v", err)
	}
}
