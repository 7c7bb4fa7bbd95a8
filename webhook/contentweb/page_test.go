package contentweb

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page/pagetest"
)

// allPages are the pages: each list, an entry of each, and the form of a new one.
func allPages(t *testing.T, h *house) []string {
	t.Helper()
	pages := []string{
		"/studio/lists", "/studio/proposals", "/studio/propose?entry=answers/contact.hours&lang=fa&chat=tg:1", "/studio/answers?filter=ending",
		"/studio/answers?words=zzz", "/studio/answers/contact.hours?proposal=p1",
	}
	for _, of := range collections {
		entries, err := texts.Entries(h.files[of.File], of.List)
		if err != nil || len(entries) == 0 {
			t.Fatalf("%s has %d entries: %v", of.ID, len(entries), err)
		}
		pages = append(pages, of.URL(), of.URL()+"/"+entries[0].ID)
		if !of.Fixed {
			pages = append(pages, of.URL()+"/new")
		}
	}
	return pages
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	h := open(t)
	h.letters = []studio.Proposal{
		{ID: "p1", By: "sara", At: now, Entry: "answers/contact.hours", Lang: bot.En, Chat: "tg:1", Wrong: "It is old", Words: "From 9", State: studio.Proposed},
		{ID: "p2", By: "reza", At: now, Entry: "answers/gone", Wrong: "Gone", State: studio.Declined, Answer: "Why?", Decider: "sara", Decided: now},
	}
	for _, lang := range bot.Langs {
		for _, path := range allPages(t, h) {
			answer := h.get(t, path, "javab_lang="+string(lang))
			if answer.Code != http.StatusOK {
				t.Errorf("%s: %d", path, answer.Code)
			}
			pagetest.Look(t, string(lang)+" "+path, answer.Body.String(), lang)
		}
	}
	if len(h.Missed()) != 0 {
		t.Errorf("no such strings: %v", h.Missed())
	}
}

func TestEverythingThatThePagesAskForIsThere(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/studio/answers", "/studio/answers/contact.hours", "/studio/lists", "/studio/proposals"} {
		if n := pagetest.Files(t, h.get(t, path).Body.String(), h.Frame.Assets); n < 5 {
			t.Errorf("%s names only %d files", path, n)
		}
	}
}

