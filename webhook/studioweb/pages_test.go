package studioweb

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/fixes"
	"javab/flows/studio"
	"javab/webhook/page/pagetest"
)

const help = "help.yaml"

// worded is a script with other words in English.
func (h *house) worded(t *testing.T, who bot.StaffID) string {
	t.Helper()
	return strings.Replace(string(h.text(t, who, help).Body), `en: "`, `en: "Well: `, 1)
}

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.draft(t, "bob", help, h.worded(t, "bob"))
		h.publish(t, "bob")
		h.draft(t, "ann", help, "flow: help\nsteps: none")
		h.draft(t, "bob", "home.yaml", string(h.text(t, "bob", "home.yaml").Body)+"\n# more\n")
		cookie, named := "javab_lang="+string(lang), 0
		for _, path := range []string{
			"/studio", "/studio/flow/help", "/studio/flow/home", "/studio/flow/complaint", "/studio/flow/nowhere", "/studio/flow/help/texts", "/studio/flow/complaint/texts",
			"/studio/flow/help/versions", "/studio/flow/help/versions?from=1&to=1", "/studio/flow/complaint/versions", "/studio/flow/help/diff", "/studio/flow/help/funnel", "/studio/flow/help/funnel?days=7&version=1&lang=fa", "/studio/flow/complaint/diff",
		} {
			answer := h.get(t, path, cookie)
			if want := map[bool]int{true: 404, false: 200}[strings.HasSuffix(path, "nowhere")]; answer.Code != want {
				t.Errorf("%s %s: answered %d", lang, path, answer.Code)
			}
			pagetest.Look(t, string(lang)+" "+path, answer.Body.String(), lang)
			named += pagetest.Files(t, answer.Body.String(), h.Assets)
		}
		if missed := h.Missed(); len(missed) > 0 {
			t.Errorf("%s: no words for %q", lang, missed)
		}
		if named < 100 {
			t.Errorf("%s: only %d files are named", lang, named)
		}
	}
}

func TestTheListShowsDraftsProblemsAndWhatOthersWorkOn(t *testing.T) {
	h := open(t)
	h.draft(t, "ann", "home.yaml", strings.Replace(string(builtIn()["home.yaml"]), "goto: ", "goto: nowhere_", 1))
	h.draft(t, "bob", help, string(builtIn()[help])+"# mine\n")
	html := h.get(t, "/studio").Body.String()
	first, _, _ := strings.Cut(html, "</tr>\n      <tr") // what is wrong stands first
	_, row, _ := strings.Cut(html, `<tbody><tr class="bad">`)
	row, _, _ = strings.Cut(row, "</tr>")
	if !strings.Contains(row, `href="/studio/flow/home"`) || !strings.Contains(row, "draft over v1") || !strings.Contains(row, "error") || first == "" {
		t.Errorf("the first row: %s", row)
	}
	if !strings.Contains(html, "Bob") || !strings.Contains(html, "1 draft of yours") || !strings.Contains(html, "File a complaint") {
		t.Error("a colleague's draft, the count of mine or a title is missing")
	}
}

