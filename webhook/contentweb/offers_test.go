package contentweb

import (
	"context"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/flows/content"
	"javab/flows/studio"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// The content of the newer program is that of the older with these lines otherwise.
const (
	fees    = "content/answers.yaml"
	greets  = "hello.fa.chat"
	greeted = "hello.yaml"
)

// older is what the program brought with it when the content was founded.
var older = studio.Folder{
	greeted: []byte(`flow: hello
title: {fa: "a", ar: "b", en: "Hello"}
steps:
  - id: hi
    say: {fa: "c", ar: "d", en: "Good day."}
  - id: bye
    say: {fa: "e", ar: "f", en: "Good bye."}
`),
	fees: []byte(`answers:
  - id: fees
    q: {fa: "g", ar: "h", en: "What does it cost?"}
    a: {fa: "i", ar: "j", en: "One coin."}
`),
	greets: []byte("member\n  hello\n"),
}

// desk is the pages over a real studio in memory, whose admin has one colleague.
type desk struct {
	*pagetest.Site
	*studio.Studio
	web   *Web
	store *memstore.Store
	ids   int
}

// Latest implements Book.
func (d *desk) Latest(ctx context.Context, what string) (bot.AuditEntry, error) {
	lines, err := d.store.AuditLines(ctx, staff.AuditQuery{What: what, Limit: 1})
	if err != nil || len(lines) == 0 {
		return bot.AuditEntry{}, &bot.Error{Kind: bot.NotFound, Key: "entry_not_found", Err: err}
	}
	return lines[0].AuditEntry, nil
}

// chamber opens the pages over a content that was founded with the older program.
func chamber(t *testing.T) *desk {
	t.Helper()
	d := &desk{store: memstore.New()}
	me := bot.Staff{ID: "reza", Login: "reza", Name: "Reza", Role: bot.RoleAdmin, Lang: bot.En}
	if err := d.store.Do(t.Context(), func(tx storage.Tx) error { return tx.SaveStaff(t.Context(), me) }); err != nil {
		t.Fatal(err)
	}
	d.Site = pagetest.Open(t, me, func() time.Time { return now }, page.Place{URL: "/studio", ID: "studio.rail", Icon: "workflow"})
	d.Studio = &studio.Studio{
		Store: storage.As[studio.Tx](d.store), Clock: func() time.Time { return now }, BuiltIn: maps.Clone(older), Loader: new(content.Loader), Log: slog.New(slog.DiscardHandler),
		ID:   func() string { d.ids++; return "id" + strconv.Itoa(d.ids) },
		Play: func(context.Context, fs.FS, func(done, all int)) ([]studio.Played, error) { return nil, nil },
	}
	if _, err := d.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.web = &Web{Shell: d.Frame, Sheets: d, Defaults: d, Rules: d, Book: d, Letters: d, Matcher: &house{}, People: d.store}
	if err := d.web.Mount(d.Web); err != nil {
		t.Fatal(err)
	}
	return d
}

// lives makes a file live as the chamber has it: with other words.
func (d *desk) lives(t *testing.T, name, words, others string) {
	t.Helper()
	folder, number, err := d.Export(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	folder = maps.Clone(folder)
	folder[name] = []byte(strings.Replace(string(folder[name]), words, others, 1))
	if err := d.store.Do(t.Context(), func(tx storage.Tx) error {
		head, err := tx.StudioHead(t.Context())
		if err != nil {
			return err
		}
		version, bodies := studio.Version{Number: number + 1, By: "reza", At: now, From: number, Files: map[string]studio.File{}}, map[studio.Hash][]byte{}
		for file, body := range folder {
			version.Files[file], bodies[studio.HashOf(body)] = studio.File{Hash: studio.HashOf(body), Since: number + 1}, body
		}
		head.Live, head.Last = number+1, number+1
		if err := tx.KeepBodies(t.Context(), bodies); err != nil {
			return err
		}
		if err := tx.AddVersion(t.Context(), version); err != nil {
			return err
		}
		return tx.SaveStudioHead(t.Context(), head)
	}); err != nil {
		t.Fatal(err)
	}
}

// comes lets the program come with other words; with none the file is no more.
func (d *desk) comes(name, words, others string) {
	body := strings.Replace(string(d.BuiltIn[name]), words, others, 1)
	if d.BuiltIn[name] = []byte(body); body == "" {
		delete(d.BuiltIn, name)
	}
}

func (d *desk) page(t *testing.T, path string, cookies ...string) string {
	t.Helper()
	answer := d.Serve(pagetest.Request(t, http.MethodGet, path, nil, cookies...))
	if answer.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, answer.Code)
	}
	return answer.Body.String()
}

