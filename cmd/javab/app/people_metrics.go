package app

import "github.com/prometheus/client_golang/prometheus"

// countRows tells the metrics of the rows of the desk's lists: how many were shown, and how many had to be rendered since
// none was kept that said the same.
func countRows(registry *prometheus.Registry, rows func() (shown, rendered uint64)) {
	count := func(name, help string, read func() uint64) {
		registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
			func() float64 { return float64(read()) }))
	}
	count("javab_desk_rows_total", "Rows of the desk's lists that were shown.", func() uint64 { n, _ := rows(); return n })
	count("javab_desk_rows_rendered_total", "Rows of the desk's lists that had to be rendered.", func() uint64 { _, n := rows(); return n })
}
