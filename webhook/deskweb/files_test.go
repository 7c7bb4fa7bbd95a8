package deskweb

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/desk"
)

// shelf keeps files in memory; the type of a body is its first word.
type shelf struct{ *fake }

func (s shelf) File(_ context.Context, _ bot.Staff, chat bot.ChatKey, id string) (bot.File, error) {
	f, lies := s.lying[id]
	if !lies || s.hidden[chat] {
		return f, &bot.Error{Kind: bot.NotFound, Key: "desk_file_lost"}
	}
	return f, s.reads
}

func (s shelf) Taken(_ context.Context, by bot.Staff, chat bot.ChatKey, f bot.File) error {
	return s.did("%s takes %s of %s", by.ID, f.ID, chat)
}

func (s shelf) Open(id string) (io.ReadSeekCloser, error) {
	return lasting{strings.NewReader(s.bodies[id])}, nil
}

func (s shelf) Keep(f bot.File, body io.Reader) (bot.File, error) {
	raw, err := io.ReadAll(body)
	f.MIME, _, _ = strings.Cut(string(raw), " ")
	if f.MIME == "program" {
		return f, &bot.Error{Kind: bot.Invalid, Key: "desk_file_type", Params: map[string]string{"Name": f.Name}}
	}
	f.Size, f.State = int64(len(raw)), bot.FileStored
	if s.bodies == nil {
		s.fake.bodies = map[string]string{}
	}
	s.bodies[f.ID] = string(raw)
	return f, err
}

type lasting struct{ io.ReadSeeker }

func (lasting) Close() error { return nil }

// spell is files in words.
func (f *fake) spell(files []bot.File) string {
	var words []string
	for _, file := range files {
		words = append(words, fmt.Sprintf("%s(%s %s %d %t)", file.Name, file.Kind, file.MIME, file.Size, f.bodies[file.ID] != ""))
	}
	return strings.Join(words, " ")
}

// part is one file of a form.
type part struct{ name, mime, body string }

// upload posts a reply with files; the form may have a megabyte.
func (h *house) upload(t *testing.T, swap bool, fields map[string]string, parts ...part) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = form.WriteField(name, value)
	}
	for _, p := range parts {
		w, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition("file", p.name)}, "Content-Type": {p.mime}})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, p.body)
	}
	_ = form.Close()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/desk/tg:b:4/reply", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	if swap {
		r.Header.Set("HX-Request", "true")
	}
	answer := httptest.NewRecorder()
	r.Body = http.MaxBytesReader(answer, r.Body, 1<<20)
	h.Web.ServeHTTP(answer, r)
	return answer
}

func TestAReplyCarriesTheFilesOfItsForm(t *testing.T) {
	h := open(t)
	answer := h.upload(t, false, map[string]string{"id": "r1", "text": "here"},
		part{"../my card.pdf", "application/pdf", "application/pdf 1"}, part{"", "application/octet-stream", ""}, part{"a.png", "image/png", "image/png 2"})
	if answer.Code != 303 || !slices.Equal(h.done, []string{"1 replies in tg:b:4: r1 here my card.pdf(document application/pdf 17 true) a.png(document image/png 11 true)"}) {
		t.Errorf("%d, did %q", answer.Code, h.done)
	}
	h.done = nil
	h.upload(t, true, map[string]string{"id": "r2", "photo": "1"}, part{"a.png", "image/png", "image/png 2"}, part{"b.pdf", "", "application/pdf 3"})
	if !slices.Equal(h.done, []string{"1 replies in tg:b:4: r2  a.png(photo image/png 11 true) b.pdf(document application/pdf 17 true)"}) {
		t.Errorf("did %q", h.done)
	}
}

func TestTheSameFormNamesTheSameFilesAndAnotherOneOthers(t *testing.T) {
	h := open(t)
	for i, step := range []struct {
		id, body string
		want     int
	}{{"r1", "x", 1}, {"r1", "x", 1}, {"r1", "y", 2}, {"r2", "x", 3}} {
		h.upload(t, true, map[string]string{"id": step.id}, part{"a.pdf", "", "application/pdf " + step.body})
		if got := len(h.bodies); got != step.want {
			t.Errorf("step %d: %d bodies, want %d", i, got, step.want)
		}
	}
}