// post answers an offer as it is shown; with choices, pairs of a field and its value.
func (d *desk) post(t *testing.T, name, do string, choices ...string) (int, string) {
	t.Helper()
	form := url.Values{"file": {name}, "do": {do}}
	for i := 0; i+1 < len(choices); i += 2 {
		form.Set(choices[i], choices[i+1])
	}
	if form.Get("seen") == "" {
		_, shown, _ := strings.Cut(d.page(t, "/studio/offers"), `name="file" value="`+name+`"`)
		form.Set("seen", regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`).FindStringSubmatch(shown + `name="seen" value="0"`)[1])
	}
	answer := d.Serve(pagetest.Request(t, http.MethodPost, "/studio/offers", form))
	return answer.Code, answer.Body.String()
}

func (d *desk) draft(t *testing.T, name string) string {
	t.Helper()
	folder, err := d.Draft(t.Context(), "reza")
	if err != nil {
		t.Fatal(err)
	}
	return string(folder[name])
}

// stirred is a chamber with one offer of each kind: texts that clash and one that does not, a list, a dialogue that clashes
// as a whole, a file that is new and one that is gone.
func stirred(t *testing.T) *desk {
	t.Helper()
	d := chamber(t)
	d.lives(t, greeted, "Good day.", "Welcome, friend.")
	d.lives(t, greets, "hello", "good evening")
	d.comes(greeted, "Good day.", "Hello there.")
	d.comes(greeted, "Good bye.", "See you soon.")
	d.comes(fees, "One coin.", "Two coins.")
	d.comes(greets, "hello", "good morning")
	d.BuiltIn["fresh.fa.chat"] = []byte("member\n  new\n")
	return d
}

func TestTheOffersAndTheRulesAreWholeInThreeLanguages(t *testing.T) {
	d := stirred(t)
	d.comes(fees, string(d.BuiltIn[fees]), "")
	for _, lang := range bot.Langs {
		for _, path := range []string{"/studio/offers", "/studio/offers?done=take", "/studio/offers?done=dismiss", "/studio/rules", "/studio/rules?kept=1"} {
			html := d.page(t, path, "javab_lang="+string(lang))
			pagetest.Look(t, string(lang)+" "+path, html, lang)
			if n := pagetest.Files(t, html, d.Frame.Assets); n < 5 {
				t.Errorf("%s names only %d files", path, n)
			}
		}
	}
	quiet := chamber(t)
	for _, lang := range bot.Langs {
		pagetest.Look(t, string(lang)+" nothing offered", quiet.page(t, "/studio/offers", "javab_lang="+string(lang)), lang)
	}
	if missed := append(d.Missed(), quiet.Missed()...); len(missed) > 0 {
		t.Errorf("no such strings: %v", missed)
	}
	if html := quiet.page(t, "/studio/offers"); !strings.Contains(html, "Nothing is offered") || strings.Contains(html, "<form class=\"card offered") {
		t.Error("an empty page does not say so")
	}
}

func TestAnOfferIsReadInThreeColumnsAndNotInYAML(t *testing.T) {
	d := stirred(t)
	html := d.page(t, "/studio/offers")
	for _, words := range []string{"4 files", ">Good day.<", ">Welcome, friend.<", ">Hello there.<", ">See you soon.<", ">Two coins.<", "1 text wants your choice", "the whole file"} {
		if !strings.Contains(html, words) {
			t.Errorf("it does not show %s", words)
		}
	}
	for _, words := range []string{"say: {", "q: {", ">What does it cost?<"} {
		if strings.Contains(html, words) {
			t.Errorf("it shows %s", words)
		}
	}
	d.comes(greeted, "  - id: bye", "  - id: more\n    say: {fa: \"k\", ar: \"l\", en: \"More?\"}\n  - id: bye")
	if html = d.page(t, "/studio/offers"); !strings.Contains(html, "New step") {
		t.Error("it does not tell of a step that is new")
	}
}

func TestWhatIsTakenBecomesADraftAndIsNoLongerOfferedWhenPassed(t *testing.T) {
	d := stirred(t)
	reza := bot.Staff{ID: "reza", Role: bot.RoleAdmin}
	if n, err := d.web.Waiting(t.Context(), reza); n != 4 || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
	if code, _ := d.post(t, fees, take); code != http.StatusSeeOther || !strings.Contains(d.draft(t, fees), "Two coins.") {
		t.Errorf("taken: %d", code)
	}
	if html := d.page(t, "/studio/offers"); !strings.Contains(html, `id="drafted"`) || strings.Contains(html, `name="file" value="`+fees+`"`) {
		t.Error("what is in a draft is still offered")
	}
	if code, html := d.post(t, fees, take, "seen", d.seenOf(t, fees)); code != http.StatusConflict || !strings.Contains(html, "You have a draft of") {
		t.Errorf("taken over a draft: %d", code)
	}
	for _, name := range []string{greeted, greets, "fresh.fa.chat"} {
		if code, _ := d.post(t, name, dismiss); code != http.StatusSeeOther {
			t.Errorf("%s is not dismissed: %d", name, code)
		}
	}
	if n, err := d.web.Waiting(t.Context(), reza); n != 1 || err != nil {
		t.Errorf("%d wait afterwards, %v", n, err)
	}
	if last, err := d.Latest(t.Context(), "studio.dismissed"); err != nil || last.By != "reza" {
		t.Errorf("the audit has %+v, %v", last, err)
	}
}

// seenOf is what a page that shows an offer has sent for it.
func (d *desk) seenOf(t *testing.T, name string) string {
	t.Helper()
	all, err := d.Offers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all {
		if o.Name == name {
			return string(seen(o))
		}
	}
	t.Fatalf("%s is not offered", name)
	return ""
}

func TestWhereTwoTextsClashSomebodyChooses(t *testing.T) {
	const field = "of:steps/hi/say en"
	d := stirred(t)
	if html := d.page(t, "/studio/offers"); !strings.Contains(html, `name="`+field+`" value="theirs"`) {
		t.Fatalf("no such choice: %s", html)
	}
	if code, html := d.post(t, greeted, take); code != http.StatusUnprocessableEntity || !strings.Contains(html, "Please choose one text") {
		t.Errorf("without a choice: %d", code)
	}
	if code, _ := d.post(t, greeted, take, field, "mine"); code != http.StatusSeeOther {
		t.Fatalf("with mine: %d", code)
	}
	if body := d.draft(t, greeted); !strings.Contains(body, "Welcome, friend.") || !strings.Contains(body, "See you soon.") {
		t.Errorf("mine, with what did not clash: %s", body)
	}
	if err := d.Discard(t.Context(), "reza", greeted); err != nil {
		t.Fatal(err)
	}
	if code, _ := d.post(t, greeted, take, field, "theirs"); code != http.StatusSeeOther || !strings.Contains(d.draft(t, greeted), "Hello there.") {
		t.Errorf("with theirs: %d", code)
	}
	if code, html := d.post(t, greeted, take, field, "theirs", "seen", d.seenOf(t, greeted)); code != http.StatusConflict || !strings.Contains(html, "You have a draft of") {
		t.Errorf("over a draft: %d", code)
	}
}

func TestKeepingTheOwnTextEverywherePassesTheOffer(t *testing.T) {
	d := chamber(t)
	d.lives(t, greeted, "Good day.", "Welcome, friend.")
	d.comes(greeted, "Good day.", "Hello there.")
	if code, _ := d.post(t, greeted, take, "of:steps/hi/say en", "mine"); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	if all, err := d.Offers(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("still offered: %d, %v", len(all), err)
	}
}

func TestNobodyTakesWhatHeHasNotRead(t *testing.T) {
	d := stirred(t)
	read := d.seenOf(t, fees)
	d.comes(fees, "Two coins.", "Nine coins.")
	if code, _ := d.post(t, fees, take, "seen", read); code != http.StatusConflict || strings.Contains(d.draft(t, fees), "Nine") {
		t.Errorf("the program has other words meanwhile: %d", code)
	}
	if code, _ := d.post(t, "home.yaml", take); code != http.StatusNotFound {
		t.Errorf("what is not offered: %d", code)
	}
	if code, _ := d.post(t, fees, "burn"); code != http.StatusNotFound {
		t.Errorf("an act that is none: %d", code)
	}
}

func TestAFileThatClashesAsAWholeIsTakenInPlaceOfTheOwn(t *testing.T) {
	d := stirred(t)
	if code, _ := d.post(t, greets, take); code != http.StatusSeeOther || d.draft(t, greets) != "member\n  good morning\n" {
		t.Errorf("%d: %s", code, d.draft(t, greets))
	}
}

func TestWhatTheProgramOffersIsNeverMarkup(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x>`
	d := stirred(t)
	d.comes(greeted, "See you soon.", evil)
	d.comes(greets, "good morning", evil)
	if html := d.page(t, "/studio/offers"); strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") {
		t.Error("words became markup")
	}
}