func TestWhoeverChangedAnythingFindsItAtTheTopAndPublishesItThere(t *testing.T) {
	h := open(t)
	if html := h.get(t, "/studio").Body.String(); strings.Contains(html, `id="drafts"`) || !strings.Contains(html, `id="box-publish"`) {
		t.Error("without a draft there are drafts, or no way to publish")
	}
	h.draft(t, "ann", "content/answers.yaml", string(builtIn()["content/answers.yaml"])+"# mine\n")
	html := h.get(t, "/studio").Body.String()
	for _, want := range []string{"1 draft of yours", `<a href="/studio/text/content/answers.yaml">`, `data-do="publish"`, `action="/studio/text/content/answers.yaml/discard"`} {
		if !strings.Contains(html, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if answer := h.post(t, "/studio/text/content/answers.yaml/discard", "back", "/studio"); answer.Header().Get("Location") != "/studio" {
		t.Errorf("discarded, it leads to %q", answer.Header().Get("Location"))
	}
	if _, _, err := h.studio.Save(t.Context(), "ann", "brand_new.yaml", 0, []byte("flow: brand_new\n")); err != nil {
		t.Fatal(err)
	}
	if html := h.get(t, "/studio/flow/brand_new").Body.String(); strings.Contains(html, "box-back") || strings.Contains(html, "Published:") {
		t.Error("what is in no version can be rolled back")
	}
}

func TestAProblemComesWithItsPlaceItsSentenceAndItsFix(t *testing.T) {
	h := open(t)
	broken := strings.Replace(string(builtIn()["complaint.yaml"]), "one: belongs", "one: belong", 1)
	h.mends = &flows.Fix{Code: "replace", Params: map[string]string{"From": "belong", "To": "belongs"}, Edits: []flows.Edit{{Line: 14, Column: 30, EndLine: 14, EndColumn: 36, Text: "belongs"}}}
	answer := h.post(t, "/studio/flow/complaint/check", "text", broken, "lang", "en")
	var said checked
	if err := json.Unmarshal(answer.Body.Bytes(), &said); err != nil || answer.Code != 200 {
		t.Fatalf("answered %d: %v", answer.Code, err)
	}
	p := said.Problems[0]
	if p.Line != 14 || p.Severity != flows.Error || !strings.Contains(p.Message, "belong") || p.Fix == nil || p.Fix.Edits[0].Text != "belongs" || !strings.Contains(p.Fix.Title, "belongs") {
		t.Errorf("%+v", p)
	}
	if !strings.Contains(said.Graph, `data-missing="belong"`) && !strings.Contains(said.Graph, "g-missing") {
		t.Error("the picture does not show the missing step")
	}
	if err := json.Unmarshal(h.post(t, "/studio/flow/complaint/check", "text", "flow: [").Body.Bytes(), &said); err != nil || said.Graph != "" || len(said.Problems) == 0 {
		t.Errorf("a text that is no script: %v, %d problems", err, len(said.Problems))
	}
}

func TestADraftIsKeptAndASecondTabIsShownBothTexts(t *testing.T) {
	h := open(t)
	rev := h.text(t, "ann", help).Rev
	body := h.worded(t, "ann")
	answer := h.post(t, "/studio/flow/help/save", "text", strings.ReplaceAll(body, "\n", "\r\n"), "rev", number(rev))
	var now saved
	if err := json.Unmarshal(answer.Body.Bytes(), &now); err != nil || answer.Code != 200 || !now.Drafted || now.Rev == rev {
		t.Fatalf("answered %d: %+v %v", answer.Code, now, err)
	}
	if kept := string(h.text(t, "ann", help).Body); kept != body {
		t.Error("line ends of a form came into the file")
	}
	answer = h.post(t, "/studio/flow/help/save", "text", body+"# other\n", "rev", number(rev))
	var both clash
	if err := json.Unmarshal(answer.Body.Bytes(), &both); err != nil || answer.Code != 409 || both.Rev != now.Rev || both.Text != body || !strings.Contains(both.Diff, "# other") {
		t.Errorf("the second tab: answered %d, %+v", answer.Code, both)
	}
	if answer := h.post(t, "/studio/flow/help/save", "text", body+"# plain\n", "rev", number(now.Rev), "plain", "1"); answer.Code != 303 {
		t.Errorf("without JavaScript: answered %d", answer.Code)
	}
	if answer := h.post(t, "/studio/flow/help/discard"); answer.Code != 303 || h.text(t, "ann", help).Drafted {
		t.Errorf("discarded: answered %d", answer.Code)
	}
}

func TestATextIsChangedInPlaceAndTheRestStays(t *testing.T) {
	h := open(t)
	html := h.get(t, "/studio/flow/complaint/texts").Body.String()
	if !strings.Contains(html, `name="t/fa/title"`) || !strings.Contains(html, `data-limit="80"`) || !strings.Contains(html, `lang="ar" dir="rtl"`) {
		t.Fatal("no columns, no limits or no direction")
	}
	before := h.text(t, "ann", "complaint.yaml")
	answer := h.post(t, "/studio/flow/complaint/texts", "rev", number(before.Rev), "t/en/title", "File my complaint")
	after := h.text(t, "ann", "complaint.yaml")
	if answer.Code != 303 || string(after.Body) != strings.Replace(string(before.Body), "en: File a complaint", "en: File my complaint", 1) {
		t.Fatalf("answered %d", answer.Code)
	}
	answer = h.post(t, "/studio/flow/complaint/texts", "rev", number(before.Rev), "t/en/title", "File it anew")
	if html := answer.Body.String(); answer.Code != 409 || !strings.Contains(html, "File it anew</textarea>") {
		t.Errorf("from an old page: answered %d, or what was typed is lost", answer.Code)
	}
}

func TestPublishingTellsWhatIsInTheWayAndThenTheVersion(t *testing.T) {
	h := open(t)
	if said := h.rehearsed(t); !strings.Contains(said, "You have no drafts") {
		t.Errorf("without a draft: %s", said)
	}
	h.draft(t, "ann", help, strings.Replace(string(builtIn()[help]), "end: done", "end: never", 1))
	if said := h.rehearsed(t); !strings.Contains(said, "Nothing is published until the errors are gone") || strings.Contains(said, "Publish now") {
		t.Errorf("with an error: %s", said)
	}
	h.draft(t, "ann", help, h.worded(t, "ann"))
	h.plays = []studio.Played{{File: "help.en.chat", Verdict: studio.Path, Where: []studio.Difference{{Line: 3, Path: true, Want: "bot help/say", Got: "bot home/menu"}}}}
	h.draft(t, "ann", help, strings.Replace(string(builtIn()[help]), `en: "`, `en: "Well: `, 1))
	if said := h.rehearsed(t); !strings.Contains(said, "bot home/menu") || strings.Contains(said, "Publish now") {
		t.Errorf("with another path: %s", said)
	}
	h.plays = []studio.Played{{File: "help.en.chat", Verdict: studio.Words, Body: append(builtIn()["help.en.chat"], "\n# anew\n"...)}}
	if said := h.rehearsed(t); !strings.Contains(said, "1 dialogue says something else now") || !strings.Contains(said, "# anew") || !strings.Contains(said, "Publish now") {
		t.Errorf("with other words: %s", said)
	}
	if last := h.streamed(t, "/studio/publish", "note", "nicer"); !strings.Contains(last.HTML, `value="nicer"`) || !strings.Contains(last.HTML, `role="alert"`) {
		t.Errorf("without the tick: %+v", last)
	}
	if last := h.streamed(t, "/studio/publish", "note", "nicer", "words", "1", "back", "/studio/flow/help"); last.URL != "/studio/flow/help?published=2" {
		t.Fatalf("published: %+v", last)
	}
	for path, told := range map[string]bool{
		"/studio/flow/help?published=2": true, "/studio?published=2": true, "/studio?published=1": false, "/studio?published=x": false, "/studio": false,
	} {
		if strings.Contains(h.get(t, path).Body.String(), "v2 is live") != told {
			t.Errorf("%s: it is told: %v", path, !told)
		}
	}
	if html := h.get(t, "/studio/flow/help/versions").Body.String(); !strings.Contains(html, "nicer") || !strings.Contains(html, "Well: ") || !strings.Contains(html, `help<span class="muted">.en.chat`) {
		t.Error("the version, its difference or the rewritten dialogue is not told")
	}
	if answer := h.post(t, "/studio/rollback", "number", "1", "note", "back", "back", "/studio/flow/help"); answer.Code != 303 || answer.Header().Get("Location") != "/studio/flow/help" {
		t.Errorf("rolled back: answered %d", answer.Code)
	}
	if live, err := h.studio.Live(t.Context()); err != nil || live != 1 {
		t.Errorf("live is %d, %v", live, err)
	}
	if answer := h.post(t, "/studio/rollback", "number", "9"); answer.Code != 404 {
		t.Errorf("to nowhere: answered %d", answer.Code)
	}
}

// streamed is the last line of a stream.
func (h *house) streamed(t *testing.T, path string, fields ...string) (last progress) {
	t.Helper()
	answer := h.post(t, path, fields...)
	if answer.Code != http.StatusOK {
		t.Fatalf("answered %d: %s", answer.Code, answer.Body)
	}
	for line := range strings.Lines(answer.Body.String()) {
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatal(err)
		}
	}
	return last
}

func (h *house) rehearsed(t *testing.T) string {
	t.Helper()
	html := h.streamed(t, "/studio/rehearse").HTML
	pagetest.Look(t, "the box", html, bot.En)
	return html
}

func TestWhatWasPublishedMeanwhileIsMergedTextByText(t *testing.T) {
	h := open(t)
	body := string(builtIn()[help])
	h.draft(t, "ann", help, strings.Replace(body, `en: "`, `en: "Mine: `, 1))
	h.draft(t, "bob", help, strings.Replace(body, `en: "`, `en: "Theirs: `, 1))
	h.publish(t, "bob")
	if html := h.get(t, "/studio/flow/help").Body.String(); !strings.Contains(html, "published anew in v2") {
		t.Error("nothing says that it has moved")
	}
	answer := h.post(t, "/studio/flow/help/merge")
	html := answer.Body.String()
	if answer.Code != 409 || !strings.Contains(html, "Mine: ") || !strings.Contains(html, "Theirs: ") {
		t.Fatalf("answered %d", answer.Code)
	}
	pagetest.Look(t, "merging", html, bot.En)
	_, field, _ := strings.Cut(html, `type="radio" name="`)
	field, _, _ = strings.Cut(field, `"`)
	if answer := h.post(t, "/studio/flow/help/merge", field, "theirs"); answer.Code != 303 {
		t.Fatalf("chosen: answered %d", answer.Code)
	}
	if now := h.text(t, "ann", help); now.Moved || !strings.Contains(string(now.Body), "Theirs: ") {
		t.Error("the published text does not stand")
	}
}

func TestATrialIsPlayedWithTheTextOfTheEditorAndKeptAsADialogue(t *testing.T) {
	h := open(t)
	trial := `{"lang":"en","acts":[{"do":"begin","what":""},{"do":"say","what":"hello"}]}`
	answer := h.post(t, "/studio/flow/home/trial", "text", "flow: home", "trial", trial)
	if !strings.Contains(answer.Body.String(), `"keys":["Services"]`) || len(h.tried) != 1 || string(h.tried[0].Body) != "flow: home" || h.tried[0].Acts[1] != (Act{Do: Says, What: "hello"}) {
		t.Fatalf("answered %d: %s, tried %+v", answer.Code, answer.Body, h.tried)
	}
	answer = h.post(t, "/studio/flow/home/keep", "text", "flow: home", "trial", trial, "name", "mine")
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), "home.mine.en.chat") || !h.text(t, "ann", "home.mine.en.chat").New {
		t.Errorf("kept: answered %d %s", answer.Code, answer.Body)
	}
	if answer := h.post(t, "/studio/flow/home/keep", "text", "flow: home", "trial", trial, "name", "../x"); answer.Code != 422 {
		t.Errorf("a bad name: answered %d", answer.Code)
	}
	if answer := h.post(t, "/studio/flow/home/trial", "trial", "{"); answer.Code != 422 {
		t.Errorf("no trial: answered %d", answer.Code)
	}
	h.refuse = &bot.Error{Kind: bot.Invalid, Key: "studio_trial_broken"}
	if answer := h.post(t, "/studio/flow/home/trial", "trial", trial); answer.Code != 422 || !strings.Contains(answer.Body.String(), "errors") {
		t.Errorf("broken: answered %d %s", answer.Code, answer.Body)
	}
}

func TestEveryTemplateMakesAScriptWithoutAnError(t *testing.T) {
	for _, id := range TemplateIDs {
		h := open(t)
		name := id + "_anew"
		if answer := h.post(t, "/studio/new", "template", id, "flow", name); answer.Code != 303 || answer.Header().Get("Location") != "/studio/flow/"+name {
			t.Fatalf("%s: answered %d", id, answer.Code)
		}
		sheet := h.text(t, "ann", name+".yaml")
		_, problems := content.Load(with(name+".yaml", sheet.Body))
		for _, p := range problems {
			t.Errorf("%s: %s", id, content.Describe(p))
		}
	}
	h := open(t)
	for _, form := range [][]string{{"template", "faq*", "flow", "x"}, {"template", "faq", "flow", "home"}, {"template", "faq", "flow", "A b"}, {"template", "nothing", "flow", "x"}} {
		if answer := h.post(t, "/studio/new", form...); answer.Code < 400 || answer.Code > 422 {
			t.Errorf("%q: answered %d", form, answer.Code)
		}
	}
}

// takes takes a template under the name of a flow.
func (h *house) takes(t *testing.T, template, flow string) int {
	t.Helper()
	return h.post(t, "/studio/new", "template", template, "flow", flow).Code
}

// drafted are the files of which Ann has a draft.
func (h *house) drafted(t *testing.T) (names []string) {
	t.Helper()
	sheets, err := h.studio.Files(t.Context(), "ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sheets {
		if s.Drafted {
			names = append(names, s.Name)
		}
	}
	return names
}