func TestWhatCannotBeReadIsToldAndNothingOfTheMachine(t *testing.T) {
	h := open(t)
	h.broken = errAway
	for _, path := range []string{"/studio/answers", "/studio/answers/contact.hours", "/studio/lists", "/studio/proposals"} {
		if answer := h.get(t, path); answer.Code != http.StatusServiceUnavailable || strings.Contains(answer.Body.String(), "secret@db") {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
	h.broken = nil
	for _, path := range []string{"/studio/lists/nothing", "/studio/answers/nothing", "/studio/propose?entry=answers/nothing", "/studio/propose?entry=units/finance"} {
		if answer := h.get(t, path); answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}

// posted is a form of a page as a browser would send it, untouched.
func posted(t *testing.T, html string) url.Values {
	t.Helper()
	form := url.Values{}
	_, html, _ = strings.Cut(html, `class="card rows"`)
	html, _, _ = strings.Cut(html, "</form>")
	for _, m := range regexp.MustCompile(`<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>`).FindAllStringSubmatch(html, -1) {
		form.Set(m[1], unescaped(m[2]))
	}
	for _, m := range regexp.MustCompile(`<input([^>]*)>`).FindAllStringSubmatch(html, -1) {
		name, value := attribute(m[1], "name"), attribute(m[1], "value")
		if !strings.Contains(m[1], `type="checkbox"`) || strings.Contains(m[1], " checked") {
			form.Add(name, value)
		}
	}
	for _, m := range regexp.MustCompile(`(?s)<select name="([^"]+)">(.*?)</select>`).FindAllStringSubmatch(html, -1) {
		for _, option := range regexp.MustCompile(`<option value="([^"]*)" selected`).FindAllStringSubmatch(m[2], -1) {
			form.Set(m[1], unescaped(option[1]))
		}
	}
	return form
}

func attribute(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return unescaped(m[1])
}

func unescaped(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace(s)
}

func TestAFormThatNobodyTouchedChangesNoByte(t *testing.T) {
	h := open(t)
	for _, of := range collections {
		entries, err := texts.Entries(h.files[of.File], of.List)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries[:min(len(entries), 4)] {
			before := string(h.files[of.File])
			form := posted(t, h.get(t, of.URL()+"/"+e.ID).Body.String())
			form.Set("do", "save")
			if answer := h.post(t, of.URL()+"/"+e.ID, form); answer.Code != http.StatusSeeOther {
				t.Errorf("%s/%s: %d %v", of.ID, e.ID, answer.Code, form)
			}
			if string(h.files[of.File]) != before {
				t.Errorf("%s/%s was changed", of.ID, e.ID)
				h.files[of.File] = []byte(before)
			}
		}
	}
}

// fields of an entry as it stands in the file.
func (h *house) entry(t *testing.T, of, id string) map[string]string {
	t.Helper()
	in, _ := find(of)
	entries, err := texts.Entries(h.files[in.File], in.List)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.ID == id {
			return e.Fields
		}
	}
	return nil
}

func TestWhatIsTypedIsKeptInTheDraft(t *testing.T) {
	h := open(t)
	form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
	form.Set("f/a/en", "From {hours}.\r\nOr later.")
	form.Set("f/alt/en", "opening times\r\n\r\n when are you open ")
	form.Set("f/risk", "deadline")
	form.Set("f/valid_until", "\u06f1\u06f4\u06f0\u06f6/\u06f0\u06f1/\u06f0\u06f1") // the first day of a Persian year
	form.Set("f/process", "\u06f1\u06f0\u06f1, 102")
	form.Set("f/source", "a letter")
	form.Set("do", "save")
	answer := h.post(t, "/studio/answers/contact.hours", form)
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/studio/answers/contact.hours?saved=1" {
		t.Fatal(answer.Code, answer.Body.String())
	}
	got := h.entry(t, "answers", "contact.hours")
	for key, want := range map[string]string{
		"a/en": "From {hours}.\nOr later.", "alt/en": "opening times\nwhen are you open", "risk": "deadline", "valid_until": "2027-03-21",
		"process": "101\n102", "source": "a letter",
	} {
		if got[key] != want {
			t.Errorf("%s is %q, not %q", key, got[key], want)
		}
	}
	if found, _ := h.Check(t.Context(), "reza", "content/answers.yaml", h.files["content/answers.yaml"]); flows.HasErrors(found) {
		t.Errorf("the file cannot be read any more: %v", found)
	}
}

func TestANumberWithLeadingZerosIsTheNumberThatItReads(t *testing.T) {
	h := open(t)
	entries, err := texts.Entries(h.files["content/complaints.yaml"], "categories")
	if err != nil {
		t.Fatal(err)
	}
	at := "/studio/lists/categories/" + entries[0].ID
	form := posted(t, h.get(t, at).Body.String())
	form.Set("f/sla_hours", "\u06f0\u06f1\u06f0") // 010, in YAML eight
	form.Set("f/first_response_hours", "00")
	form.Set("do", "save")
	answer := h.post(t, at, form)
	if got := h.entry(t, "categories", entries[0].ID); got["sla_hours"] != "10" || got["first_response_hours"] != "0" {
		t.Errorf("kept %q and %q: %d", got["sla_hours"], got["first_response_hours"], answer.Code)
	}
}

func TestWhatIsWrongStandsBesideItsField(t *testing.T) {
	h := open(t)
	form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
	form.Set("f/title/en", strings.Repeat("long ", 12))
	form.Set("f/topic", "nothing")
	form.Set("do", "look")
	html := h.post(t, "/studio/answers/contact.hours", form).Body.String()
	for _, field := range []string{`name="f/title/en"`, `name="f/topic"`} {
		_, after, _ := strings.Cut(html, field)
		after, _, _ = strings.Cut(after, `name="f/`)
		if !strings.Contains(after, `class="beside bad"`) {
			t.Errorf("nothing is said beside %s: %.300s", field, after)
		}
	}
	if strings.Count(html, `class="beside bad"`) != 4 || h.drafted { // beside each, and above all and the preview how many there are
		t.Errorf("%d notes, kept: %v", strings.Count(html, `class="beside bad"`), h.drafted)
	}
}

func TestWhatCannotBeMeantIsRefusedAndWhatWasTypedStays(t *testing.T) {
	h := open(t)
	for field, value := range map[string]string{"f/process": "ten", "f/valid_until": "tomorrowish", "f/source": strings.Repeat("x", 201)} {
		form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
		form.Set(field, value)
		form.Set("do", "save")
		answer := h.post(t, "/studio/answers/contact.hours", form)
		if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), value) || h.drafted {
			t.Errorf("%s: %d, kept: %v", field, answer.Code, h.drafted)
		}
	}
	form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
	form.Set("rev", "1")
	form.Set("f/a/en", "Mine.")
	if answer := h.post(t, "/studio/answers/contact.hours", form); answer.Code != http.StatusConflict || !strings.Contains(answer.Body.String(), "Mine.") {
		t.Errorf("saved elsewhere: %d", answer.Code)
	}
}