func TestAFileThatIsNotTakenIsRefusedInWordsAndTheTypedTextStays(t *testing.T) {
	h := open(t)
	answer := h.upload(t, true, map[string]string{"id": "r1", "text": "my words"}, part{"x.exe", "", "program MZ"})
	if answer.Code != 422 || len(h.done) != 0 || !strings.Contains(answer.Body.String(), ">my words</textarea>") {
		t.Errorf("%d, did %q; the words are lost", answer.Code, h.done)
	}
}

func TestTheFilesOfARefusedReplyStayInTheirFieldOrAreAskedForByName(t *testing.T) {
	h := open(t)
	h.deny = &bot.Error{Kind: bot.Invalid, Key: "desk_long"}
	again := h.Words.T(bot.Fa, "desk.attach.again", map[string]any{"Files": "\u2068a.pdf\u2069 · \u2068b.png\u2069"})
	for _, c := range []struct {
		name        string
		swap, asked bool
		holder      bot.StaffID
	}{{"swapped", true, false, "1"}, {"a whole page", false, true, "1"}, {"swapped, and another holds the chat", true, true, "2"}} {
		h.held["tg:b:4"] = c.holder
		page := h.upload(t, c.swap, map[string]string{"id": "r1", "text": "x"}, part{"a.pdf", "", "application/pdf 1"}, part{"b.png", "", "image/png 2"}).Body.String()
		if asked := strings.Contains(page, again); asked != c.asked {
			t.Errorf("%s: asked for by name: %v", c.name, asked)
		}
		if stays := strings.Contains(page, `id="attach-r1" hx-preserve`); stays != (c.holder == "1") {
			t.Errorf("%s: the field is the same: %v", c.name, stays)
		}
	}
}

func TestAFormThatIsTooLargeSaysHowLargeItMayBe(t *testing.T) {
	h := open(t)
	h.kept[0] = "what he wrote"
	answer := h.upload(t, true, map[string]string{"id": "r1", "text": "x"}, part{"x.pdf", "", "application/pdf " + strings.Repeat("x", 2<<20)})
	if said := h.Words.Error(bot.Fa, &bot.Error{Kind: bot.Invalid, Key: "desk_file_size", Params: map[string]string{"Max": "20"}}); answer.Code != 422 || !strings.Contains(answer.Body.String(), said) {
		t.Errorf("%d", answer.Code)
	}
	if len(h.done) != 0 || !strings.Contains(answer.Body.String(), ">what he wrote</textarea>") {
		t.Errorf("did %q, or his words are gone", h.done)
	}
}

func stored(id, name, mime string, size int64) bot.File {
	return bot.File{ID: id, Name: name, MIME: mime, Size: size, State: bot.FileStored, SHA256: "5ha"}
}

func TestAFileIsServedAsItsTypeUnderItsNameAndIsAudited(t *testing.T) {
	h := open(t)
	h.lying = map[string]bot.File{"f1": stored("f1", "\u06a9\u0627\u0631\u062a \u202egpj.pdf", "application/pdf", 10)}
	h.bodies = map[string]string{"f1": "0123456789"}
	answer := h.get(t, "/desk/tg:b:4/file/f1", false)
	for header, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Length": "10",
		"Content-Security-Policy": "sandbox; default-src 'none'",
		"Content-Disposition":     "attachment; filename*=utf-8''%DA%A9%D8%A7%D8%B1%D8%AA%20gpj.pdf",
	} {
		if got := answer.Header().Get(header); got != want {
			t.Errorf("%s is %q", header, got)
		}
	}
	if answer.Code != 200 || answer.Body.String() != "0123456789" || !slices.Equal(h.done, []string{"1 takes f1 of tg:b:4"}) {
		t.Errorf("%d %q, did %q", answer.Code, answer.Body, h.done)
	}
}

