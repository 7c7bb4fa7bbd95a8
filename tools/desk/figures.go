package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"javab/tools/crowd"
)

// kind is what was timed.
type kind string

const (
	claiming  kind = "a claim answers"
	replying  kind = "a reply is taken"
	inThread  kind = "a message is in the open chat"
	inList    kind = "a message is in the lists that show its row"
	listAlone kind = "the list, nobody at work"
	pageAlone kind = "the whole page, nobody at work"
)

var kinds = []kind{claiming, replying, inThread, inList, listAlone, pageAlone}

// figures are what a measurement found.
type figures struct {
	updates atomic.Int64

	mu     sync.Mutex
	times  map[kind][]time.Duration
	first  map[kind]map[arrival]bool
	faults []error

	listBytes, pageBytes int
	screenErrors         int
	peak                 int64 // of memory
	cpu                  float64
	perSecond            map[string]float64
	server               string // what the program says of its own time
}

func newFigures() *figures {
	return &figures{times: map[kind][]time.Duration{}, first: map[kind]map[arrival]bool{}}
}

// begin forgets what was measured while everything warmed up, but not the lists.
func (f *figures) begin() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, k := range []kind{claiming, replying, inThread, inList} {
		delete(f.times, k)
	}
	f.updates.Store(0)
	f.peak = 0
}

func (f *figures) note(k kind, took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.times[k] = append(f.times[k], took)
}

// arrival is a message on one screen.
type arrival struct {
	n      int64
	screen string
}

// arrived notes when a message was on a screen for the first time.
func (f *figures) arrived(k kind, n arrival, took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.first[k] == nil {
		f.first[k] = map[arrival]bool{}
	}
	if f.first[k][n] {
		return
	}
	f.first[k][n] = true
	f.times[k] = append(f.times[k], took)
}

func (f *figures) fault(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, err)
}

func (f *figures) sample(rss int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.peak = max(f.peak, rss)
}

// counted are the program's counters that are shown as so many a second.
var counted = []string{"javab_desk_rows_rendered_total", "javab_desk_rows_total"}

// reading is the state of the counters at a time.
type reading struct {
	at      time.Time
	cpu     time.Duration
	metrics map[string]float64
}

func (r *room) counters(ctx context.Context) (reading, error) {
	now := reading{time.Now(), r.program.CPU(), map[string]float64{}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.program.Address+"/metrics", nil)
	if err != nil {
		return now, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return now, err
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		name, value := lines.Text(), ""
		if at := strings.LastIndexByte(name, ' '); at > 0 {
			name, value = name[:at], name[at+1:]
		}
		now.metrics[name], _ = strconv.ParseFloat(value, 64)
	}
	return now, lines.Err()
}

// spent is what was used between two readings.
func (f *figures) spent(before, after reading) {
	seconds := after.at.Sub(before.at).Seconds()
	f.cpu = (after.cpu - before.cpu).Seconds() / seconds
	f.perSecond = map[string]float64{"updates": float64(f.updates.Load()) / seconds}
	for _, name := range counted {
		f.perSecond[name] = (after.metrics[name] - before.metrics[name]) / seconds
	}
	var told strings.Builder
	tellServed(&told, before, after)
	f.server = told.String()
}

func (f *figures) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var b strings.Builder
	fmt.Fprintf(&b, "%.2f cores, at most %d MB; a second: %.0f updates, %.0f rows shown, %.0f of them rendered; the list is %.1f KB, the page %.1f KB\n",
		f.cpu, f.peak>>20, f.perSecond["updates"], f.perSecond[counted[1]], f.perSecond[counted[0]], float64(f.listBytes)/1000, float64(f.pageBytes)/1000)
	for _, k := range kinds {
		times := f.times[k]
		fmt.Fprintf(&b, "  %-44s p50 %-9s p99 %-9s of %d\n", k, round(crowd.Percentile(times, 0.5)), round(crowd.Percentile(times, 0.99)), len(times))
	}
	b.WriteString(f.server)
	if f.screenErrors > 0 || len(f.faults) > 0 {
		fmt.Fprintf(&b, "  %d pieces of pages could not be read, %d other faults: %v\n", f.screenErrors, len(f.faults), errors.Join(f.faults[:min(3, len(f.faults))]...))
	}
	return b.String()
}

func round(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }
