package main

import (
	"errors"
	"testing"
	"time"
)

func TestTheMedianRunCounts(t *testing.T) {
	for name, c := range map[string]struct {
		rates []float64
		want  float64
	}{
		"three":            {[]float64{300, 100, 200}, 200},
		"one":              {[]float64{5}, 5},
		"less than one":    {[]float64{0.9, 0.1, 0.5}, 0.5},
		"with one outlier": {[]float64{10, 9000, 11}, 11},
	} {
		var all []figures
		for _, rate := range c.rates {
			all = append(all, figures{rate: rate})
		}
		if got := middle(all).rate; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestTheTableSetsEachProgramBesideTheBareBot(t *testing.T) {
	bare := figures{rate: 1000, cpu: time.Millisecond, p50: time.Millisecond, p99: 2 * time.Millisecond, rss: 10 << 20}
	ours := figures{rate: 560, cpu: 2 * time.Millisecond, p50: 3 * time.Millisecond, p99: 4 * time.Millisecond, rss: 50 << 20}
	got := table([]rival{{name: bareName}, {name: "javab-sqlite"}}, map[string][]figures{bareName: {bare}, "javab-sqlite": {ours}})
	want := `| program | updates/s | to bare | CPU per update | to bare | p50 | p99 | RSS |
|---|---|---|---|---|---|---|---|
| bare | 1000 | 1.00 | 1.000 ms | 1.00 | 1ms | 2ms | 10 MB |
| javab-sqlite | 560 | 0.56 | 2.000 ms | 2.00 | 3ms | 4ms | 50 MB |
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestFiguresAreOfTheRepliesThatCame(t *testing.T) {
	c := &crowd{}
	if f := c.figures(time.Second); f.updates != 0 || f.p99 != 0 {
		t.Errorf("nothing answered: %s", f)
	}
	for i := range 100 {
		c.note(time.Duration(100-i) * time.Millisecond)
	}
	f := c.figures(2 * time.Second)
	if f.updates != 100 || f.rate != 50 || f.p50 != 51*time.Millisecond || f.p99 != 100*time.Millisecond {
		t.Errorf("got %s", f)
	}
}

func TestAMemberWithoutReplySpoilsTheMeasurement(t *testing.T) {
	c := &crowd{}
	if c.err() != nil {
		t.Error("trouble before anything happened")
	}
	first := errors.New("nothing new")
	c.errs = []error{first, errors.New("the same")}
	if got := c.err(); !errors.Is(got, first) || got.Error() != "nothing new" {
		t.Errorf("got %v", got)
	}
}
