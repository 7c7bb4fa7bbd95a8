package webhook

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"javab/bot"
)

// Backlog tells what waits. It is asked when /metrics is read, never on the way of a delivery.
type Backlog interface {
	Waiting(ctx context.Context) (Waiting, error)
}

// Waiting is how much waits and for how long.
type Waiting struct {
	Jobs        map[bot.JobKind]Line // open jobs
	GivenUp     int                  // jobs that will not be tried again
	Held        int                  // messages of a restored backup, until the operator says what becomes of them
	Quarantined int                  // deliveries that wait for a repair
	HandOvers   map[bot.UnitID]Line  // chats that wait for an officer
}

// Line is how many wait in one place, and how long the oldest has been due.
type Line struct {
	N      int
	Oldest time.Duration
}

// scrapeLimit bounds the questions behind one reading of /metrics, below the usual timeout of a scraper.
const scrapeLimit = 3 * time.Second

// scrape turns a Backlog into gauges.
type scrape struct {
	source Backlog
	known, jobs, jobAge, givenUp, held, quarantined,
	handOvers, handOverAge *prometheus.Desc
}

func newScrape(source Backlog) *scrape {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc(name, help, labels, nil)
	}
	return &scrape{
		source:      source,
		known:       desc("javab_backlog_known", "1 when the figures of what waits could be read."),
		jobs:        desc("javab_jobs_open", "Open jobs.", "kind"),
		jobAge:      desc("javab_jobs_oldest_seconds", "How long the oldest open job has been due.", "kind"),
		givenUp:     desc("javab_jobs_given_up", "Jobs that will not be tried again."),
		held:        desc("javab_jobs_held", "Messages of a restored backup that are held back."),
		quarantined: desc("javab_quarantine", "Deliveries in quarantine."),
		handOvers:   desc("javab_handovers_waiting", "Chats that wait for an officer.", "unit"),
		handOverAge: desc("javab_handovers_oldest_seconds", "How long the first of them has waited.", "unit"),
	}
}

// Describe implements prometheus.Collector.
func (s *scrape) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{s.known, s.jobs, s.jobAge, s.givenUp, s.held, s.quarantined, s.handOvers, s.handOverAge} {
		out <- d
	}
}

// Collect implements prometheus.Collector. When the figures cannot be read the rest of the page still stands.
func (s *scrape) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
	defer cancel()
	w, err := s.source.Waiting(ctx)
	if err != nil {
		out <- gauge(s.known, 0)
		return
	}
	out <- gauge(s.known, 1)
	out <- gauge(s.givenUp, float64(w.GivenUp))
	out <- gauge(s.held, float64(w.Held))
	out <- gauge(s.quarantined, float64(w.Quarantined))
	for kind, line := range w.Jobs {
		out <- gauge(s.jobs, float64(line.N), string(kind))
		out <- gauge(s.jobAge, line.Oldest.Seconds(), string(kind))
	}
	for unit, line := range w.HandOvers {
		out <- gauge(s.handOvers, float64(line.N), string(unit))
		out <- gauge(s.handOverAge, line.Oldest.Seconds(), string(unit))
	}
}

func gauge(d *prometheus.Desc, v float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}
