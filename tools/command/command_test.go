package command_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"javab/tools/command"
	"javab/tools/subject"
)

// run plays a command with these arguments and returns its exit code and what it complained of.
func run(t *testing.T, p *command.Program, do func(context.Context, string) error, args ...string) (int, string) {
	t.Helper()
	t.Setenv("TEST_POSTGRES", "postgres://from-the-environment")
	var trouble strings.Builder
	code := command.Run(t.Context(), "try", args, &trouble, p.Flags, do)
	return code, trouble.String()
}

func TestWhatARunFindsWrongIsItsExitCode(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		args []string
		code int
		says string
	}{
		"nothing wrong":       {code: 0},
		"something wrong":     {err: errors.New("it broke"), code: 1, says: "try: it broke\n"},
		"a flag unheard of":   {args: []string{"-speed", "9"}, code: 2, says: "-speed"},
		"only the help asked": {args: []string{"-help"}, code: 0, says: "-engine"},
	} {
		t.Run(name, func(t *testing.T) {
			code, says := run(t, &command.Program{}, func(context.Context, string) error { return c.err }, c.args...)
			if code != c.code || !strings.Contains(says, c.says) {
				t.Errorf("exit code %d, %q", code, says)
			}
		})
	}
}

func TestBadUsageRunsNothing(t *testing.T) {
	ran := false
	run(t, &command.Program{}, func(context.Context, string) error { ran = true; return nil }, "-speed", "9")
	if ran {
		t.Error("it ran")
	}
}

func TestTheFolderOfARunIsGoneAfterwardsHoweverItEnded(t *testing.T) {
	for _, end := range []error{nil, errors.New("it broke")} {
		var kept string
		run(t, &command.Program{}, func(_ context.Context, folder string) error {
			kept = folder
			return errors.Join(end, os.WriteFile(filepath.Join(folder, "log"), nil, 0o600))
		})
		if _, err := os.Stat(kept); kept == "" || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%q is still there: %v", kept, err)
		}
	}
}

func TestTheFlagsSayWhatIsTriedAndWhere(t *testing.T) {
	var p command.Program
	if code, says := run(t, &p, func(context.Context, string) error { return nil }, "-binary", "b", "-engine", "sqlite"); code != 0 {
		t.Fatal(says)
	}
	want := command.Program{Source: command.Source{Module: "..", Postgres: "postgres://from-the-environment"}, Binary: "b", Engine: "sqlite"}
	if p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	if built, err := p.Built(t.Context(), "nowhere"); built != "b" || err != nil {
		t.Errorf("a named binary was built: %q, %v", built, err)
	}
}

func TestBothMeansEachEngineAndANameOnlyThatOne(t *testing.T) {
	for flag, want := range map[string][]string{"both": {"sqlite", "postgres"}, "postgres": {"postgres"}} {
		if got := (&command.Program{Engine: flag}).Engines(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", flag, got)
		}
	}
}

func TestEachEngineHasAFolderOfItsOwnAndTheFirstThatFailsEndsTheRun(t *testing.T) {
	folder := t.TempDir()
	for _, fails := range []error{nil, errors.New("it broke")} {
		p, ran := command.Program{Engine: subject.SQLiteName}, 0
		err := p.Each(t.Context(), folder, func(ctx context.Context, engine *subject.Engine, own string) error {
			ran++
			if err := engine.DB.PingContext(ctx); err != nil || own != filepath.Join(folder, subject.SQLiteName) {
				t.Errorf("in %s: %v", own, err)
			}
			return fails
		})
		if ran != 1 || !errors.Is(err, fails) || err != nil && !strings.HasPrefix(err.Error(), "SQLite") {
			t.Errorf("ran %d times: %v", ran, err)
		}
	}
	p := command.Program{Engine: "both"}
	if err := p.Each(t.Context(), folder, func(context.Context, *subject.Engine, string) error { return errors.New("it broke") }); err == nil || !strings.HasPrefix(err.Error(), "SQLite") {
		t.Errorf("the first broke, and it went on to %v", err)
	}
}

func TestAnEngineUnheardOfIsRefused(t *testing.T) {
	var p command.Program
	for engine, says := range map[string]string{"oracle": `"oracle"`, "postgres": "TEST_POSTGRES"} {
		if _, err := p.Open(t.Context(), engine, t.TempDir()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", engine, err)
		}
	}
}