func TestATemplateComesWithDialoguesThatGoThroughTheFlowAsItIsCalled(t *testing.T) {
	h := open(t)
	if html := h.get(t, "/studio").Body.String(); !strings.Contains(html, "8 steps · 9 dialogues") {
		t.Error("the gallery does not tell of dialogues")
	}
	if code := h.takes(t, "survey", "opinion"); code != 303 {
		t.Fatalf("answered %d", code)
	}
	if names := h.drafted(t); len(names) != 10 || names[0] != "opinion.ar.chat" || names[9] != "opinion.yaml" {
		t.Errorf("drafts: %q", names)
	}
	script, talk := string(h.text(t, "ann", "opinion.yaml").Body), string(h.text(t, "ann", "opinion.wrong.en.chat").Body)
	if !strings.Contains(script, "\nflow: opinion\n") || !strings.Contains(talk, "stage begins opinion/rate\n") || !strings.Contains(talk, "bot opinion/offer\n") {
		t.Errorf("the files name another flow:\n%s", talk)
	}
	if strings.Contains(talk, "survey/") || !strings.Contains(talk, "bot officer/") {
		t.Errorf("what is no step of the template has another name:\n%s", talk)
	}
	h.publish(t, "ann")
	if code := h.takes(t, "survey", "opinion"); code != 409 {
		t.Errorf("again: answered %d", code)
	}
}

