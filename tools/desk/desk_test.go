package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"javab/tools/command"
	"javab/tools/office"
	"javab/tools/subject"
)

func TestAnEngineUnheardOfIsNoMeasurement(t *testing.T) {
	var s settings
	if code := command.Run(t.Context(), "desk", []string{"-engine", "oracle", "-binary", "unused"}, t.Output(), s.flags, s.run); code != 1 {
		t.Errorf("exit code %d", code)
	}
}

func TestAMessageCountsOnTheScreensItBelongsOnAndOnceOnEach(t *testing.T) {
	holder, other := &office.Screen{Officer: &office.Officer{Name: "sara"}}, &office.Screen{Officer: &office.Officer{Name: "reza"}}
	r := &room{figures: newFigures()}
	r.said.Store(int64(7), message{at: time.Now(), open: holder, rows: map[*office.Screen]bool{other: true}})
	for range 2 {
		r.shown(holder, true, "<p>Message 7.</p> <p>Message 8.</p> Message x")
		r.shown(holder, false, "<p>Message 7.</p>") // his list did not show the row
		r.shown(other, true, "<p>Message 7.</p>")   // he opened the chat later
		r.shown(other, false, "<li>Message 6.</li><li>Message 7.</li>")
	}
	if len(r.times[inThread]) != 1 || len(r.times[inList]) != 1 {
		t.Errorf("%d times in a thread, %d times in a list", len(r.times[inThread]), len(r.times[inList]))
	}
}

func TestWhatWasMeasuredBeforeTheBeginningIsForgottenButNotTheLists(t *testing.T) {
	f := newFigures()
	f.note(claiming, time.Hour)
	f.note(listAlone, time.Second)
	f.sample(1 << 30)
	f.begin()
	f.note(claiming, time.Millisecond)
	f.sample(90 << 20)
	f.sample(80 << 20)
	for _, want := range []string{"at most 90 MB", "a claim answers                              p50 1ms", "nobody at work                     p50 1s"} {
		if !strings.Contains(f.String(), want) {
			t.Errorf("%q is not in\n%s", want, f)
		}
	}
}

func TestCountersAreReadAsSoManyASecond(t *testing.T) {
	rendered := "100"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("# HELP javab_desk_rows_total x\njavab_desk_rows_total 2000\njavab_desk_rows_rendered_total " + rendered + "\n"))
	}))
	defer server.Close()
	r := &room{figures: newFigures(), program: &subject.Subject{Address: strings.TrimPrefix(server.URL, "http://")}}
	before, err := r.counters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rendered = "300"
	after, err := r.counters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	after.at, after.cpu = before.at.Add(10*time.Second), before.cpu+5*time.Second
	r.updates.Add(500)
	r.spent(before, after)
	if r.perSecond[counted[0]] != 20 || r.perSecond[counted[1]] != 0 || r.perSecond["updates"] != 50 || r.cpu != 0.5 {
		t.Errorf("%v, %v cores", r.perSecond, r.cpu)
	}
}

func TestTheTimesOfTheServerAreReadFromItsBuckets(t *testing.T) {
	claims := func(counts ...float64) reading {
		r := reading{metrics: map[string]float64{`javab_desk_seconds_bucket{method="POST",route="/desk/:chat/claim",status="4xx",le="+Inf"}`: 50}}
		for i, bound := range []string{"0.01", "0.02", "0.05", "+Inf"} {
			r.metrics[`javab_desk_seconds_bucket{method="POST",route="/desk/:chat/claim",status="2xx",le="`+bound+`"}`] = counts[i]
		}
		return r
	}
	for _, c := range []struct {
		after reading
		want  string
	}{
		{claims(110, 160, 200, 200), "p50 18ms      p99 49.3ms    of 100"},
		{claims(100, 100, 100, 200), "p50 50ms      p99 50ms      of 100"},
		{claims(100, 100, 200, 200), "p50 35ms      p99 49.7ms    of 100"},
	} {
		var told strings.Builder
		if tellServed(&told, claims(100, 100, 100, 100), c.after); !strings.Contains(told.String(), c.want) || strings.Count(told.String(), "\n") != 1 {
			t.Errorf("told %q, want %s", told.String(), c.want)
		}
	}
}

func TestFaultsAreToldButNotThatItIsOver(t *testing.T) {
	f := newFigures()
	f.fault(context.Canceled)
	f.fault(nil)
	if strings.Contains(f.String(), "faults") {
		t.Errorf("a fault in\n%s", f)
	}
	f.fault(errors.New("the desk was away"))
	if !strings.Contains(f.String(), "1 other faults: the desk was away") {
		t.Errorf("no fault in\n%s", f)
	}
}
