package trainingweb

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/training"
	"javab/webhook/page/pagetest"
)

// noon is when the tests happen.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

// fake is the sandboxes and what was practised.
type fake struct {
	all   []*training.Persona
	now   *Running
	done  []training.Exercise
	did   string
	deny  error
	reads error
}

func (f *fake) Personas() []*training.Persona { return f.all }

func (f *fake) Start(_ context.Context, by bot.Staff, persona string, lang bot.Lang) error {
	f.did += string(by.ID) + " starts " + persona + " " + string(lang) + "\n"
	return f.deny
}

func (f *fake) Running(bot.StaffID) (Running, bool) {
	if f.now == nil {
		return Running{}, false
	}
	return *f.now, true
}

func (f *fake) Finish(_ context.Context, by bot.StaffID) error {
	f.did += string(by) + " finishes\n"
	return f.deny
}

func (f *fake) Leave(by bot.StaffID) { f.did += string(by) + " leaves\n" }

func (f *fake) Done(_ context.Context, by bot.Staff) ([]training.Exercise, []bot.Staff, error) {
	return f.done, []bot.Staff{by, {ID: "2", Name: "Omid"}}, f.reads
}

type house struct {
	*fake
	*pagetest.Site
}

func open(t *testing.T, role bot.Role) *house {
	t.Helper()
	all, err := training.Load(os.DirFS("../../flows/personas"))
	if err != nil {
		t.Fatal(err)
	}
	me := bot.Staff{ID: "1", Name: "Sara", Role: role, Lang: bot.En}
	h := &house{fake: &fake{all: all}, Site: pagetest.Open(t, me, func() time.Time { return noon })}
	web := &Training{Shell: h.Frame, Practice: h.fake, Results: h.fake}
	if err := web.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) asks(t *testing.T, method, path string, form url.Values, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, method, path, form, cookies...))
}

// found is a checklist with one item of each verdict.
func (h *house) found() []training.Finding {
	checks := h.all[0].Checks
	return []training.Finding{
		{Item: checks[0], Verdict: training.Met, Line: 7},
		{Item: checks[1], Verdict: training.NotAsk},
		{Item: checks[2], Verdict: training.Unmet, Line: 9},
		{Item: checks[3], Verdict: training.Unmet},
	}
}

func (h *house) practises() {
	h.now = &Running{
		Exercise: training.Exercise{ID: "x", Staff: "1", Persona: h.all[0].ID, Lang: bot.Ar, Began: noon, Met: 1, Of: 3},
		Persona:  h.all[0], Chat: "tg:training:1",
	}
}

func TestEveryPageIsWholeInEveryLanguageAndForEveryReader(t *testing.T) {
	for _, role := range []bot.Role{bot.RoleOfficer, bot.RoleManager} {
		h := open(t, role)
		look := func(name, path string) {
			for _, lang := range bot.Langs {
				answer := h.asks(t, "GET", path, nil, "javab_lang="+string(lang))
				if answer.Code != http.StatusOK {
					t.Fatalf("%s answers %d", path, answer.Code)
				}
				pagetest.Look(t, name+" "+string(lang), answer.Body.String(), lang)
				if pagetest.Files(t, answer.Body.String(), h.Frame.Assets) < 5 {
					t.Errorf("%s has no style", name)
				}
			}
		}
		look("empty", "/training")
		h.done = []training.Exercise{
			{ID: "a", Staff: "1", Persona: "renewal", Lang: bot.Fa, Began: noon, Ended: noon, Met: 7, Of: 9},
			{ID: "b", Staff: "2", Persona: "gone", Lang: bot.En, Began: noon, Ended: noon, Met: 0, Of: 9},
		}
		h.practises()
		look("under way", "/training")
		h.now.Found = h.found()
		look("finished", "/training")
		look("checklist", "/training/result")
		if missed := h.Missed(); len(missed) > 0 {
			t.Errorf("the catalogs lack %v", missed)
		}
	}
}