func TestATemplateThatMeetsOneOfItsFilesIsNotTakenAtAll(t *testing.T) {
	h := open(t)
	h.draft(t, "ann", help, h.worded(t, "ann"))
	if err := h.studio.Add(t.Context(), "ann", studio.Folder{"rsvp.wrong.fa.chat": []byte("member\n  hello\n")}); err != nil {
		t.Fatal(err)
	}
	if code := h.takes(t, "event", "rsvp"); code != 409 {
		t.Errorf("answered %d", code)
	}
	if names := h.drafted(t); len(names) != 2 {
		t.Errorf("drafts: %q", names)
	}
}

func TestWithAScriptThatNobodyPublishedItsDialoguesAreDiscarded(t *testing.T) {
	h := open(t)
	for _, flow := range []string{"event_2", "event_3"} {
		if code := h.takes(t, "event", flow); code != 303 {
			t.Fatalf("answered %d", code)
		}
	}
	if answer := h.post(t, "/studio/flow/event_2/discard"); answer.Code != 303 || answer.Header().Get("Location") != "/studio" {
		t.Fatalf("answered %d to %s", answer.Code, answer.Header().Get("Location"))
	}
	if names := h.drafted(t); len(names) != 10 || !strings.HasPrefix(names[0], "event_3.") {
		t.Errorf("drafts: %q", names)
	}
	h.publish(t, "ann")
	h.draft(t, "ann", "event_3.yaml", string(h.text(t, "ann", "event_3.yaml").Body)+"# mine\n")
	h.draft(t, "ann", "event_3.en.chat", string(h.text(t, "ann", "event_3.en.chat").Body)+"\nmember\n  hello\n")
	h.post(t, "/studio/flow/event_3/discard")
	if names := h.drafted(t); len(names) != 1 || names[0] != "event_3.en.chat" {
		t.Errorf("of a published script: %q", names)
	}
}