func TestAnEntryIsAddedAndRemoved(t *testing.T) {
	h := open(t)
	form := posted(t, h.get(t, "/studio/answers/new").Body.String())
	form.Set("do", "save")
	for field, value := range map[string]string{
		"id": "parking", "f/topic": "contact", "f/unit": "member_relations", "f/basis": "sample", "f/title/fa": "P", "f/title/en": "Parking",
		"f/a/en": "There is none.", "f/alt/en": "car park\nwhere to park",
	} {
		form.Set(field, value)
	}
	if answer := h.post(t, "/studio/answers/new", form); answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/studio/answers/parking?saved=1" {
		t.Fatal(answer.Code)
	}
	if got := h.entry(t, "answers", "parking"); got["alt/en"] != "car park\nwhere to park" || got["title/en"] != "Parking" || got["risk"] != "" {
		t.Errorf("added as %q", got)
	}
	form.Set("rev", "4")
	if answer := h.post(t, "/studio/answers/new", form); answer.Code != http.StatusConflict {
		t.Errorf("a second one of the id: %d", answer.Code)
	}
	form.Set("id", "Not an id")
	if answer := h.post(t, "/studio/answers/new", form); answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), "Not an id") {
		t.Errorf("a bad id: %d", answer.Code)
	}
	if answer := h.post(t, "/studio/answers/parking", url.Values{"do": {"remove"}, "rev": {"4"}}); answer.Code != http.StatusSeeOther || h.entry(t, "answers", "parking") != nil {
		t.Errorf("removed: %d", answer.Code)
	}
	if answer := h.post(t, "/studio/lists/statuses/received", url.Values{"do": {"remove"}, "rev": {"5"}}); answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("a state of cases was removed: %d", answer.Code)
	}
}

func TestTheStepsOfAGuideAreChangedAddedAndRemoved(t *testing.T) {
	h := open(t)
	before := h.entry(t, "services", "membership_issue")
	form := posted(t, h.get(t, "/studio/services/membership_issue").Body.String())
	last := 0
	for form.Has("f/steps/#" + string(rune('1'+last)) + "/en") {
		last++
	}
	form.Set("f/steps/#1/en", "Register first.")
	for _, lang := range bot.Langs {
		form.Set("f/steps/#2/"+string(lang), "")
		form.Set("f/steps/#"+string(rune('0'+last))+"/"+string(lang), "Then wait.")
	}
	form.Set("do", "save")
	if answer := h.post(t, "/studio/services/membership_issue", form); answer.Code != http.StatusSeeOther {
		t.Fatal(answer.Code, answer.Body.String())
	}
	after := h.entry(t, "services", "membership_issue")
	if after["steps/#1/en"] != "Register first." || after["steps/#2/fa"] != before["steps/#3/fa"] || after["steps/#"+string(rune('0'+last-1))+"/en"] != "Then wait." {
		t.Errorf("%d steps became %q", last-1, after)
	}
	if after["documents/#1/when/applicant"] != "natural" {
		t.Error("the conditions of documents are lost")
	}
}

