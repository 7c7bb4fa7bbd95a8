package deskweb

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// packed is how many bytes of an address travel to a browser that takes them packed; with the body as it is.
func (h *house) packed(t *testing.T, url string) (size int, body string) {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	squeezed, plain := httptest.NewRecorder(), httptest.NewRecorder()
	h.Assets.ServeHTTP(squeezed, r)
	h.Assets.ServeHTTP(plain, httptest.NewRequest("GET", url, nil))
	if plain.Code != 200 {
		t.Fatalf("%s is not there", url)
	}
	return squeezed.Body.Len(), plain.Body.String()
}

// weighs is what a page loads with everything that its scripts import, by address; the font is left out.
func (h *house) weighs(t *testing.T, page string) map[string]int {
	t.Helper()
	sizes := map[string]int{}
	var load func(url string)
	load = func(url string) {
		if _, known := sizes[url]; known || strings.HasSuffix(url, ".woff2") {
			return
		}
		size, body := h.packed(t, url)
		sizes[url] = size
		if !strings.HasPrefix(url, "/assets/js/desk/") {
			return
		}
		for _, m := range regexp.MustCompile(`from "\./([^"]+)"`).FindAllStringSubmatch(body, -1) {
			load(h.Assets.URL("js/desk/" + m[1]))
		}
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(/assets/[^"#]+)`).FindAllStringSubmatch(page, -1) {
		load(m[1])
	}
	return sizes
}

func TestTheDeskLoadsLessThan150KilobytesBesideTheFont(t *testing.T) {
	h := open(t)
	h.fill()
	total := 0
	sizes := h.weighs(t, h.get(t, "/desk/tg:b:1", false).Body.String())
	for url, size := range sizes {
		total += size
		t.Log(size, url)
	}
	if len(sizes) < 15 || total > 150_000 {
		t.Errorf("%d bytes in %d files", total, len(sizes))
	}
}

func TestFiftyRowsAreLessThan60Kilobytes(t *testing.T) {
	h := open(t)
	all := h.room.Rows
	for i := range 60 {
		row := all[i%len(all)]
		row.Chat = fmt.Sprint("tg:javab_bot:", 1_000_000_000+i)
		h.room.Rows = append(h.room.Rows, row)
	}
	h.room.Rows = h.room.Rows[len(all):]
	page := h.get(t, "/desk", false).Body.String()
	if n := strings.Count(page, `<li class="row"`); n != pageOfRows {
		t.Fatalf("%d rows", n)
	}
	if len(page) > 60_000 {
		t.Errorf("the page has %d bytes", len(page))
	}
}

func TestAListThatWasScrolledIsReadAgainWhole(t *testing.T) {
	h := open(t)
	all := h.room.Rows
	for i := range 300 {
		row := all[i%len(all)]
		row.Chat = fmt.Sprint("tg:b:", 100+i)
		h.room.Rows = append(h.room.Rows, row)
	}
	for asked, shown := range map[string]int{"": 50, "100": 100, "9": 50, "5000": mostRows, "x": 50} {
		list := h.get(t, "/desk/list?rows="+asked, true).Body.String()
		if n := strings.Count(list, `<li class="row"`); n != shown || !strings.Contains(list, `id="further"`) {
			t.Errorf("asked for %q, %d rows", asked, n)
		}
	}
}

func TestAnEmptyQueueSaysWhatWasDoneToday(t *testing.T) {
	h := open(t)
	h.room.Rows = nil
	empty := func(tab string) string {
		return h.get(t, "/desk?tab="+tab, false, "javab_lang=en").Body.String()
	}
	if strings.Contains(empty("waiting"), "closed today") {
		t.Error("nothing was closed")
	}
	h.closed = 23
	if page := empty("waiting"); !strings.Contains(page, "No one is waiting. 23 chats closed today.") {
		t.Error("23 were closed, and it does not say so")
	}
	if strings.Contains(empty("snoozed"), "closed today") {
		t.Error("a tab says what it is not about")
	}
}

func TestEveryPageOfTheDeskHasOneHeadingThatPhonesDoNotHide(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/desk", "/desk/tg:b:1"} {
		page := h.get(t, path, false).Body.String()
		if strings.Count(page, "<h1") != 1 || strings.Index(page, "<h1") > strings.Index(page, `id="list"`) {
			t.Errorf("%s: %d headings, or one inside the list", path, strings.Count(page, "<h1"))
		}
	}
}
