package flows

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

// testLists are the lists of testdata/lists.yaml. A field whose value names entries of the list of the same name holds
// those entries, as the loader of the real content does it.
type testLists map[string][]Item

func (l testLists) List(name string) ([]Item, bool) {
	items, ok := l[name]
	return items, ok
}

func (l testLists) Item(list, id string) (Item, bool) {
	for _, item := range l[list] {
		if item.ID == id {
			return item, true
		}
	}
	return Item{}, false
}

func readLists(t testing.TB) testLists {
	t.Helper()
	raw := map[string][]map[string]any{}
	readYAML(t, "testdata/lists.yaml", &raw)
	lists := testLists{}
	// Lists that others quote come first.
	for _, name := range []string{"questions", "answers", "units", "statuses", "variables", "categories", "groups", "topics", "services"} {
		lists[name] = lists.items(raw[name])
	}
	return lists
}

func (l testLists) items(entries []map[string]any) []Item {
	items := []Item{}
	for _, e := range entries {
		item := Item{ID: fmt.Sprint(e["id"]), Label: textOf(e["label"]), Fields: map[string]Field{}}
		for name, value := range e {
			if name != "id" && name != "label" {
				item.Fields[name] = l.field(name, value)
			}
		}
		items = append(items, item)
	}
	return items
}

func (l testLists) field(name string, value any) Field {
	switch v := value.(type) {
	case map[string]any:
		return Field{Text: textOf(v)}
	case []any:
		var items []Item
		for _, one := range v {
			if entry, ok := one.(map[string]any); ok {
				items = append(items, l.items([]map[string]any{entry})...)
			} else if item, ok := l.Item(name, fmt.Sprint(one)); ok {
				items = append(items, item)
			}
		}
		return Field{Items: items}
	}
	if name == "unit" {
		return Field{Ref: "units/" + fmt.Sprint(value)}
	}
	return Field{Value: fmt.Sprint(value)}
}

func textOf(v any) bot.Text {
	m, _ := v.(map[string]any)
	in := func(lang string) string {
		s, _ := m[lang].(string)
		return s
	}
	return bot.Text{Fa: in("fa"), Ar: in("ar"), En: in("en")}
}

func readYAML(t testing.TB, path string, into any) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(src, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// testEnv is a small chamber: two complaint groups, a topic, a service.
func testEnv(t testing.TB) Env {
	t.Helper()
	system := map[string]bot.Text{}
	readYAML(t, "testdata/system.yaml", &system)
	return Env{
		Lists: readLists(t), Actions: ActionSpecs, System: system, Features: map[string]bool{"surveys": false},
	}
}

func testScripts(t testing.TB) []*Script {
	t.Helper()
	paths, err := filepath.Glob("testdata/scripts/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scripts in testdata", err)
	}
	var scripts []*Script
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s, problems := Parse(path, src)
		for _, p := range problems {
			t.Errorf("%v", p)
		}
		scripts = append(scripts, s)
	}
	return scripts
}

func testProgram(t testing.TB) *Program {
	t.Helper()
	return Compile(testScripts(t), testEnv(t))
}
