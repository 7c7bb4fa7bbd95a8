package texts

import (
	"strings"
	"testing"

	"javab/bot"
)

const script = `# head
flow: x # the name
title: {fa: f, ar: 'a''s', en: "e \"q\""} # behind
enter:
  phrasings:
    fa: [one, "two"] # words
    ar:
      - first # its comment
      - second
    en: []
steps:
  - id: ask
    ask:
      fa: plain text # comment
      en: |  # literal
        line one

        line two
    # between
    options:
      - {id: go, label: {en: Go}}
      - label: {fa: , ar: ~, en: z}
  - say:
      fa: >-
        folded
        text

        and more
      ar: "quoted
        over lines"
      en: plain
        over lines
`

func set(t *testing.T, src string, edits ...Edit) string {
	t.Helper()
	out, err := Set([]byte(src), edits)
	if err != nil {
		t.Fatalf("%+v: %v", edits, err)
	}
	return string(out)
}

func TestATextIsReplacedInItsOwnStyle(t *testing.T) {
	for _, one := range []struct{ path, lang, text, old, want string }{
		{"title", "fa", "new", "fa: f,", "fa: new,"},
		{"title", "fa", "a, b", "fa: f,", `fa: "a, b",`},
		{"title", "ar", "it's", "'a''s'", "'it''s'"},
		{"title", "ar", "two\nlines", "'a''s'", `"two\nlines"`},
		{"title", "en", `say "hi" \ bye`, `"e \"q\""`, `"say \"hi\" \\ bye"`},
		{"steps/ask/ask", "fa", "other words, {x}", "plain text #", "other words, {x} #"},
		{"steps/ask/ask", "fa", "a: b", "plain text #", `"a: b" #`},
		{"steps/ask/ask", "en", "one\n\ntwo", "line one\n\n        line two", "one\n\n        two"},
		{"steps/ask/ask", "en", " blank", "|  # literal\n        line one\n\n        line two", `" blank"`},
		{"steps/ask/ask", "ar", "new", "fa: plain text # comment\n", "fa: plain text # comment\n      ar: new\n"},
		{"steps/ask/options/go/label", "fa", "f", "{en: Go}", "{fa: f, en: Go}"},
		{"steps/ask/options/#2/label", "fa", "f", "{fa: , ar", "{fa: f , ar"},
		{"steps/ask/options/#2/label", "ar", "a", "ar: ~", "ar: a"},
		{"steps/s2/say", "fa", "one\ntwo", "folded\n        text\n\n        and more", "one\n\n        two"},
		{"steps/s2/say", "ar", "short", "\"quoted\n        over lines\"", `"short"`},
		{"steps/s2/say", "en", "short", "plain\n        over lines", "short"},
		{"steps/s2/say", "en", "", "plain\n        over lines", `""`},
		{"enter/phrasings", "fa", "one\nthree\nfour", `[one, "two"]`, `[one, "three", four]`},
		{"enter/phrasings", "fa", "two", `[one, "two"]`, `["two"]`},
		{"enter/phrasings", "fa", "zero\none\ntwo", `[one, "two"]`, `[zero, one, "two"]`},
		{"enter/phrasings", "fa", "one", `[one, "two"]`, `[one]`},
		{"enter/phrasings", "ar", "first\nsecond\nthird", "- second\n", "- second\n      - third\n"},
		{"enter/phrasings", "ar", "first", "      - second\n", ""},
		{"enter/phrasings", "ar", "second", "- first # its comment\n      ", ""},
		{"enter/phrasings", "ar", "zero\nfirst\nsecond", "- first", "- zero\n      - first"},
		{"enter/phrasings", "en", "a: b\nc", "en: []", `en: ["a: b", c]`},
	} {
		want := strings.Replace(script, one.old, one.want, 1)
		if got := set(t, script, Edit{one.path, bot.Lang(one.lang), one.text}); got != want {
			t.Errorf("%s %s %q:\n%s\nwant\n%s", one.path, one.lang, one.text, got, want)
		}
	}
}

