package app

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"javab/bot"
	"javab/flows/content/contenttest"
	"javab/flows/studio"
	"javab/webhook/page/pagetest"
)

// editing opens the studio's pages for an admin who has a content as his drafts, and returns what asks them what is wrong
// with a text, as the editor does after a key.
func editing(t testing.TB, content fstest.MapFS) func(file, body string) string {
	t.Helper()
	h := openedHouse(t, t.TempDir())
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	live, number, err := h.studio.Export(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	fresh := studio.Folder{}
	for name, file := range content {
		switch body, there := live[name]; {
		case !there:
			fresh[name] = file.Data
		case !bytes.Equal(body, file.Data):
			if _, _, err := h.studio.Save(t.Context(), "s1", name, number, file.Data); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := h.studio.Add(t.Context(), "s1", fresh); err != nil {
		t.Fatal(err)
	}
	site := pagetest.Open(t, bot.Staff{ID: "s1", Login: "admin", Name: "Ann", Role: bot.RoleAdmin, Lang: bot.En}, func() time.Time { return opening })
	if err := h.studioPages(site.Frame).Mount(site.Web); err != nil {
		t.Fatal(err)
	}
	return func(file, body string) string {
		answer := site.Serve(pagetest.Request(t, http.MethodPost, "/studio/"+file+"/check", url.Values{"text": {body}, "lang": {"fa"}}))
		if answer.Code != http.StatusOK {
			t.Fatalf("%s: answered %d: %s", file, answer.Code, answer.Body)
		}
		return answer.Body.String()
	}
}

// long is what the product comes with, and a script of 150 steps.
func long(t testing.TB) (fstest.MapFS, string) {
	files, body := contenttest.Product(t), contenttest.Script("long", 150)
	files["long.yaml"] = &fstest.MapFile{Data: []byte(body)}
	return files, body
}

// BenchmarkKeystroke is what an admin waits for after a key: the whole request, from the text of the editor to the answer
// with everything that is wrong with the content, what mends it, and the picture.
func BenchmarkKeystroke(b *testing.B) {
	files, body := long(b)
	after := func(name string, content fstest.MapFS, file, body, answered string) {
		b.Run(name, func(b *testing.B) {
			asks := editing(b, content)
			i := 0
			for b.Loop() {
				i++
				if said := asks(file, strings.Replace(body, "Question", fmt.Sprint("Question ", contenttest.Letters(i)), 1)); !strings.Contains(said, answered) {
					b.Fatalf("answered %.300s", said)
				}
			}
		})
	}
	after("150 steps", files, "flow/long", body, `"problems":[]`)
	after("150 steps, a slip", files, "flow/long", strings.Replace(body, "goto: ", "goto: x", 1), `"fix":`)
	after("150 steps, no YAML", files, "flow/long", strings.Replace(body, "save: ", "save: [", 1), `"message":`)
	large := contenttest.Large(b)
	script := "more" + contenttest.Letters(59)
	after("60 scripts", large, "flow/"+script, string(large[script+".yaml"].Data), `"graph":"\u003csvg`)
	after("1,000 answers", large, "text/content/answers.yaml", string(large["content/answers.yaml"].Data), `"message":`)
}
