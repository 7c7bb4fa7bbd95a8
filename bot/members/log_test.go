package members_test

import (
	"context"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/members"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/memstore"
)

var monday = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// shop is a catalog in which everything is a small matter of one unit.
type shop struct{}

func (shop) Category(_ bot.CaseKind, id string) (bot.Category, bool) {
	return bot.Category{ID: id, Unit: "trade", SLAHours: 8, FirstResponseHours: 1}, true
}

func (shop) List(bot.CaseKind) string { return "categories" }

func (shop) PromiseRules() cases.Rules { return cases.Rules{NoticeEvery: 16 * time.Hour} }

func TestTheOfficerWhoLogsAContactWorksOnTheCaseItOpens(t *testing.T) {
	store := memstore.New()
	procedure := &cases.Procedure{Catalog: shop{}, Hours: worktimetest.Book(t, monday)}
	office := &members.Office{
		Store: storage.As[members.OfficeTx](store), Clock: func() time.Time { return monday },
		Open: func(ctx context.Context, tx members.OfficeTx, call bot.Call) (bot.Result, error) {
			return procedure.Open(ctx, tx.(storage.Tx), call)
		},
	}
	contact := members.Contact{ID: "k1", Name: "Ann", Channel: members.Visit, Direction: bot.In, Unit: "trade", Text: "late"}
	for _, by := range []bot.StaffID{"sara", "omid"} { // the same contact once more, by whom it is sent again: it stays hers
		officer := bot.Staff{ID: by, Role: bot.RoleOfficer, Units: []bot.UnitID{"trade"}}
		if _, err := office.Log(t.Context(), officer, contact, members.Filing{Kind: bot.Complaint, Category: "delay"}, ""); err != nil {
			t.Fatal(err)
		}
	}
	list, err := store.CasesAfter(t.Context(), bot.CaseNumber{}, 9)
	if err != nil || len(list) != 1 || list[0].Holder != "sara" || list[0].Text != "late" {
		t.Errorf("the contact opened %+v (%v)", list, err)
	}
}
