package app

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/webhook/demoweb"
	"javab/webhook/emulator"
)

const emily = 7104 // of the cast; she writes English

// queue lets the cast fill the queue, and returns the address of Emily's chat and the session of an officer.
func (o *office) queue(t *testing.T) (chat string, sara *http.Cookie) {
	t.Helper()
	cast := &demoweb.Cast{Messenger: o.messenger, Pause: time.Hour}
	go cast.Play(t.Context())
	sara = o.signIn(t, "sara")
	chat = "/desk/" + string(bot.NewChatKey(o.house.channels[0].ID, o.house.channels[0].Account, "7104"))
	o.eventually(t, "she waits", func() bool { return o.ask(http.MethodGet, chat, sara, nil).Code == http.StatusOK })
	return chat, sara
}

// attach posts a reply with files as a browser without scripts does.
func (o *office) attach(t *testing.T, path string, cookie *http.Cookie, fields map[string]string, files map[string][]byte) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = form.WriteField(name, value)
	}
	for name, content := range files {
		w, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(content)
	}
	_ = form.Close()
	request := httptest.NewRequest(http.MethodPost, path, &body)
	request.Host, request.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:5555"
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.AddCookie(cookie)
	answer := httptest.NewRecorder()
	o.routes.ServeHTTP(answer, request)
	return answer
}

// got waits for a message of the bot that Emily has, and returns it.
func (o *office) got(t *testing.T, what string, is func(emulator.Message) bool) (found emulator.Message) {
	t.Helper()
	o.eventually(t, what, func() bool {
		view, err := o.messenger.View(emily)
		for _, m := range view.Messages {
			if err == nil && m.From.Bot && is(m) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

func (o *office) body(t *testing.T, f emulator.File) []byte {
	t.Helper()
	var body bytes.Buffer
	if _, err := o.house.channels[0].Files.Fetch(context.Background(), f.ID, &body, 20<<20); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

func TestFilesGoBothWaysByteForByteAndLieOnTheDiskEncrypted(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	chat, sara := o.queue(t)

	card := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("the member's own words "), 10_000)...)
	if _, err := o.messenger.SendFiles(emily, "", emulator.Attachment{Kind: "document", Name: "card.pdf", MIME: "application/pdf", Body: card}); err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(regexp.QuoteMeta(chat) + `/file/[^"?]+`)
	var file string
	o.eventually(t, "her file can be had", func() bool {
		file = link.FindString(o.ask(http.MethodGet, chat, sara, nil).Body.String())
		return file != ""
	})
	answer := o.ask(http.MethodGet, file, sara, nil)
	if answer.Code != http.StatusOK || !bytes.Equal(answer.Body.Bytes(), card) || answer.Header().Get("Content-Security-Policy") != "sandbox; default-src 'none'" ||
		!strings.Contains(answer.Header().Get("Content-Disposition"), "attachment; filename=card.pdf") {
		t.Errorf("%d, %d bytes, %v", answer.Code, answer.Body.Len(), answer.Header())
	}
	for _, login := range []string{"admin", "auditor"} {
		if answer := o.ask(http.MethodGet, file, o.signIn(t, login), nil); answer.Code == http.StatusOK {
			t.Errorf("%s reads it", login)
		}
	}

	reply := append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("the officer's own words "), 100_000)...)
	picture := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte("pixel"), 1000)...)
	for range 2 { // the button was pressed twice
		if answer := o.attach(t, chat+"/reply", sara, map[string]string{"id": "r1", "text": "Here it is."}, map[string][]byte{"the card.pdf": reply}); answer.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", answer.Code, said.FindString(answer.Body.String()))
		}
	}
	o.attach(t, chat+"/reply", sara, map[string]string{"id": "r2", "photo": "1"}, map[string][]byte{"a.png": picture})
	document := o.got(t, "the document with the words beside it", func(m emulator.Message) bool { return m.Document != nil && m.Caption == "Here it is." })
	if document.Document.Name != "the card.pdf" || !bytes.Equal(o.body(t, *document.Document), reply) {
		t.Errorf("arrived as %+v", document.Document)
	}
	photo := o.got(t, "the photo", func(m emulator.Message) bool { return len(m.Photo) > 0 })
	if !bytes.Equal(o.body(t, photo.Photo[len(photo.Photo)-1]), picture) {
		t.Error("the photo is another one")
	}
	view, _ := o.messenger.View(emily)
	documents := 0
	for _, m := range view.Messages {
		if m.From.Bot && m.Document != nil {
			documents++
		}
	}
	if documents != 1 {
		t.Errorf("the document was sent %d times", documents)
	}
	wantNothingPlain(t, o.house.files.Dir, []byte("own words"))
	if answer := o.attach(t, chat+"/reply", sara, map[string]string{"id": "r3"}, map[string][]byte{"x.pdf": []byte("MZ\x90\x00 a program")}); answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), "x.pdf") {
		t.Errorf("a program is taken: %d", answer.Code)
	}
	if _, err := o.house.files.Save(bot.File{ID: "orphan"}, bytes.NewReader(reply)); err != nil {
		t.Fatal(err)
	}
	n, err := o.house.files.Sweep(time.Now().Add(25*time.Hour), func(yield func(string)) error { return o.house.eachFile(t.Context(), yield) })
	if answer := o.ask(http.MethodGet, file, sara, nil); n != 1 || err != nil || !bytes.Equal(answer.Body.Bytes(), card) {
		t.Errorf("%d bodies were swept away, %v", n, err)
	}
}

