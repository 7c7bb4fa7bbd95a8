package locales

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/locales/text"
)

func newLocalizer(t testing.TB) (*Localizer, *bytes.Buffer) {
	t.Helper()
	heard := new(bytes.Buffer)
	l, err := New(slog.New(slog.NewTextHandler(heard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return l, heard
}

func TestAStringIsSaidInTheAskedLanguage(t *testing.T) {
	l, heard := newLocalizer(t)
	if got := l.T(bot.En, "port.busy", map[string]any{"Listen": "127.0.0.1:8080"}); !strings.HasPrefix(got, "Another program is using 127.0.0.1:8080.") {
		t.Error(got)
	}
	seen := map[string]bool{}
	for _, lang := range bot.Langs {
		seen[l.T(lang, "yes", nil)] = true
	}
	if len(seen) != 3 {
		t.Errorf("the languages are not told apart: %v", seen)
	}
	if got, want := l.T("xx", "yes", nil), l.T(bot.Fa, "yes", nil); got != want {
		t.Errorf("an unknown language reads %q", got)
	}
	if heard.Len() > 0 {
		t.Error(heard)
	}
}

func TestAMissingStringIsItsIdAndIsLoggedOnce(t *testing.T) {
	l, heard := newLocalizer(t)
	for range 3 {
		if got := l.T(bot.Ar, "no.such", nil); got != "no.such" {
			t.Error(got)
		}
	}
	if n := strings.Count(heard.String(), "string missing"); n != 1 {
		t.Errorf("logged %d times: %s", n, heard)
	}
	if got := l.Count(bot.Fa, "no.such", 3, nil); got != "no.such" {
		t.Error(got)
	}
}

func TestAStringThatOnlyPersianHasIsShownAndLogged(t *testing.T) {
	heard := new(bytes.Buffer)
	bundle, err := read(fstest.MapFS{"x.fa.yaml": {Data: []byte("only.fa: x\n")}, "x.ar.yaml": {Data: []byte("both: y\n")}})
	if err != nil {
		t.Fatal(err)
	}
	l := speak(bundle, slog.New(slog.NewTextHandler(heard, nil)))
	if got := l.T(bot.Ar, "only.fa", nil); got != "x" {
		t.Error(got)
	}
	if !strings.Contains(heard.String(), "only.fa") {
		t.Error("the fallback was not logged")
	}
}

func TestABrokenCatalogIsNamed(t *testing.T) {
	_, err := read(fstest.MapFS{"x.fa.yaml": {Data: []byte("a: [")}})
	if err == nil || !strings.Contains(err.Error(), "x.fa.yaml") {
		t.Error(err)
	}
}

func TestErrorsForPeopleAreSentencesAndOthersKeepTheirSecrets(t *testing.T) {
	l, _ := newLocalizer(t)
	err := fmt.Errorf("start: %w", &bot.Error{Kind: bot.Invalid, Key: "port.busy", Params: map[string]string{"Listen": ":80"}})
	if got := l.Error(bot.En, err); !strings.Contains(got, ":80") {
		t.Error(got)
	}
	if got := l.Error(bot.En, errors.New("password is x")); got != l.T(bot.En, "error.internal", nil) {
		t.Error(got)
	}
}

func TestHowLongAgoIsSaidAsPeopleSayIt(t *testing.T) {
	src, err := os.ReadFile("testdata/ago.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Minutes    int
		Fa, Ar, En string
	}
	if err := yaml.Unmarshal(src, &rows); err != nil {
		t.Fatal(err)
	}
	l, heard := newLocalizer(t)
	now := time.Date(2026, 11, 21, 10, 35, 0, 0, time.UTC)
	for _, row := range rows {
		for lang, want := range map[bot.Lang]string{bot.Fa: row.Fa, bot.Ar: row.Ar, bot.En: row.En} {
			if got := l.Ago(text.For(lang), now.Add(-time.Duration(row.Minutes)*time.Minute), now); got != want {
				t.Errorf("%d minutes in %s: %q, want %q", row.Minutes, lang, got, want)
			}
		}
	}
	if heard.Len() > 0 {
		t.Error(heard)
	}
}

func TestAnHourAgoIsNotYesterdayAfterMidnight(t *testing.T) {
	l, _ := newLocalizer(t)
	night := time.Date(2026, 11, 21, 0, 30, 0, 0, text.Tehran())
	if got := l.Ago(text.For(bot.En), night.Add(-90*time.Minute), night); got != "1 hour ago" {
		t.Error(got)
	}
}

func TestArabicReadersMayAskForLatinDigits(t *testing.T) {
	l, _ := newLocalizer(t)
	now := time.Date(2026, 11, 21, 10, 35, 0, 0, time.UTC)
	if got := l.Ago(text.Format{Lang: bot.Ar, Latin: true}, now.Add(-3*time.Hour), now); !strings.Contains(got, "3") {
		t.Error(got)
	}
}

func TestTheLocalizerServesManyAtOnce(t *testing.T) {
	l, _ := newLocalizer(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 50 {
				l.Count(bot.Langs[i%3], "ago.hours", n, nil)
				l.T(bot.Langs[i%3], "no.such", nil)
			}
		})
	}
	wg.Wait()
}

func BenchmarkCount(b *testing.B) {
	l, _ := newLocalizer(b)
	for b.Loop() {
		l.Count(bot.Ar, "ago.hours", 11, nil)
	}
}
