package cases_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
)

func TestACaseIsTakenByOneAndTakenOverByWhoLeads(t *testing.T) {
	b := staffed(t, 24)
	b.acts(sara, cases.Take{}, cases.Take{})
	b.refuses(reza, cases.Take{}, bot.Conflict, "case_taken")
	b.acts(omid, cases.Take{})
	if c, line := b.of(), b.last(); c.Holder != "omid" || line.Before != "sara" || line.After != "omid" || b.did() != "sara taken, omid taken" {
		t.Errorf("held by %s after %s", c.Holder, b.did())
	}
}

func TestOfEightWhoTakeACaseAtOnceOneHasIt(t *testing.T) {
	b := staffed(t, 24)
	var n atomic.Uint64
	b.keeper.Random = func() uint64 { return n.Add(1) << 8 }
	var wg sync.WaitGroup
	var taken, refused atomic.Int32
	for i := range 8 {
		wg.Go(func() {
			by := sara
			by.ID = bot.StaffID(fmt.Sprint("officer", i))
			switch err := b.Do(t.Context(), by, b.number, cases.Take{}); {
			case err == nil:
				taken.Add(1)
			case bot.KindOf(err) == bot.Conflict:
				refused.Add(1)
			}
		})
	}
	wg.Wait()
	if taken.Load() != 1 || refused.Load() != 7 || len(b.entries()) != 2 {
		t.Errorf("%d have it, %d were refused, after %s", taken.Load(), refused.Load(), b.did())
	}
}

func TestACaseIsGivenToAColleagueWhoSeesItOrBackToItsUnit(t *testing.T) {
	b := staffed(t, 24)
	b.refuses(sara, cases.Assign{To: "reza"}, bot.Forbidden, "desk_senior")
	b.acts(sara, cases.Then{Act: cases.Take{}, Next: bot.Next{What: "call him", Who: "sara", At: b.at("2026-11-23 09:00")}})
	b.acts(sara, cases.Assign{To: "reza"}, cases.Assign{To: "reza"}) // her own, though she leads nobody
	for _, to := range []bot.StaffID{"karim", "lena", "admin", "nobody"} {
		b.refuses(omid, cases.Assign{To: to}, bot.Invalid, "case_colleague")
	}
	if c := b.of(); c.Holder != "reza" || c.Next.Who != "reza" || c.Next.What != "call him" {
		t.Errorf("held by %s, next %+v", c.Holder, c.Next)
	}
	b.acts(omid, cases.Assign{})
	if c := b.of(); c.Holder != "" || c.Next.Who != "" || b.did() != "sara taken, sara planned, reza assigned" && b.did() != "sara taken, sara planned, sara assigned, omid assigned" {
		t.Errorf("held by %q after %s", c.Holder, b.did())
	}
}

func TestWhoBeginsWorksOnACaseUnlessSomebodyDoes(t *testing.T) {
	b := staffed(t, 24)
	b.acts(sara, cases.Take{})
	b.acts(reza, cases.Begin{})
	if c := b.of(); c.Holder != "sara" || c.State != bot.InWork {
		t.Errorf("%s in %s", c.Holder, c.State)
	}
}

func TestACaseThatIsOverTakesNoMoreWork(t *testing.T) {
	b := working(t)
	b.change(func(c *bot.Case) { c.State = bot.Closed })
	for _, act := range []cases.Act{
		cases.Take{}, cases.Assign{To: "reza"}, cases.Plan{Next: bot.Next{What: "x", At: b.now.Add(time.Hour)}}, cases.AddTask{}, cases.Letter{ID: "l", To: "x", Text: "x"},
	} {
		b.refuses(omid, act, bot.Conflict, "case_over")
	}
	b.acts(sara, cases.Remark{Text: "He thanked us."}, cases.Classify{Cause: "delay"}, cases.Mark{Dispute: true})
	if c := b.of(); c.Cause != "delay" || !c.Dispute || c.State != bot.Closed || c.Next != (bot.Next{}) {
		t.Errorf("the closed case says %+v", c)
	}
}
