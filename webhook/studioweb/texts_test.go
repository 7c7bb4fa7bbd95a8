package studioweb

import (
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows/texts"
	"javab/webhook/page/pagetest"
)

// cellOf is the piece of the page with one text.
func cellOf(t *testing.T, html, name string) string {
	t.Helper()
	_, before, found := strings.Cut(html, `name="`+name+`"`)
	cell, _, _ := strings.Cut(before, "</label>")
	if !found {
		t.Fatalf("the page has no field %s", name)
	}
	return cell
}

func TestWhatIsWrongWithATextIsToldUnderItInItsLanguageWhenItWasKept(t *testing.T) {
	h := open(t)
	rows, err := texts.Read(builtIn()["complaint.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	first := func(kind string, after int) string {
		for _, r := range rows {
			if r.Kind == kind && !strings.Contains(r.Cells[bot.En].Text, "{") {
				if after--; after < 0 {
					return r.Path
				}
			}
		}
		t.Fatalf("the script has no %s", kind)
		return ""
	}
	long, label, empty, slip := "t/en/"+first("ask", 0), "t/ar/"+first("label", 0), "t/fa/"+first("ask", 1), "t/en/"+first("ask", 2)
	title := "t/en/title"
	rev := number(h.text(t, "ann", "complaint.yaml").Rev)
	answer := h.post(t, "/studio/flow/complaint/texts", "rev", rev, long, strings.Repeat("word ", 1280)+"end", label, strings.Repeat("\u0645", 200), empty, "", slip, "{nosuch}", title, strings.Repeat("t", 90))
	if answer.Code != 303 || answer.Header().Get("Location") != "/studio/flow/complaint/texts?saved=5" {
		t.Fatalf("answered %d to %s: %s", answer.Code, answer.Header().Get("Location"), answer.Body)
	}
	html := h.get(t, answer.Header().Get("Location")).Body.String()
	pagetest.Look(t, "texts with errors", html, bot.En)
	for name, want := range map[string]string{long: "a message holds", label: "has 200 characters in “Arabic”", empty: "missing in: Persian", slip: "nosuch", title: "has 90 characters in “English”"} {
		if cell := cellOf(t, html, name); strings.Count(cell, `class="beside bad"`) != 1 || !strings.Contains(cell, want) {
			t.Errorf("under %s stands: %s", name, cell)
		}
	}
	if n := strings.Count(html, `class="beside bad"`); n != 7 { // two more texts name the button that was called otherwise
		t.Errorf("%d problems are shown: %q", n, regexp.MustCompile(`class="beside bad">.*`).FindAllString(html, -1))
	}
	if !strings.Contains(html, "5 texts kept in your draft, with 7 errors.") || !strings.Contains(html, `<a href="#note-1">`) || !strings.Contains(html, `id="note-1"`) {
		t.Error("it is not told what was kept, with how many errors, or no link leads to the first")
	}
	if html := h.get(t, "/studio/flow/complaint/texts").Body.String(); strings.Contains(html, "kept in your draft") || !strings.Contains(html, "7 errors") {
		t.Error("later it is told otherwise")
	}
	if answer := h.post(t, "/studio/flow/complaint/texts", "rev", rev); answer.Header().Get("Location") != "/studio/flow/complaint/texts" {
		t.Errorf("without a change it leads to %q", answer.Header().Get("Location"))
	}
}

func TestTextsAreNamedInTheWordsOfTheReader(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		for flow := range bundleFlows() {
			html := h.get(t, "/studio/flow/"+flow+"/texts", "javab_lang="+string(lang)).Body.String()
			for _, m := range regexp.MustCompile(`<span class="muted" title="[^"]*">([^<]*)</span>`).FindAllStringSubmatch(html, -1) {
				if latin := regexp.MustCompile(`[A-Za-z]`).MatchString(m[1]); latin != (lang == bot.En) || strings.ToLower(m[1]) == m[1] && lang == bot.En {
					t.Errorf("%s %s: a text is called %q", lang, flow, m[1])
				}
			}
		}
		if missed := h.Missed(); len(missed) > 0 {
			t.Errorf("%s: no words for %q", lang, missed)
		}
	}
}

// bundleFlows are the flows of the built-in content.
func bundleFlows() map[string]bool {
	flows := map[string]bool{}
	for _, s := range bundle().Scripts {
		flows[s.Flow.Text] = true
	}
	return flows
}
