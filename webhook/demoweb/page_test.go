package demoweb

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

func TestThePageIsWholeInEachLanguage(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		answer := h.do(t, "GET", "/demo?lang="+string(lang), "")
		shown := answer.Body.String()
		pagetest.Look(t, string(lang), shown, lang)
		words := catalogs(t)[lang]
		for _, id := range []string{"demo.page.title", "demo.page.chamber", "demo.page.badge", "demo.page.desk", "demo.strip.title"} {
			if !strings.Contains(shown, words[id]) {
				t.Errorf("%s: %s is not on the page", lang, id)
			}
		}
		if len(h.missed) != 0 {
			t.Errorf("%s: no such strings: %v", lang, h.missed)
		}
	}
}

func TestThePageReadsPersianUnlessToldOtherwise(t *testing.T) {
	h := open(t)
	for _, query := range []string{"", "?lang=xx", "?lang=%22%3E%3Cscript%3E&theme=%22%3E"} {
		page := h.do(t, "GET", "/demo"+query, "").Body.String()
		if !strings.Contains(page, `<html lang="fa" dir="rtl">`) {
			t.Errorf("%s: %.120s", query, page)
		}
	}
	if page := h.do(t, "GET", "/demo?theme=dark", "").Body.String(); !strings.Contains(page, `data-theme="dark"`) {
		t.Error("a theme that is asked for is not taken")
	}
}

func TestEverythingThatThePageAsksForIsThere(t *testing.T) {
	h := open(t)
	shown := h.do(t, "GET", "/demo", "").Body.String()
	urls := regexp.MustCompile(`"(/assets/[^"#]+)(?:#([^"]+))?"`).FindAllStringSubmatch(shown, -1)
	icons := serve(h, h.Assets.URL(page.Sprite))
	for _, found := range urls {
		if strings.HasPrefix(found[1], "/assets/js/") && regexp.MustCompile(`/[a-z]+\.js$`).MatchString(found[1]) {
			continue // the plain name of a module, which the import map turns into the hashed one
		}
		if serve(h, found[1]) == "" {
			t.Errorf("%s is not there", found[1])
		}
		if found[2] != "" && !strings.Contains(icons, `id="`+found[2]+`"`) {
			t.Errorf("there is no icon %s", found[2])
		}
	}
	for _, script := range scripts(t) {
		for _, found := range regexp.MustCompile(`icon\("([a-z0-9-]+)"|icon: "([a-z0-9-]+)"|card\("([a-z0-9-]+)"`).FindAllStringSubmatch(script, -1) {
			if name := found[1] + found[2] + found[3]; !strings.Contains(icons, `id="`+name+`"`) {
				t.Errorf("there is no icon %s", name)
			}
		}
	}
	if len(urls) < 20 {
		t.Errorf("only %d addresses found", len(urls))
	}
}

func serve(h house, url string) string {
	answer := httptest.NewRecorder()
	h.Assets.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, url, nil))
	if answer.Code != 200 {
		return ""
	}
	return answer.Body.String()
}

// scripts are the page's modules.
func scripts(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../assets/js/demo/*.js")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	var all []string
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(raw))
	}
	return all
}

func TestTheScriptsGetExactlyTheStringsThatTheySay(t *testing.T) {
	page, err := pages.ReadFile("pages/demo.html")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, found := range regexp.MustCompile(`data-(?:word|label|hint)="(demo\.[a-z_.]+)"`).FindAllStringSubmatch(string(page), -1) {
		said[found[1]] = true
	}
	for _, script := range scripts(t) {
		for _, found := range regexp.MustCompile(`"(demo\.[a-z_.]+)"`).FindAllStringSubmatch(script, -1) {
			said[found[1]] = true
		}
		if strings.ContainsFunc(script, func(r rune) bool { return r >= 0x0600 && r < 0x0700 }) {
			t.Error("a script speaks by itself")
		}
	}
	for id := range said {
		if !slices.Contains(spoken, id) {
			t.Errorf("%s is said and not sent", id)
		}
	}
	for _, id := range spoken {
		if !said[id] {
			t.Errorf("%s is sent and never said", id)
		}
	}
}

func TestEveryStringIsThereInAllThreeLanguagesWithTheSamePlaces(t *testing.T) {
	all := catalogs(t)
	places := regexp.MustCompile(`\{\w+\}`)
	for id, text := range all[bot.Fa] {
		for _, lang := range bot.Langs {
			other, known := all[lang][id]
			if !known || strings.TrimSpace(other) == "" {
				t.Errorf("%s: no %s", lang, id)
			}
			if !slices.Equal(places.FindAllString(text, -1), places.FindAllString(other, -1)) {
				t.Errorf("%s: other places in %s", lang, id)
			}
		}
	}
	for _, id := range spoken {
		if _, known := all[bot.Fa][id]; !known {
			t.Errorf("no string %s", id)
		}
	}
	if a, b, c := len(all[bot.Fa]), len(all[bot.Ar]), len(all[bot.En]); a != b || b != c {
		t.Errorf("%d, %d and %d strings", a, b, c)
	}
}