func TestSeveralTextsAreReplacedAtOnce(t *testing.T) {
	got := set(t, script,
		Edit{"steps/ask/options/go/label", bot.Ar, "a"}, Edit{"steps/ask/options/go/label", bot.Fa, "f"},
		Edit{"title", bot.Fa, "first"}, Edit{"title", bot.Fa, "last"}, Edit{"steps/s2/say", bot.En, "e"})
	want := strings.NewReplacer("{en: Go}", "{fa: f, ar: a, en: Go}", "fa: f,", "fa: last,", "plain\n        over lines", "e").Replace(script)
	if got != want {
		t.Errorf("%s", got)
	}
}

func TestAnEditThatChangesNothingChangesNoByte(t *testing.T) {
	rows := mustRead(t, "script", []byte(script))
	for _, r := range rows {
		for lang, c := range r.Cells {
			if got := set(t, script, Edit{r.Path, lang, c.Text}); got != script {
				t.Errorf("%s %s: %s", r.Path, lang, got)
			}
		}
	}
}

func TestLineEndsStayAsTheyAre(t *testing.T) {
	src := byteOrderMark + strings.ReplaceAll(script, "\n", "\r\n")
	got := set(t, src, Edit{"steps/ask/ask", bot.En, "one\r\ntwo\r\nthree"}, Edit{"steps/ask/ask", bot.Ar, "new"}, Edit{"title", bot.En, "e"})
	want := byteOrderMark + strings.ReplaceAll(strings.NewReplacer(
		"line one\n\n        line two", "one\n        two\n        three",
		"# comment\n", "# comment\n      ar: new\n", `"e \"q\""`, `"e"`,
	).Replace(script), "\n", "\r\n")
	if got != want {
		t.Errorf("%q\n%q", got, want)
	}
}

func TestARowKnowsWhereItStands(t *testing.T) {
	rows := mustRead(t, "script", []byte(strings.ReplaceAll(script, "\n", "\r\n")))
	var paths []string
	for _, r := range rows {
		paths = append(paths, r.Path)
		if r.Path == "steps/ask/ask" {
			fa, ar, en := r.Cells[bot.Fa], r.Cells[bot.Ar], r.Cells[bot.En]
			if r.Entry != "ask" || r.Kind != "ask" || fa.Line != 14 || fa.Column != 11 || !ar.Missing || ar.Line != 14 || ar.Column != 7 ||
				en.Line != 15 || en.Text != "line one\n\nline two" {
				t.Errorf("%+v", r)
			}
		}
	}
	want := "title enter/phrasings steps/ask/ask steps/ask/options/go/label steps/ask/options/#2/label steps/s2/say"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("%s", got)
	}
}

func TestATextThatIsNotThereIsNotFound(t *testing.T) {
	for _, e := range []Edit{{"steps/gone/say", bot.Fa, "x"}, {"title", "de", "x"}, {"title", Finglish, "x"}} {
		if _, err := Set([]byte(script), []Edit{e}); bot.KindOf(err) != bot.NotFound {
			t.Errorf("%+v: %v", e, err)
		}
	}
	for _, src := range []string{"a: {", "a: x\xff", "--- \na: b\n---\nc: d\n"} {
		if _, err := Read([]byte(src)); bot.KindOf(err) != bot.Invalid {
			t.Errorf("%q: %v", src, err)
		}
	}
	if _, err := Set([]byte(script), []Edit{{"title", bot.Fa, "\xff"}}); bot.KindOf(err) != bot.Invalid {
		t.Error(err)
	}
}

func TestFinglishIsAColumnOfPhrasings(t *testing.T) {
	src := "answers:\n  - id: fees\n    q: {fa: f, ar: a, en: e}\n    alt:\n      fa: [x]\n      en: [z]\n"
	got := set(t, src, Edit{"answers/fees/alt", Finglish, "hagh\nozviat"})
	if want := strings.Replace(src, "[x]\n", "[x]\n      fin: [hagh, ozviat]\n", 1); got != want {
		t.Errorf("%s", got)
	}
}
