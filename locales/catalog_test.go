package locales

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

// forms are the plural forms that each language needs.
var forms = map[bot.Lang][]string{
	bot.Fa: {"one", "other"},
	bot.Ar: {"few", "many", "one", "other", "two", "zero"},
	bot.En: {"one", "other"},
}

// entry is one string of a catalog: its plural forms, or a single text under "".
type entry map[string]string

func TestEveryStringExistsInEveryLanguage(t *testing.T) {
	owner := map[string]string{}
	for _, area := range areas(t) {
		fa := catalog(t, area, bot.Fa)
		for _, lang := range bot.Langs {
			if got, want := ids(catalog(t, area, lang)), ids(fa); !slices.Equal(got, want) {
				t.Errorf("%s.%s.yaml has other ids than the Persian file: %q", area, lang, difference(got, want))
			}
		}
		for id := range fa {
			if other, taken := owner[id]; taken {
				t.Errorf("%s is in %s and in %s", id, other, area)
			}
			owner[id] = area
		}
	}
}

func TestEveryStringHasItsPluralFormsAndPlaceholders(t *testing.T) {
	for _, area := range areas(t) {
		fa := catalog(t, area, bot.Fa)
		for _, lang := range bot.Langs {
			for id, e := range catalog(t, area, lang) {
				if got := slices.Sorted(maps.Keys(e)); len(fa[id]) > 1 && !slices.Equal(got, forms[lang]) || len(fa[id]) <= 1 && len(got) != 1 {
					t.Errorf("%s.%s: %s has the forms %q", area, lang, id, got)
				}
				if got, want := placeholders(e), placeholders(fa[id]); !slices.Equal(got, want) {
					t.Errorf("%s.%s: %s has the placeholders %q, in Persian %q", area, lang, id, got, want)
				}
			}
		}
	}
}

func TestEveryStringCanBeSaid(t *testing.T) {
	for _, area := range areas(t) {
		for _, lang := range bot.Langs {
			for id, e := range catalog(t, area, lang) {
				for form, said := range e {
					say(t, area+"."+string(lang)+": "+id+" "+form, said, placeholders(e))
				}
			}
		}
	}
}

// say fills a string in, as go-i18n does, but strictly.
func say(t *testing.T, name, said string, names []string) {
	t.Helper()
	if strings.TrimSpace(said) != said || said == "" || strings.Contains(said, "  ") {
		t.Errorf("%s is empty or has stray spaces: %q", name, said)
	}
	parsed, err := template.New(name).Option("missingkey=error").Parse(said)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	data := map[string]any{}
	for _, p := range names {
		data[p] = "x"
	}
	var b strings.Builder
	if err := parsed.Execute(&b, data); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func areas(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(catalogs, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no catalogs", err)
	}
	found := map[string]bool{}
	for _, name := range names {
		area, rest, _ := strings.Cut(name, ".")
		if lang := bot.Lang(strings.TrimSuffix(rest, ".yaml")); !lang.Valid() {
			t.Errorf("%s is not <area>.<lang>.yaml", name)
		}
		found[area] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func catalog(t *testing.T, area string, lang bot.Lang) map[string]entry {
	t.Helper()
	name := area + "." + string(lang) + ".yaml"
	src, err := fs.ReadFile(catalogs, name)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := yaml.Unmarshal(src, &raw); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	all := map[string]entry{}
	for id, v := range raw {
		switch v := v.(type) {
		case string:
			all[id] = entry{"": v}
		case map[string]any:
			all[id] = entry{}
			for form, said := range v {
				s, ok := said.(string)
				if !ok || !slices.Contains(forms[bot.Ar], form) {
					t.Errorf("%s: %s nests %s: ids are flat", name, id, form)
				}
				all[id][form] = s
			}
		default:
			t.Errorf("%s: %s is no text: %v", name, id, v)
		}
	}
	return all
}

var (
	placeholder = regexp.MustCompile(`\.([A-Z][A-Za-z]*)`)
	action      = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

func placeholders(e entry) []string {
	found := map[string]bool{}
	for _, said := range e {
		for _, a := range action.FindAllString(said, -1) {
			for _, m := range placeholder.FindAllStringSubmatch(a, -1) {
				found[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func ids(c map[string]entry) []string { return slices.Sorted(maps.Keys(c)) }

func difference(a, b []string) []string {
	var odd []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			odd = append(odd, "+"+s)
		}
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			odd = append(odd, "-"+s)
		}
	}
	return odd
}