func TestAnswersAreFoundByWordsAndFilters(t *testing.T) {
	h := open(t)
	body, err := texts.Change(h.files["content/answers.yaml"], "answers/contact.hours", collections[0].order(),
		[]texts.Field{{Key: "valid_until", Text: "2026-11-30"}, {Key: "title/ar"}})
	if err == nil {
		body, err = texts.Change(body, "answers/membership.benefits", collections[0].order(), []texts.Field{{Key: "valid_until", Text: "2026-11-21"}})
	}
	if err != nil {
		t.Fatal(err)
	}
	h.files["content/answers.yaml"] = body
	for path, want := range map[string]string{
		"?filter=ending": "contact.hours membership.benefits", "?filter=incomplete": "contact.hours", "?words=MAZAYAYI": "membership.benefits",
		"?words=nothing+like+it": "",
	} {
		html := h.get(t, "/studio/answers"+path).Body.String()
		var got []string
		for _, m := range regexp.MustCompile(`<th scope="row"><a href="/studio/answers/([^"]+)"`).FindAllStringSubmatch(html, -1) {
			got = append(got, m[1])
		}
		for _, id := range strings.Fields(want) {
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+id+" ") {
				t.Errorf("%s lacks %s: %v", path, id, got)
			}
		}
		if len(got) != len(strings.Fields(want)) {
			t.Errorf("%s found %v", path, got)
		}
	}
	if html := h.get(t, "/studio/answers/contact.hours").Body.String(); !strings.Contains(html, "9 days are left") {
		t.Errorf("nothing is said two weeks before the last day: %s", regexp.MustCompile(`(?s)name="f/valid_until".{300}`).FindString(html))
	}
	if html := h.get(t, "/studio/answers/membership.benefits").Body.String(); !strings.Contains(html, "The last day is over") {
		t.Error("nothing is said of the last day that is over")
	}
}

func TestASentenceIsTriedWithWhatWasTyped(t *testing.T) {
	h := open(t)
	form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
	form.Set("f/alt/en", "opening times")
	form.Set("f/alt/fin", "saat kari")
	form.Set("do", "try")
	form.Set("sentence", "when do you open")
	form.Set("lang", "ar")
	html := h.post(t, "/studio/answers/contact.hours", form).Body.String()
	i := slices.IndexFunc(h.learnt, func(a Answer) bool { return a.ID == "answers/contact.hours" })
	if h.tried != bot.Ar || i < 0 || h.drafted {
		t.Fatalf("tried in %q, kept: %v", h.tried, h.drafted)
	}
	if got := h.learnt[i]; !slices.Equal(got.Phrasings[bot.En], []string{"What are your working hours?", "opening times"}) || got.Title.En != "Working hours" || !slices.Equal(got.Phrasings[texts.Finglish], []string{"saat kari"}) {
		t.Errorf("learnt %+v", got)
	}
	if !strings.Contains(html, "asks which is meant") || !strings.Contains(html, "42") || !strings.Contains(html, `<li class="mine">`) {
		t.Error("what it is about is not shown")
	}
	h.broken = context.Canceled
	if answer := h.post(t, "/studio/answers/contact.hours", form); answer.Code != 500 {
		t.Errorf("what cannot be tried: answered %d", answer.Code)
	}
}

func TestAnOfficerProposesAndAnAdminTakesIt(t *testing.T) {
	h := open(t)
	h.Me = bot.Staff{ID: "sara", Name: "Sara", Role: bot.RoleOfficer, Lang: bot.En}
	h.No["POST /studio/proposals/:id"] = true
	about := url.Values{"entry": {"answers/contact.hours"}, "lang": {"en"}, "chat": {"tg:1"}}
	if answer := h.post(t, "/studio/propose", about); answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty proposal: %d", answer.Code)
	}
	about.Set("wrong", "We open at 9.")
	about.Set("words", "From 9 to 16.")
	if answer := h.post(t, "/studio/propose", about); answer.Code != http.StatusSeeOther || len(h.letters) != 1 || h.letters[0].Chat != "tg:1" {
		t.Fatal(answer.Code, h.letters)
	}
	html := h.get(t, "/studio/proposals").Body.String()
	if !strings.Contains(html, "We open at 9.") || strings.Contains(html, "Open with it") || !strings.Contains(html, `href="/desk/tg:1"`) {
		t.Error("the officer sees something else than his proposal")
	}

	h.Me = bot.Staff{ID: "reza", Name: "Reza", Role: bot.RoleAdmin, Lang: bot.En}
	h.No = map[string]bool{"GET /desk/:chat": true}
	if html = h.get(t, "/studio/proposals").Body.String(); !strings.Contains(html, "/studio/answers/contact.hours?proposal=p1") || strings.Contains(html, `href="/desk/`) {
		t.Error("the admin cannot open it, or is led to a chat that he may not see")
	}
	form := posted(t, h.get(t, "/studio/answers/contact.hours?proposal=p1").Body.String())
	if form.Get("f/a/en") != "From 9 to 16." || form.Get("proposal") != "p1" {
		t.Fatalf("the form is filled with %q", form.Get("f/a/en"))
	}
	form.Set("do", "save")
	form.Set("answer", "Thanks")
	if answer := h.post(t, "/studio/answers/contact.hours", form); answer.Code != http.StatusSeeOther || h.letters[0].State != studio.Taken {
		t.Errorf("taken: %d %s", answer.Code, h.letters[0].State)
	}

	h.Me, h.No = bot.Staff{ID: "sara", Name: "Sara", Role: bot.RoleOfficer, Lang: bot.En}, map[string]bool{"POST /studio/proposals/:id": true}
	if html = h.get(t, "/studio/proposals").Body.String(); !strings.Contains(html, "Thanks") || !strings.Contains(html, "/studio/proposals/p1/seen") {
		t.Error("the officer is not told")
	}
	if h.post(t, "/studio/proposals/p1/seen", nil); !h.letters[0].Seen {
		t.Error("that he has read it is not kept")
	}
}

