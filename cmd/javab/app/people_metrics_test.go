package app

import (
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func TestTheMetricsTellOfTheDesksRows(t *testing.T) {
	registry := prometheus.NewRegistry()
	countRows(registry, func() (shown, rendered uint64) { return 7, 3 })
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		got[f.GetName()] = f.GetMetric()[0].GetCounter().GetValue()
	}
	if got["javab_desk_rows_total"] != 7 || got["javab_desk_rows_rendered_total"] != 3 {
		t.Errorf("got %v", got)
	}
}
