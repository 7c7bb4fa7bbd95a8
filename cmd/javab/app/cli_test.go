package app

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// morning is when the commands of the tests run.
var morning = time.Date(2026, time.November, 22, 6, 30, 0, 0, time.UTC)

// installation is a folder with an environment around it, for runs of commands.
type installation struct {
	t    *testing.T
	dir  string
	vars []string
}

// install makes an empty one. Its key is given, so that nothing is made beside the data.
func install(t *testing.T, vars ...string) *installation {
	dir := t.TempDir()
	return &installation{t, dir, append([]string{"JAVAB_DATA=" + filepath.Join(dir, "data"), "JAVAB_KEY=" + testKey}, vars...)}
}

const testKey = "0123456789abcdef-0123456789abcdef-of-tests"

// ended is what a run of a command left behind.
type ended struct {
	code        int
	out, errors string
}

func (i *installation) environment(args ...string) Environment {
	return Environment{
		Args: args, Env: i.vars, Dir: i.dir, Stdin: strings.NewReader(""), Stdout: new(bytes.Buffer), Stderr: new(bytes.Buffer),
		Clock: func() time.Time { return morning }, Random: rand.New(rand.NewPCG(1, 2)).Uint64, reader: oneReader,
	}
}

func (i *installation) run(args ...string) ended { return i.runIn(i.environment(args...)) }

func (i *installation) runIn(e Environment) ended {
	i.t.Helper()
	ctx, cancel := context.WithTimeout(i.t.Context(), time.Minute)
	defer cancel()
	code := Run(ctx, e)
	return ended{code, e.Stdout.(*bytes.Buffer).String(), e.Stderr.(*bytes.Buffer).String()}
}

// want fails the test unless the run ended with the code and printed all the parts, on either stream.
func (i *installation) want(e ended, code int, parts ...string) {
	i.t.Helper()
	if e.code != code {
		i.t.Errorf("exit code %d, want %d\n%s%s", e.code, code, e.out, e.errors)
	}
	for _, part := range parts {
		if !strings.Contains(e.out+e.errors, part) {
			i.t.Errorf("lacks %q:\n%s%s", part, e.out, e.errors)
		}
	}
	for _, raw := range []string{"goroutine ", "panic:", "<no value>", "%!"} {
		if strings.Contains(e.out+e.errors, raw) {
			i.t.Errorf("has %q:\n%s%s", raw, e.out, e.errors)
		}
	}
}

// decoded reads what a command printed with --json.
func decoded[T any](i *installation, e ended) (v T) {
	i.t.Helper()
	if err := json.Unmarshal([]byte(e.out), &v); err != nil {
		i.t.Fatalf("no JSON: %v\n%s%s", err, e.out, e.errors)
	}
	return v
}

func TestEveryCommandShowsAnExampleInItsHelp(t *testing.T) {
	i := install(t)
	for _, command := range commands(i.environment()).Commands() {
		if command.Example == "" {
			t.Errorf("%s has no example", command.Name())
		}
		for _, sub := range command.Commands() {
			if sub.Example == "" {
				t.Errorf("%s %s has no example", command.Name(), sub.Name())
			}
		}
		i.want(i.run(command.Name(), "--help"), 0, "Examples:", "javab "+command.Name())
	}
}

func TestAWrongCommandLineIsRefusedWithTwo(t *testing.T) {
	i := install(t)
	for _, line := range []string{
		"nonsense", "check --nonsense", "check a b", "backup", "restore", "migrate now", "faq nonsense", "faq eval", "faq ask",
		"replay twelve", "chat --lang de", "faq ask --lang de text", "check ./nowhere", "test ./nowhere", "test --update",
		"backup a b",
	} {
		if got := i.run(strings.Fields(line)...); got.code != 2 || !strings.HasPrefix(got.errors, "javab: ") {
			t.Errorf("%s: exit code %d\n%s%s", line, got.code, got.out, got.errors)
		}
	}
}

func TestAnErrorIsToldInTheOperatorsLanguage(t *testing.T) {
	said := map[string]bool{}
	for _, lang := range []string{"fa_IR.UTF-8", "ar", "en_GB.UTF-8"} {
		i := install(t, "LANG="+lang)
		got := i.run("check", "nowhere")
		i.want(got, 2, "nowhere", "content")
		said[got.errors] = true
	}
	if len(said) != 3 {
		t.Errorf("%d languages", len(said))
	}
}

func TestProgressStandsOnOneLineOfATerminalAndNowhereElse(t *testing.T) {
	c, err := install(t).environment().console()
	if err != nil {
		t.Fatal(err)
	}
	c.progress("test.progress", params{"Name": "a.chat", "Done": 1, "All": 2}) // to a file: nothing
	c.settled()
	side := new(bytes.Buffer)
	c.side = side
	c.progress("test.progress", params{"Name": "a.chat", "Done": 1, "All": 2})
	c.settled()
	if want := "\r\x1b[K1 of 2: a.chat\r\x1b[K"; side.String() != want {
		t.Errorf("got %q", side)
	}
}