func TestAnOfficerEditsAndDeletesWhatHeWroteAndSendsAgainWhatFailed(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	chat, sara := o.queue(t)
	post := func(act string, form url.Values) {
		t.Helper()
		if answer := o.ask(http.MethodPost, chat+"/"+act, sara, form); answer.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", act, answer.Code, said.FindString(answer.Body.String()))
		}
	}
	line := func(words string) string {
		t.Helper()
		list, err := o.house.store.Thread(t.Context(), bot.Staff{ID: "x", Role: bot.RoleHead, Confidential: true}, bot.ChatKey(strings.TrimPrefix(chat, "/desk/")), 0, 99)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list.Lines {
			if l.Text == words {
				return strconv.FormatInt(l.ID, 10)
			}
		}
		t.Fatalf("no line %q", words)
		return ""
	}
	post("reply", url.Values{"id": {"r1"}, "text": {"The card was lost."}})
	first := o.got(t, "the reply", func(m emulator.Message) bool { return m.Text == "The card was lost." })
	post("edit", url.Values{"line": {line("The card was lost.")}, "text": {"The card was posted."}})
	if edited := o.got(t, "the new words", func(m emulator.Message) bool { return m.Text == "The card was posted." }); edited.ID != first.ID {
		t.Errorf("the edit is another message: %d, %d", first.ID, edited.ID)
	}
	page := o.ask(http.MethodGet, chat, sara, nil).Body.String()
	if !strings.Contains(page, "The card was lost.") || !strings.Contains(page, "The card was posted.") {
		t.Error("the record does not have both wordings")
	}
	post("delete", url.Values{"line": {line("The card was posted.")}})
	o.eventually(t, "it is gone", func() bool { return len(o.read(t, emily, "The card was")) == 0 })

	o.messenger.AddFault(emulator.Fault{Chat: emily, Method: "sendMessage", Status: 400, Text: "Bad Request: as the test wants", Times: 1})
	post("reply", url.Values{"id": {"r2"}, "text": {"Second try."}})
	o.eventually(t, "it failed", func() bool {
		return strings.Contains(o.ask(http.MethodGet, chat, sara, nil).Body.String(), chat+`/retry"`)
	})
	post("retry", url.Values{"line": {line("Second try.")}})
	o.got(t, "it arrives", func(m emulator.Message) bool { return m.Text == "Second try." })
	var did []string
	entries, err := o.house.store.AuditLines(t.Context(), staff.AuditQuery{What: "message.", Limit: 9})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		did = append(did, e.What)
	}
	if got := strings.Join(did, " "); got != "message.retried message.deleted message.edited" {
		t.Errorf("audited %q", got)
	}
}

// said is why a page refused something.
var said = regexp.MustCompile(`id="said" role="alert">.*</p>`)
