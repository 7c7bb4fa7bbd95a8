package report

import (
	"fmt"
	"testing"

	"javab/bot"
)

func TestComplaintsAreToldApartByCategoryUnitAndCauseWithTheMonthBefore(t *testing.T) {
	w := open(t)
	in := func(period Period, category string, unit bot.UnitID, cause string, dispute bool) func(*Case) {
		return func(c *Case) {
			c.OpenedAt, c.Category, c.Unit, c.Cause, c.Dispute = period.From(), category, unit, cause, dispute
		}
	}
	w.times(2, in(aban, "card", "trade", "lost_file", true))
	w.times(1, in(aban, "card", "trade", "", false))
	w.times(3, in(aban, "visa", "legal", "", false))
	w.times(4, in(aban.Before(), "card", "trade", "lost_file", false))
	w.times(1, in(aban.Before(), "fair", "trade", "", false))
	w.times(9, in(aban.After(), "card", "trade", "", false))
	w.times(9, func(c *Case) { c.Kind, c.OpenedAt = bot.Request, aban.From() })
	topics, err := w.Topics(t.Context(), Ask{Period: aban})
	if err != nil {
		t.Fatal(err)
	}
	for by, want := range map[Grouping]string{
		ByCategory: "[{card 3 4 2} {visa 3 0 0} {fair 0 1 0}]",
		ByUnit:     "[{trade 3 5 2} {legal 3 0 0}]",
		ByCause:    "[{ 4 1 0} {lost_file 2 4 2}]",
	} {
		if got := fmt.Sprint(topics[by]); got != want {
			t.Errorf("by %s: %s", by, got)
		}
		for _, topic := range topics[by] { // each number opens exactly its cases
			items, err := w.Filed(t.Context(), Ask{Period: aban}, by, topic.Key)
			if err != nil || len(items) != topic.N {
				t.Errorf("by %s, %q opens %d, not %d: %v", by, topic.Key, len(items), topic.N, err)
			}
		}
	}
}

func TestDisputesAreListed(t *testing.T) {
	w := open(t)
	w.times(2, func(c *Case) { c.Dispute = true })
	w.times(3, func(*Case) {})
	items, err := w.Disputed(t.Context(), Ask{Period: aban})
	if err != nil || len(items) != 2 || !items[0].Case.Dispute {
		t.Errorf("%+v %v", items, err)
	}
}
