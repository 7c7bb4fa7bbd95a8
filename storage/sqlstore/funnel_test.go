package sqlstore

import (
	"slices"
	"strings"
	"testing"
)

func TestFunnelsReadNoMoreThanTheirDays(t *testing.T) {
	s := openLiteStore(t)
	for query, args := range map[string][]any{funnelStops: {0, 1, "x", 1, "o", "o"}, funnelUses: {0, 1}} {
		var plan []string
		err := each(t.Context(), s.read(), func(scan func(...any) error) error {
			var id, parent, unused int
			var step string
			err := scan(&id, &parent, &unused, &step)
			plan = append(plan, step)
			return err
		}, "EXPLAIN QUERY PLAN "+query, args...)
		if err != nil {
			t.Fatal(err)
		}
		byDays := slices.ContainsFunc(plan, func(step string) bool {
			return strings.Contains(step, "SEARCH m USING") && strings.Contains(step, "messages_said (at>? AND at<?)")
		})
		if scans := slices.ContainsFunc(plan, func(step string) bool { return step == "SCAN m" || step == "SCAN n" }); !byDays || scans {
			t.Errorf("%s\nis read so:\n%s", query, strings.Join(plan, "\n"))
		}
	}
}
