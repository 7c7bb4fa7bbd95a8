package webhook

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"javab/bot"
)

// Metrics counts what comes in. Registry takes what other parts count; none of its names or labels tells of a member.
type Metrics struct {
	Registry *prometheus.Registry
	updates  *prometheus.CounterVec
	refusals *prometheus.CounterVec
	turns    prometheus.Histogram
	requests *prometheus.HistogramVec
}

// result is what became of a delivery.
type result string

const (
	resultAccepted    result = "accepted"
	resultUnavailable result = "unavailable"
	resultQuarantined result = "quarantined"

	// kindUnread stands where an unreadable delivery's kind would.
	kindUnread bot.Kind = "unreadable"
)

// turnBuckets are seconds. A turn is a few milliseconds with a fsync in it; HandleLimit ends it.
var turnBuckets = []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5}

// NewMetrics makes the counters, and those of the process and the Go runtime. With a gauge source, /metrics also tells
// how much waits; nil leaves that out.
func NewMetrics(waiting Backlog) *Metrics {
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "javab_updates_total", Help: "Deliveries of messengers, by kind and by what became of them.",
		}, []string{"channel", "kind", "result"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "javab_hook_refused_total", Help: "Deliveries without the right secret.",
		}, []string{"channel"}),
		turns: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "javab_turn_seconds", Help: "Time from a read delivery to its commit.", Buckets: turnBuckets,
		}),
		requests: newRequests(),
	}
	m.Registry.MustRegister(m.updates, m.refusals, m.turns, m.requests,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if waiting != nil {
		m.Registry.MustRegister(newScrape(waiting))
	}
	return m
}

func (m *Metrics) update(channel bot.ChannelID, kind bot.Kind, r result) {
	m.updates.WithLabelValues(string(channel), string(kind), string(r)).Inc()
}

func (m *Metrics) refused(channel bot.ChannelID) { m.refusals.WithLabelValues(string(channel)).Inc() }

func (m *Metrics) turn(d time.Duration) { m.turns.Observe(d.Seconds()) }
