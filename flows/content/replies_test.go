package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"javab/bot"
	"javab/flows"
)

func TestReadyRepliesCanBeSentInEveryLanguage(t *testing.T) {
	b := embedded(t)
	if len(b.Replies) < 25 {
		t.Fatalf("%d ready replies", len(b.Replies))
	}
	values := map[string]string{}
	for _, name := range bot.ReadyVars {
		values[name] = "value of " + name
	}
	for _, r := range b.Replies {
		for _, lang := range bot.Langs {
			said := r.Fill(lang, values)
			if said == "" || r.Title.In(lang) == "" || strings.ContainsAny(said, "{}") {
				t.Errorf("%s says in %s: %q", r.ID, lang, said)
			}
		}
	}
}

func TestWhatIsWrongWithAReadyReplyIsFound(t *testing.T) {
	for _, wrong := range []struct{ code, old, new string }{
		{"content.placeholder_unknown", "{officer}", "{password}"},
		{"content.placeholder_missing", "Dear {name}, your membership card", "Your membership card"},
		{"content.language", `, en: "One moment"}`, "}"},
		{"content.reference", "unit: finance", "unit: finances"},
		{"content.reference", "topic: export", "topic: exports"},
		{"content.field_missing", "  - id: greet\n", "  - id: \"\"\n"},
		{"content.id_twice", "- id: farewell", "- id: greet"},
	} {
		files := copied(t)
		src := string(files["content/replies.yaml"].Data)
		broken := strings.ReplaceAll(src, wrong.old, wrong.new)
		if broken == src {
			t.Fatalf("the content has no %q", wrong.old)
		}
		files["content/replies.yaml"] = &fstest.MapFile{Data: []byte(broken)}
		_, problems := Load(files)
		if !slices.ContainsFunc(problems, func(p flows.Problem) bool { return p.Code == wrong.code && p.File == "content/replies.yaml" }) {
			t.Errorf("%q in place of %q: %s", wrong.new, wrong.old, described(problems))
		}
	}
}

func TestAPlaceholderWithASlipIsToldOnceWhereItStands(t *testing.T) {
	files := copied(t)
	src := string(files["content/replies.yaml"].Data)
	files["content/replies.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(src, "Dear {name}, your membership card", "Dear {name} {nmae}, your membership card {phoen}", 1))}
	_, problems := Load(files)
	if len(problems) != 2 {
		t.Fatalf("want one problem each: %s", described(problems))
	}
	for _, p := range problems {
		if p.Code != "content.placeholder_unknown" || p.Params["Lang"] != "en" {
			t.Errorf("%s", described(problems))
		}
	}
	if near := problems[1].Params["Near"]; near != "phone" {
		t.Errorf("{phoen} is near to %q", near)
	}
}