func TestEveryBlockOfThePaletteCanBePutBelowTheStepOfTheCursor(t *testing.T) {
	h := open(t)
	html, before := h.get(t, "/studio/flow/help").Body.String(), h.text(t, "ann", help)
	for _, b := range fixes.Blocks {
		if !strings.Contains(html, `data-block="`+string(b)+`"`) {
			t.Errorf("%s is not offered", b)
		}
		answer := h.post(t, "/studio/flow/help/insert", "text", string(before.Body), "after", "help", "block", string(b))
		var now inserted
		if err := json.Unmarshal(answer.Body.Bytes(), &now); err != nil || answer.Code != 200 {
			t.Errorf("%s: answered %d: %v", b, answer.Code, err)
		}
		if now.Step == "" || !strings.Contains(now.Text, "- id: "+now.Step+"\n") || len(now.Text) <= len(before.Body) {
			t.Errorf("%s is not there as %q", b, now.Step)
		}
	}
	if h.text(t, "ann", help).Drafted {
		t.Error("a block that nobody has saved is kept")
	}
}

func TestABlockThatCannotBePutSaysWhy(t *testing.T) {
	h := open(t)
	for _, one := range []struct {
		text, after, block, said string
		code                     int
	}{
		{string(builtIn()[help]), "nowhere", "say", "no step below which", 404},
		{"flow: help\nsteps: []\n", "", "say", "no step below which", 404},
		{string(builtIn()[help]), "help", "magic", "does not fit", 422},
	} {
		answer := h.post(t, "/studio/flow/help/insert", "text", one.text, "after", one.after, "block", one.block)
		var why told
		if err := json.Unmarshal(answer.Body.Bytes(), &why); err != nil || answer.Code != one.code || !strings.Contains(why.Said, one.said) {
			t.Errorf("%s below %q: answered %d %q", one.block, one.after, answer.Code, why.Said)
		}
	}
}

func TestTheVocabularyIsThatOfTheContent(t *testing.T) {
	h := open(t)
	var v vocabulary
	if err := json.Unmarshal(h.get(t, "/studio/vocabulary").Body.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Keys["script"]) == 0 || len(v.Lists) < 10 || len(v.Flows) != 2 || len(v.Actions["case.open"].Outcomes) != 2 {
		t.Errorf("%+v", v)
	}
}

func TestWhoMayNotChangeAnythingIsOfferedNothingOfTheKind(t *testing.T) {
	h := open(t)
	for _, route := range []string{"/studio/flow/:id/save", "/studio/new", "/studio/rollback"} {
		h.No["POST "+route] = true
	}
	list, flow := h.get(t, "/studio").Body.String(), h.get(t, "/studio/flow/help").Body.String()
	if strings.Contains(list, "Begin with this") || strings.Contains(flow, `data-do="publish"`) || strings.Contains(flow, "data-edits") || strings.Contains(flow, "data-block") || !strings.Contains(flow, "readonly") {
		t.Error("he is offered to change, or to publish")
	}
}

func TestTheFunnelShowsWhereMembersLeaveAndWhatTheScriptHasNoMore(t *testing.T) {
	h := open(t)
	h.counts = fixedCounts{{Step: "help", Version: 1, Lang: bot.Fa, Entered: 9, Last: 4, Officer: 2}, {Step: "gone_by", Version: 1, Lang: bot.En, Entered: 3, Last: 1}}
	html := h.get(t, "/studio/flow/help/funnel").Body.String()
	pagetest.Look(t, "the funnel", html, bot.En)
	for _, want := range []string{`<td class="number"><b>4</b></td>`, "Write your question", "gone_by", "no longer there", `<option value="1">v1</option>`} {
		if !strings.Contains(html, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if html := h.get(t, "/studio/flow/help/funnel?lang=fa").Body.String(); strings.Contains(html, "gone_by") {
		t.Error("another language is counted")
	}
	if html := h.get(t, "/studio").Body.String(); !strings.Contains(html, `<a href="/studio/flow/help/funnel">12</a>`) {
		t.Error("the list does not tell how often it was used")
	}
}