func TestAProposalWaitsHoweverManyNewerOnesThereAre(t *testing.T) {
	h := open(t)
	h.letters = []studio.Proposal{
		{ID: "old", By: "sara", Entry: "answers/contact.hours", Lang: bot.En, Words: "From 9.", State: studio.Proposed},
		{ID: "told", By: "reza", Entry: "answers/contact.hours", Lang: bot.En, State: studio.Declined},
		{ID: "gone", By: "sara", Entry: "answers/contact.hours", Lang: bot.En, State: studio.Declined},
	}
	for n := range 2 * lately {
		h.letters = append(h.letters, studio.Proposal{ID: fmt.Sprintf("p%d", n), By: "sara", Entry: "answers/contact.hours", State: studio.Taken, Seen: true})
	}
	html := h.get(t, "/studio/proposals").Body.String()
	for id, shown := range map[string]bool{"old": true, "told": true, "gone": false, "p199": true, "p100": true} {
		if n := strings.Count(html, `id="proposal-`+id+`"`); n != 1 && shown || n > 0 && !shown {
			t.Errorf("%s is shown %d times", id, n)
		}
	}
	form := posted(t, h.get(t, "/studio/answers/contact.hours?proposal=old").Body.String())
	if form.Get("f/a/en") != "From 9." || form.Get("proposal") != "old" {
		t.Fatalf("the form is filled with %q", form.Get("f/a/en"))
	}
	form.Set("do", "save")
	if h.post(t, "/studio/answers/contact.hours", form); h.letters[0].State != studio.Taken {
		t.Errorf("taken: %s", h.letters[0].State)
	}
	for i := range h.letters {
		h.letters[i].State = studio.Proposed
	}
	web := &Web{Shell: h.Frame, Sheets: h, Letters: h, Defaults: h, Matcher: h, People: h}
	if n, err := web.Waiting(t.Context(), h.Me); n != len(h.letters) || err != nil {
		t.Errorf("%d wait, %v", n, err)
	}
}

func TestWhoMayNotOpenTheListOfRepliesIsLedBackToThePageOfReplies(t *testing.T) {
	h := open(t)
	for allowed, back := range map[bool]string{true: `href="/studio/lists/replies/greet"`, false: `href="/replies#reply-greet"`} {
		h.No["GET /studio/lists/:list/:id"] = !allowed
		if html := h.get(t, "/studio/propose?entry=replies/greet&lang=en").Body.String(); !strings.Contains(html, back) {
			t.Errorf("allowed %v: the way back is not %s", allowed, back)
		}
	}
}

