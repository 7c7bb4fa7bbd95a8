package report

import (
	"testing"
	"time"

	"javab/bot"
)

// filed is a complaint that was due at two o'clock today, and is being worked on.
func filed() Case {
	return Case{ID: "c", Kind: bot.Complaint, State: bot.InWork, Runs: true, OpenedAt: noon.AddDate(0, 0, -7), DueAt: hour(14, 0)}
}

func TestWhatAComplaintIsToItsPromise(t *testing.T) {
	for sentence, row := range map[string]struct {
		change func(*Case)
		want   Standing
	}{
		"not due yet, it is pending":                    {func(*Case) {}, Pending},
		"due at this moment, it is late":                {func(c *Case) { c.DueAt = noon }, Late},
		"broken, it is late":                            {func(c *Case) { c.BreachedAt, c.DueAt = hour(9, 0), hour(9, 0) }, Late},
		"broken and its deadline moved on, it is late":  {func(c *Case) { c.BreachedAt, c.DueAt = hour(9, 0), hour(15, 0) }, Late},
		"broken and then resolved, it is late":          {func(c *Case) { told(c, hour(11, 0)); c.BreachedAt, c.DueAt = hour(9, 0), hour(9, 0) }, Late},
		"proposed and delivered before, it is in time":  {func(c *Case) { told(c, hour(11, 0)); c.DueAt = hour(11, 30) }, Kept},
		"delivered on the minute, it is in time":        {func(c *Case) { told(c, hour(11, 0)); c.DueAt = hour(11, 0) }, Kept},
		"delivered a minute after, it is late":          {func(c *Case) { told(c, hour(11, 0)); c.DueAt = hour(10, 59) }, Late},
		"proposed and not delivered, it is pending":     {func(c *Case) { c.State = bot.Proposed }, Pending},
		"proposed, not delivered, past due, it is late": {func(c *Case) { c.State, c.DueAt = bot.Proposed, hour(11, 0) }, Late},
		"refused, its clock goes on and it is pending":  {func(c *Case) { c.State = bot.InWork }, Pending},
		"closed after delivery in time, it is in time":  {func(c *Case) { told(c, hour(11, 0)); c.State, c.ClosedAt = bot.Closed, hour(15, 0) }, Kept},
		"closed by a call in time, it is in time":       {func(c *Case) { c.State, c.Runs, c.ClosedAt = bot.Closed, false, hour(11, 0) }, Kept},
		"closed after a call in time that reached nobody, it is in time": {func(c *Case) {
			c.State, c.Runs, c.Tried, c.ClosedAt, c.DueAt = bot.Closed, false, true, hour(11, 0), hour(10, 0)
		}, Kept},
		"closed after such a call too late, it is late": {func(c *Case) {
			c.State, c.Runs, c.Tried, c.ClosedAt, c.BreachedAt = bot.Closed, false, true, hour(11, 0), hour(9, 0)
		}, Late},
		"closed by a call too late, it is late":           {func(c *Case) { c.State, c.ClosedAt, c.DueAt = bot.Closed, hour(11, 0), hour(10, 0) }, Late},
		"reopened before its deadline, it is pending":     {func(c *Case) { c.State = bot.Reopened }, Pending},
		"reopened after its deadline, it is late":         {func(c *Case) { c.State, c.BreachedAt, c.DueAt = bot.Reopened, hour(9, 0), hour(15, 0) }, Late},
		"waiting for the member, its clock stands":        {func(c *Case) { c.State, c.Runs, c.DueAt = bot.WaitingMember, false, hour(9, 0) }, Stands},
		"broken, and now waiting for the member: late":    {func(c *Case) { c.State, c.Runs, c.BreachedAt = bot.WaitingMember, false, hour(9, 0) }, Late},
		"taken back before its deadline, it is withdrawn": {func(c *Case) { c.State, c.Runs = bot.Withdrawn, false }, TakenBack},
		"taken back after its deadline, it is late":       {func(c *Case) { c.State, c.Runs, c.BreachedAt = bot.Withdrawn, false, hour(9, 0) }, Late},
	} {
		c := filed()
		row.change(&c)
		if got := standing(c, noon); got != row.want {
			t.Errorf("%s: it is %s", sentence, got)
		}
	}
}

// told proposes a result that reaches the member at an instant.
func told(c *Case, at time.Time) { c.State, c.Runs, c.DeliveredAt = bot.Proposed, false, at }

func TestAComplaintIsCountedByTheDeadlineThatWasBroken(t *testing.T) {
	c := filed()
	c.BreachedAt, c.DueAt = aban.From(), aban.To()
	if !c.Within(aban.From(), aban.To(), DueIn) {
		t.Error("a broken promise has left its month")
	}
	if after := aban.After(); c.Within(after.From(), after.To(), DueIn) {
		t.Error("a broken promise counts twice")
	}
	c = filed()
	if c.DueAt = aban.To(); c.Within(aban.From(), aban.To(), DueIn) {
		t.Error("what is due as the month is over counts in it")
	}
	if c.DueAt = aban.From(); !c.Within(aban.From(), aban.To(), DueIn) {
		t.Error("what is due as the month begins does not count")
	}
	if c.Kind = bot.Request; c.Within(aban.From(), aban.To(), DueIn) {
		t.Error("a request counts as a complaint")
	}
}

func TestADisputeIsOfTheMonthsInWhichItsCaseWasOpen(t *testing.T) {
	before, after := aban.Before(), aban.After()
	c := filed()
	c.Dispute = true
	for period, want := range map[Period]bool{before: false, aban: true, after: true} {
		if c.Within(period.From(), period.To(), DisputedIn) != want {
			t.Errorf("open: in %s %v", period, !want)
		}
	}
	c.State, c.ClosedAt = bot.Closed, noon
	for period, want := range map[Period]bool{before: false, aban: true, after: false} {
		if c.Within(period.From(), period.To(), DisputedIn) != want {
			t.Errorf("closed: in %s %v", period, !want)
		}
	}
	if c.Dispute = false; c.Within(aban.From(), aban.To(), DisputedIn) {
		t.Error("nobody contests it")
	}
}

func TestEveryStandingBelongsToOneIndicator(t *testing.T) {
	seen := map[Standing]Indicator{}
	for _, id := range Indicators {
		for _, p := range figure(id, nil, 0).Parts {
			if other, twice := seen[p.Standing]; twice {
				t.Errorf("%s is of %s and %s", p.Standing, id, other)
			}
			seen[p.Standing] = id
		}
	}
	if len(seen) != 13 {
		t.Errorf("%d standings", len(seen))
	}
}
