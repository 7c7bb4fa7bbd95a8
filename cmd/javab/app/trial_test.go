package app

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/dialogue"
)

// TestATrialOfOurContentIsADialogueThatPasses tries the complaint as an admin would: from a step on, with an action that
// fails, over night, in every language; what he then copies must play the same.
func TestATrialOfOurContentIsADialogueThatPasses(t *testing.T) {
	theatre, err := openTheatre(builtIn(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range bot.Langs {
		trial := dialogue.NewTrial(theatre.world, lang)
		first := func() string {
			for _, line := range trial.Lines() {
				if line.Live && len(line.Choices) > 0 {
					return line.Choices[0]
				}
			}
			return ""
		}
		for i, do := range []func() error{
			func() error { return trial.Send(t.Context(), "/complaint") },
			func() error { return trial.Jump(t.Context(), "complaint", "group") },
			func() error { return trial.Press(t.Context(), first()) },
			func() error {
				err := trial.SkipToOpening(t.Context())
				if now := trial.Now(); !theatre.hours.For("").Open(now) || !now.After(opening.Add(time.Hour)) {
					t.Errorf("it is %s", now)
				}
				return err
			},
			func() error { return trial.Pretend(t.Context(), "case.open", "ok") },
			func() error { return trial.Set(t.Context(), "category", "complaints/card_delivery") },
			func() error { return trial.Set(t.Context(), "story", "It never came") },
			func() error { return trial.Jump(t.Context(), "complaint", "summary") },
			func() error { return trial.Press(t.Context(), first()) },
			func() error { return trial.Pretend(t.Context(), "case.open", "unavailable") },
			func() error { return trial.Jump(t.Context(), "complaint", "submit") },
			func() error { return trial.Advance(t.Context(), 24*time.Hour) },
		} {
			if err := do(); err != nil {
				t.Fatalf("%s, %d: %v\n%s", lang, i, err, trial.Chat())
			}
		}
		written, err := dialogue.Parse("trial.chat", trial.Chat())
		if err != nil {
			t.Fatal(err)
		}
		now, err := dialogue.Play(t.Context(), theatre.world(), written)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range dialogue.Compare(written, now) {
			t.Errorf("%s: %s\n%s", lang, d, trial.Chat())
		}
	}
}