func TestAPartOfAFileIsTheSameDownload(t *testing.T) {
	h := open(t)
	h.lying, h.bodies = map[string]bot.File{"f1": stored("f1", "a.pdf", "application/pdf", 10)}, map[string]string{"f1": "0123456789"}
	for asked, want := range map[string]string{"bytes=4-6": "456", "bytes=0-1": "01"} {
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/desk/tg:b:4/file/f1", nil)
		r.Header.Set("Range", asked)
		answer := httptest.NewRecorder()
		h.Web.ServeHTTP(answer, r)
		if answer.Code != 206 || answer.Body.String() != want {
			t.Errorf("%s: %d %q", asked, answer.Code, answer.Body)
		}
	}
	if len(h.done) != 1 {
		t.Errorf("did %q", h.done)
	}
}

func TestOnlyAPictureIsShownInThePageAndReadingItIsNoDownload(t *testing.T) {
	h := open(t)
	h.lying = map[string]bot.File{"p": stored("p", "", "image/png", 3), "d": stored("d", "a.pdf", "application/pdf", 3)}
	h.bodies = map[string]string{"p": "png", "d": "pdf"}
	answer := h.get(t, "/desk/tg:b:4/file/p?preview=1", false)
	if answer.Code != 200 || answer.Header().Get("Content-Disposition") != "inline; filename=file.png" || answer.Header().Get("Content-Type") != "image/png" {
		t.Errorf("%d %v", answer.Code, answer.Header())
	}
	if answer := h.get(t, "/desk/tg:b:4/file/d?preview=1", false); answer.Code != 404 {
		t.Errorf("a document is shown: %d", answer.Code)
	}
	if len(h.done) != 0 {
		t.Errorf("did %q", h.done)
	}
}

func TestAFileThatIsNotThereSaysWhy(t *testing.T) {
	h := open(t)
	h.lying = map[string]bot.File{"r": {ID: "r", State: bot.FileRefused}, "l": {ID: "l", State: bot.FileLost}, "w": {ID: "w", State: bot.FileAnnounced}}
	for id, want := range map[string]string{"r": "desk_file_refused", "l": "desk_file_lost", "w": "desk_file_waiting", "none": "desk_file_lost"} {
		answer := h.get(t, "/desk/tg:b:4/file/"+id, false)
		if answer.Code < 400 || !strings.Contains(answer.Body.String(), h.Words.T(bot.Fa, want, nil)) {
			t.Errorf("%s: %d", id, answer.Code)
		}
	}
}

func TestNoFileIsGivenWithoutItsLineInTheAuditOrOfAHiddenChat(t *testing.T) {
	h := open(t)
	h.lying, h.bodies = map[string]bot.File{"s": stored("s", "a.pdf", "application/pdf", 1)}, map[string]string{"s": "secret body"}
	h.deny = errAway
	if answer := h.get(t, "/desk/tg:b:4/file/s", false); answer.Code != 503 || strings.Contains(answer.Body.String(), "secret body") {
		t.Errorf("without the audit: %d", answer.Code)
	}
	h.deny, h.hidden["tg:b:4"] = nil, true
	if answer := h.get(t, "/desk/tg:b:4/file/s", false); answer.Code != 404 {
		t.Errorf("of a hidden chat: %d", answer.Code)
	}
}

func TestAThreadShowsPicturesSmallAndOffersTheRest(t *testing.T) {
	h := open(t)
	h.alter = func(lines []desk.Line) {
		lines[5].Files = []bot.File{
			stored("p", "a.png", "image/png", 3000), stored("big", "b.png", "image/png", 3<<20), stored("d", "c.pdf", "application/pdf", 3000),
			{ID: "r", Name: "r.exe", State: bot.FileRefused},
			{ID: "w", Name: "w.pdf"},
		}
	}
	page := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
	for _, id := range []string{"p", "big", "d"} {
		if !strings.Contains(page, `href="/desk/tg:b:1/file/`+id+`" download`) {
			t.Errorf("%s is not offered", id)
		}
	}
	if n := strings.Count(page, `?preview=1" alt=`); n != 1 || !strings.Contains(page, `src="/desk/tg:b:1/file/p?preview=1"`) {
		t.Errorf("%d previews", n)
	}
	if strings.Contains(page, "/file/r") || strings.Contains(page, "/file/w") {
		t.Error("what is not there is offered")
	}
	for _, why := range []string{"desk.file.refused", "desk.file.waiting"} {
		if !strings.Contains(page, h.Words.T(bot.En, why, nil)) {
			t.Errorf("%s is not told", why)
		}
	}
}
