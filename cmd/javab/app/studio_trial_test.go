package app

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/studio"
	"javab/webhook/studioweb"
)

// boats is a script of a draft; its words are nowhere else in the content.
const boats = `flow: boats
title: {fa: "\u0645\u062a\u0646", ar: "\u0646\u0635", en: "Boats"}
enter:
  phrasings:
    en: [my barge has sunk, the barge went down]
steps:
  - id: sunk
    ask: {fa: "\u0645\u062a\u0646", ar: "\u0646\u0635", en: "Which barge?"}
    expect: {account: {max: 3000, files: 3}}
    save: barge
    end: done
`

func tries(t *testing.T, h *house, stage *trialStage, body string, acts ...studioweb.Act) studioweb.Tried {
	t.Helper()
	tried, err := stage.Try(t.Context(), "s1", studioweb.Trial{Flow: "boats", Body: []byte(body), Lang: bot.En, Acts: acts})
	if err != nil {
		found, _ := h.studio.Check(t.Context(), "s1", "boats.yaml", []byte(body))
		t.Fatal(err, found)
	}
	return tried
}

// where are the steps at which the bot spoke.
func where(tried studioweb.Tried) string {
	var at []string
	for _, line := range tried.Lines {
		if line.Who == "bot" {
			at = append(at, line.Flow+"/"+line.Step)
		}
	}
	return strings.Join(at, " ")
}

func TestATrialUnderstandsWhatTheDraftHasTaughtAndTheLiveContentHasNot(t *testing.T) {
	h := openedHouse(t, t.TempDir())
	defer h.close()
	stage := &trialStage{house: h}
	body := strings.ReplaceAll(boats, "    end: done\n", "  - id: thanks\n    end: done\n")
	said := []studioweb.Act{{Do: studioweb.Says, What: "my barge has sunk"}, {Do: studioweb.Taps, What: "English"}}
	if got := where(tries(t, h, stage, body, said...)); !strings.Contains(got, "boats/sunk") {
		t.Errorf("the draft's words lead to %s", got)
	}
	if got := where(tries(t, h, stage, strings.ReplaceAll(body, "barge", "raft"), said...)); strings.Contains(got, "boats/sunk") {
		t.Errorf("after other words the former ones lead to %s", got)
	}
	if match := h.library.Live(); match.Version != 1 {
		t.Errorf("the trial has changed what is live: version %d", match.Version)
	}
}

func TestATrialTakesFilesAndGoesOnWhenTheChamberOpens(t *testing.T) {
	h := openedHouse(t, t.TempDir())
	defer h.close()
	stage := &trialStage{house: h}
	body := strings.ReplaceAll(boats, "    end: done\n", "  - id: thanks\n    end: done\n")
	tried := tries(
		t, h, stage, body, studioweb.Act{Do: studioweb.Begins},
		studioweb.Act{Do: studioweb.Sends, What: "photo", Value: "This one"}, studioweb.Act{Do: studioweb.Waits, What: studioweb.Opening},
	)
	if !strings.Contains(string(tried.Chat), "member sends photo.jpg\n  This one\n") {
		t.Errorf("the dialogue is\n%s", tried.Chat)
	}
	if !tried.Now.After(opening) || !opened(t, tried.Now) {
		t.Errorf("it is %s", tried.Now)
	}
	written, err := dialogue.Parse("boats.chat", tried.Chat)
	if err != nil || len(written.Blocks) == 0 {
		t.Errorf("what is kept cannot be read: %v", err)
	}
	_, err = stage.Try(t.Context(), "s1", studioweb.Trial{Flow: "boats", Body: []byte(body), Lang: bot.En, Acts: []studioweb.Act{{Do: studioweb.Sends, What: "elephant"}}})
	if bot.KindOf(err) != bot.Invalid {
		t.Errorf("an unknown kind of file: %v", err)
	}
}

// opened reports whether the chamber is open then.
func opened(t *testing.T, at time.Time) bool {
	t.Helper()
	hours, err := workingHours(opening)
	if err != nil {
		t.Fatal(err)
	}
	return hours.For("").Open(at)
}

func TestADialogueThatCannotBeReadIsAProblemWithItsLine(t *testing.T) {
	h := openedHouse(t, t.TempDir())
	defer h.close()
	content := studioContent{h.studio, h.library, &content.Reader{}}
	const name = "home.courtesy.fa.chat"
	found, err := content.Check(t.Context(), "s1", name, []byte("language fa\n\nnobody\n"))
	if err != nil || len(problemsOf(found, name)) != 1 || problemsOf(found, name)[0].Line != 3 {
		t.Errorf("%v, %v", found, err)
	}
	folder, err := studio.ReadFolder(h.studio.BuiltIn)
	if err != nil {
		t.Fatal(err)
	}
	if found, err = content.Check(t.Context(), "s1", name, folder[name]); err != nil || len(problemsOf(found, name)) != 0 {
		t.Errorf("one that can be read: %v, %v", found, err)
	}
}

func problemsOf(found []flows.Problem, name string) (list []flows.Problem) {
	for _, p := range found {
		if p.File == name {
			list = append(list, p)
		}
	}
	return list
}
