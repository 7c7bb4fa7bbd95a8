package text

import (
	"os"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

// vectors are the test vectors that the facts share with every implementation.
type vectors struct {
	FoldEqual   [][2]string `yaml:"fold_equal"`
	FoldDiffers [][2]string `yaml:"fold_differs"`
	Calendar    []struct{ Gregorian, Persian, Umalqura, Weekday string }
	Invalid     []string `yaml:"persian_date_invalid"`
	Leap        []int    `yaml:"persian_leap_years_1321_1457"`
}

// cases are this package's own.
type cases struct {
	Formats map[bot.Lang]struct{ Decimal, Rials, Percent, Short, Moment, Hijri string }
	Dates   []struct {
		Lang       bot.Lang
		Said, Want string
		Sure       bool
	}
	NotDates  []struct{ Said, Why string } `yaml:"not_dates"`
	Languages []struct {
		Said   string
		Lang   bot.Lang
		Switch []bot.Lang
		Loose  bool // the guess itself does not matter
	}
	Names []struct {
		Lang       bot.Lang
		Said, Want string
	}
	Bidi []struct{ Line, Sees string }
	Long string
}

func load[T any](t testing.TB, path string) T {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := yaml.Unmarshal(src, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func loadVectors(t testing.TB) vectors { return load[vectors](t, "testdata/vectors.yaml") }
func loadCases(t testing.TB) cases     { return load[cases](t, "testdata/cases.yaml") }