func TestAnOfficerReadsAnAnswerAndSaysInTheStudioThatItIsWrong(t *testing.T) {
	h := open(t)
	h.Me = bot.Staff{ID: "sara", Name: "Sara", Role: bot.RoleOfficer, Lang: bot.En}
	h.No["POST /studio/answers/:id"], h.No["POST /studio/proposals/:id"], h.No["GET /studio/lists"] = true, true, true
	if html := h.get(t, "/studio/answers").Body.String(); !strings.Contains(html, `href="/studio/answers/contact.hours"`) || strings.Contains(html, `href="/studio/lists"`) {
		t.Error("the officer does not find the answer, or is led where he may not go")
	}
	html := h.get(t, "/studio/answers/contact.hours").Body.String()
	if strings.Contains(html, "<textarea") || strings.Contains(html, `action="/studio/`) || strings.Contains(html, `class="button" href="/studio"`) {
		t.Error("the officer is offered a change")
	}
	way := regexp.MustCompile(`/studio/propose\?[^"]*lang=ar`).FindString(html)
	if way == "" {
		t.Fatal("there is no way to say that it is wrong")
	}
	asked, err := url.Parse(strings.ReplaceAll(way, "&amp;", "&"))
	if err != nil || h.get(t, asked.String()).Code != http.StatusOK {
		t.Fatal("the way leads nowhere", err)
	}
	form := asked.Query()
	form.Set("wrong", "We open at 9.")
	if answer := h.post(t, "/studio/propose", form); answer.Code != http.StatusSeeOther || len(h.letters) != 1 {
		t.Fatal(answer.Code, h.letters)
	}
	if p := h.letters[0]; p.Entry != "answers/contact.hours" || p.Lang != bot.Ar || p.Chat != "" || p.Wrong != "We open at 9." {
		t.Errorf("proposed: %+v", p)
	}
}

func TestOtherWordsAndRefusalsAreTold(t *testing.T) {
	h := open(t)
	h.letters = []studio.Proposal{{ID: "p1", By: "sara", Entry: "answers/contact.hours", Lang: bot.En, Words: "From 9.", State: studio.Proposed}}
	form := posted(t, h.get(t, "/studio/answers/contact.hours?proposal=p1").Body.String())
	form.Set("f/a/en", "From 9 on.")
	form.Set("do", "save")
	if h.post(t, "/studio/answers/contact.hours", form); h.letters[0].State != studio.Reworded {
		t.Errorf("in other words: %s", h.letters[0].State)
	}
	h.letters[0].State = studio.Proposed
	if answer := h.post(t, "/studio/proposals/p1", url.Values{"state": {"declined"}}); answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("a refusal without a reason: %d", answer.Code)
	}
	if h.post(t, "/studio/proposals/p1", url.Values{"state": {"declined"}, "answer": {"It is right."}}); h.letters[0].State != studio.Declined {
		t.Errorf("refused: %s", h.letters[0].State)
	}
}

func TestWhatPeopleWriteIsNeverMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x>`
	h := open(t)
	h.letters = []studio.Proposal{{ID: "p1", By: "sara", Entry: "answers/contact.hours", Lang: bot.En, Chat: evil, Wrong: evil, Words: evil, State: studio.Proposed}}
	form := posted(t, h.get(t, "/studio/answers/contact.hours").Body.String())
	form.Set("f/a/en", evil)
	form.Set("f/source", evil)
	form.Set("do", "look")
	for path, html := range map[string]string{
		"looked at":          h.post(t, "/studio/answers/contact.hours", form).Body.String(),
		"proposed":           h.get(t, "/studio/proposals").Body.String(),
		"filled in":          h.get(t, "/studio/answers/contact.hours?proposal=p1").Body.String(),
		"looked for":         h.get(t, "/studio/answers?words="+url.QueryEscape(evil)).Body.String(),
		"called wrong":       h.get(t, "/studio/propose?entry=answers/contact.hours&chat="+url.QueryEscape(evil)).Body.String(),
		"an unknown filter":  h.get(t, "/studio/answers?filter="+url.QueryEscape(evil)).Body.String(),
		"an unknown address": h.get(t, "/studio/lists/"+url.PathEscape(evil)).Body.String(),
	} {
		if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") {
			t.Errorf("%s: words became markup", path)
		}
	}
}

func TestWhatWaitsIsCountedForWhomItWaits(t *testing.T) {
	h := open(t)
	web := &Web{Shell: h.Frame, Sheets: h, Letters: h, Defaults: h, Matcher: h, People: h}
	h.letters = []studio.Proposal{
		{ID: "p1", By: "sara", State: studio.Proposed},
		{ID: "p2", By: "sara", State: studio.Declined},
		{ID: "p3", By: "sara", State: studio.Taken},
		{ID: "p4", By: "sara", State: studio.Taken, Seen: true},
	}
	if n, err := web.Waiting(t.Context(), h.Me); n != 1 || err != nil {
		t.Errorf("for an admin %d, %v", n, err)
	}
	h.No["POST /studio/proposals/:id"] = true
	if n, err := web.Waiting(t.Context(), bot.Staff{ID: "sara", Role: bot.RoleOfficer}); n != 2 || err != nil {
		t.Errorf("for the officer %d, %v", n, err)
	}
}
