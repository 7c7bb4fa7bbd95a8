package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func TestATrialThatCouldNotBeginIsNeitherKeptNorBroken(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want held
	}{
		"a figure within the bar":   {nil, kept},
		"a figure over the bar":     {errors.New("2 lost"), broken},
		"a member who waits":        {fmt.Errorf("begin: %w", errors.New("saw nothing new")), broken},
		"an engine that is not up":  {&unready{errors.New("refused")}, untried},
		"the same within a measure": {fmt.Errorf("bare bot: %w", &unready{errors.New("refused")}), untried},
	} {
		t.Run(name, func(t *testing.T) {
			if got := holds(c.err); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestAStageWithoutItsEngineIsUnready(t *testing.T) {
	s := &stage{settings: &settings{}, engine: "oracle", folder: t.TempDir()}
	if _, err := s.open(t.Context(), setting{}); holds(err) != untried {
		t.Errorf("got %v", err)
	}
	if _, err := s.cast(t.Context(), 1, setting{}); holds(err) != untried {
		t.Errorf("got %v", err)
	}
	if _, err := s.build(t.Context(), bugOfOurs()); holds(err) != untried {
		t.Errorf("got %v", err)
	}
}

func TestATrialsResultHasItsFigureOrWhatBrokeIt(t *testing.T) {
	for _, c := range []struct {
		err    error
		figure string
		held   held
	}{
		{nil, "0 lost", kept}, {errors.New("3 lost"), "0 lost 3 lost", broken},
	} {
		run := func(context.Context, *stage) (string, error) { return "0 lost", c.err }
		got := try(t.Context(), trial{name: "x", run: run}, &stage{engine: "sqlite"})
		if got.figure != c.figure || got.held != c.held || got.engine != "sqlite" {
			t.Errorf("%+v", got)
		}
	}
}

func outcome(name, engine, figure string, h held) result {
	return result{trial: trial{name: name, what: "messages lost", bar: "0"}, engine: engine, figure: figure, held: h}
}

func TestOnePromiseThatIsNotKeptIsAnError(t *testing.T) {
	good := outcome("a", "sqlite", "0", kept)
	for name, c := range map[string]struct {
		all  table
		says string
	}{
		"broken on one engine": {table{good, outcome("a", "postgres", "1", broken)}, "1 of 2"},
		"never tried":          {table{good, outcome("b", "sqlite", "refused", untried)}, "1 of 2"},
		"nothing was tried":    {nil, "no such trial"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.all.verdict(); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
	if err := (table{good, good}).verdict(); err != nil {
		t.Error(err)
	}
}

func TestTheTableHasOneRowForEachTrialAsTheReadmeHasIt(t *testing.T) {
	all := table{
		outcome("a", "sqlite", "0 of 9", kept), outcome("a", "postgres", "2 of 9 | late\nand more", broken),
		outcome("b", "postgres", "0", kept), outcome("c", "sqlite", "refused", untried),
	}
	want := `| what | SQLite and memory | PostgreSQL and Redis | bar | made by | held |
|---|---|---|---|---|---|
| messages lost | 0 of 9 | 2 of 9 \| late and more | 0 | ` + "`go run ./trials -only a`" + ` | BROKEN |
| messages lost |  | 0 | 0 | ` + "`go run ./trials -only b`" + ` | yes |
| messages lost | refused |  | 0 | ` + "`go run ./trials -only c`" + ` | UNTRIED |
`
	if got := all.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestATrialUnheardOfIsAnError(t *testing.T) {
	s := &settings{only: "no such trial"}
	s.Binary, s.Engine = "unused", "both"
	if err := s.run(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "-list") {
		t.Errorf("got %v", err)
	}
}

func TestEditsThatCannotBeReadAreAnError(t *testing.T) {
	s := &settings{edits: filepath.Join(t.TempDir(), "edits.json")}
	if err := s.run(t.Context(), t.TempDir()); err == nil {
		t.Error("no error")
	}
}
