package contentweb

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/webhook/page/pagetest"
)

// Version is the program's own content, whatever was kept since.
func (h *house) Version(context.Context, int) (studio.Version, studio.Folder, error) {
	folder, err := studio.ReadFolder(scripts.FS)
	return studio.Version{}, folder, err
}

func TestOnlyAnEntryThatWasChangedIsMarkedAsADraft(t *testing.T) {
	const mark, at = "your draft, not published", "/studio/answers/contact.hours"
	h := open(t)
	form := posted(t, h.get(t, at).Body.String())
	form.Set("f/title/en", "Other hours")
	form.Set("do", "save")
	if answer := h.post(t, at, form); answer.Code != http.StatusSeeOther {
		t.Fatalf("answered %d", answer.Code)
	}
	if !strings.Contains(h.get(t, at).Body.String(), mark) {
		t.Error("the entry is not marked")
	}
	if strings.Contains(h.get(t, "/studio/answers/contact.phone").Body.String(), mark) {
		t.Error("another entry is marked")
	}
	list := h.get(t, "/studio/answers").Body.String()
	_, row, _ := strings.Cut(list, "answers/contact.hours</code>")
	row, _, _ = strings.Cut(row, "</th>")
	if strings.Count(list, mark) != 1 || !strings.Contains(row, mark) {
		t.Errorf("the list marks %d entries; beside the changed one stands %q", strings.Count(list, mark), row)
	}
}

func TestWhatIsWrongWithATextStandsUnderItsOwnLanguageAndALinkLeadsThere(t *testing.T) {
	const at = "/studio/answers/contact.hours"
	h := open(t)
	form := posted(t, h.get(t, at).Body.String())
	form.Set("f/q/ar", "")
	form.Set("f/a/en", form.Get("f/a/en")+" {nothing}")
	form.Set("do", "look")
	html := h.post(t, at, form).Body.String()
	pagetest.Look(t, "what is wrong", html, bot.En)
	for _, field := range []string{"f/q/ar", "f/a/en"} {
		_, cell, _ := strings.Cut(html, `id="at-`+field+`"`)
		cell, _, _ = strings.Cut(cell, "</label>")
		if strings.Count(cell, `class="beside bad"`) != 1 || !strings.Contains(cell, fmt.Sprintf("name=%q", field)) {
			t.Errorf("%s: %s", field, cell)
		}
	}
	for _, want := range []string{"2 problems: ", `href="#at-f%2fq%2far"`, "Question (Arabic)", "Answer (English)", at + `#preview"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	form.Set("do", "save")
	answer := h.post(t, at, form)
	if html := h.get(t, answer.Header().Get("Location")).Body.String(); !strings.Contains(html, "Kept in your draft, with 2 errors.") || strings.Contains(html, `class="said ok"`) {
		t.Error("it is kept as if nothing were wrong")
	}
}
