package dialogue_test

import (
	"context"
	"errors"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/dialogue"
	"javab/flows"
	"javab/storage"
	"javab/storage/memstore"
)

var update = flag.Bool("update", false, "rewrite what the bot says in testdata")

var noon = time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC)

// stage is an empty world with the content of testdata.
func stage(t testing.TB) dialogue.World {
	t.Helper()
	return dialogue.World{
		Store: storage.As[converse.Tx](memstore.New()), Hot: &memstore.Hot{Now: func() time.Time { return noon }},
		Content: library{program(t)}, Matcher: nothing{}, Actions: desk{}, Start: noon,
		Random: rand.New(rand.NewPCG(1, 2)).Uint64,
	}
}

func program(t testing.TB) *flows.Program {
	t.Helper()
	system := map[string]bot.Text{}
	for _, id := range flows.SystemTextIDs() {
		system[id] = bot.Text{Fa: id, Ar: id, En: id}
	}
	own := map[string]bot.Text{}
	if err := yaml.Unmarshal(read(t, "testdata/system.yaml"), &own); err != nil {
		t.Fatal(err)
	}
	maps.Copy(system, own)
	var scripts []*flows.Script
	for _, name := range []string{"home", "complaint", "phone", "solved"} {
		path := filepath.Join("testdata", name+".yaml")
		script, problems := flows.Parse(path, read(t, path))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		scripts = append(scripts, script)
	}
	return flows.Compile(scripts, flows.Env{Actions: flows.ActionSpecs, System: system})
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

type library struct{ program *flows.Program }

func (l library) Live() converse.Script {
	return converse.Script{Version: 1, Program: l.program, Notices: map[string]bot.Text{"apology": {Fa: "!", Ar: "!", En: "!"}}}
}

func (l library) Version(int) (converse.Script, bool) { return converse.Script{}, false }

func (l library) Fetch(context.Context, int) error { return nil }

type nothing struct{}

func (nothing) Match(converse.Ask) flows.Match { return flows.Match{} }

// desk gives every complaint the same number, and cannot take one that says so.
type desk struct{}

func (desk) Do(_ context.Context, _ converse.Tx, call bot.Call) (bot.Result, error) {
	if call.With["text"] == "break" {
		return bot.Result{}, errors.New("the desk is broken")
	}
	return bot.Result{Outcome: "ok", Vars: map[string]bot.Value{"case.number": {Text: "JV-1405-000123-7"}}}, nil
}

func (desk) HandOver(context.Context, converse.Tx, bot.HandOver) error { return nil }

func (desk) Wake(context.Context, converse.Tx, bot.Chat, time.Time) ([]bot.Message, error) {
	return nil, nil
}

func parse(t testing.TB, source string) *dialogue.File {
	t.Helper()
	f, err := dialogue.Parse("x.chat", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func play(t testing.TB, source string) *dialogue.File {
	t.Helper()
	f, err := dialogue.Play(t.Context(), stage(t), parse(t, source))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