func TestAnExerciseIsChosenWithTheMembersLanguageAndLeadsToItsDesk(t *testing.T) {
	h := open(t, bot.RoleOfficer)
	body := h.asks(t, "GET", "/training", nil).Body.String()
	for _, p := range h.all {
		if !strings.Contains(body, p.Title.En) || !strings.Contains(body, `name="persona" value="`+p.ID+`"`) {
			t.Errorf("%s is not offered", p.ID)
		}
	}
	answer := h.asks(t, "POST", "/training/start", url.Values{"persona": {"refund"}, "lang": {"ar"}})
	if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != "/training/desk" || h.did != "1 starts refund ar\n" {
		t.Errorf("%d to %s: %s", answer.Code, answer.Header().Get("Location"), h.did)
	}
}

func TestWhatIsRefusedIsSaidAboveTheExercises(t *testing.T) {
	h := open(t, bot.RoleOfficer)
	h.deny = &bot.Error{Kind: bot.Unavailable, Key: "training_full"}
	for _, path := range []string{"/training/start", "/training/finish"} {
		answer := h.asks(t, "POST", path, url.Values{"persona": {"refund"}})
		body := answer.Body.String()
		if answer.Code != http.StatusServiceUnavailable || !strings.Contains(body, "All practice desks are taken") || !strings.Contains(body, h.all[0].Title.En) {
			t.Errorf("%s answers %d", path, answer.Code)
		}
	}
	h.reads = &bot.Error{Kind: bot.Unavailable, Key: "error.internal"}
	if answer := h.asks(t, "GET", "/training", nil); answer.Code != http.StatusServiceUnavailable {
		t.Errorf("without its results the page answers %d", answer.Code)
	}
}

func TestTheChecklistShowsFirstWhatIsToBeLearntWithAdviceAndTheMessage(t *testing.T) {
	h := open(t, bot.RoleOfficer)
	if answer := h.asks(t, "GET", "/training/result", nil); answer.Header().Get("Location") != "/training" {
		t.Error("there is a checklist of nothing")
	}
	h.practises()
	if answer := h.asks(t, "GET", "/training/result", nil); answer.Header().Get("Location") != "/training" {
		t.Error("there is a checklist of what is still under way")
	}
	h.now.Found = h.found()
	body := h.asks(t, "GET", "/training/result", nil).Body.String()
	checks := h.all[0].Checks
	at := func(words string) int { return strings.Index(body, strings.ReplaceAll(words, "'", "&#39;")) }
	if first, then, last := at(checks[2].Title.En), at(checks[0].Title.En), at(checks[1].Title.En); first < 0 || then < first || last < then {
		t.Errorf("the items stand at %d, %d and %d", first, then, last)
	}
	if at(checks[2].Advice.En) < 0 || at(checks[0].Advice.En) >= 0 || !strings.Contains(body, `href="/training/desk/tg:training:1#line-9"`) || !strings.Contains(body, "1 of 3") {
		t.Errorf("advice, message or score is wrong: %s", body)
	}
}

func TestOnlyWhoStandsOverOthersReadsTheirNames(t *testing.T) {
	for role, want := range map[bot.Role]bool{bot.RoleOfficer: false, bot.RoleManager: true} {
		h := open(t, role)
		h.done = []training.Exercise{{ID: "b", Staff: "2", Persona: "refund", Lang: bot.En, Ended: noon, Met: 3, Of: 9}}
		if body := h.asks(t, "GET", "/training", nil).Body.String(); strings.Contains(body, "Omid") != want {
			t.Errorf("a %s reads names: %v", role, !want)
		}
	}
}

func TestAnExerciseIsLeftWithoutATrace(t *testing.T) {
	h := open(t, bot.RoleOfficer)
	answer := h.asks(t, "POST", "/training/leave", nil)
	if answer.Header().Get("Location") != "/training" || h.did != "1 leaves\n" {
		t.Errorf("to %s: %s", answer.Header().Get("Location"), h.did)
	}
}
