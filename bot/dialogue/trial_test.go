package dialogue_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/dialogue"
)

func try(t *testing.T, lang bot.Lang) *dialogue.Trial {
	t.Helper()
	return dialogue.NewTrial(func() dialogue.World { return stage(t) }, lang)
}

// must fails the test when something could not be done.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused is the key of the sentence that says why something could not be done.
func refused(err error) string {
	if e, ok := errors.AsType[*bot.Error](err); ok {
		return e.Key
	}
	return fmt.Sprint(err)
}

// choice is the label of the nth button that can be pressed.
func choice(t *testing.T, trial *dialogue.Trial, n int) string {
	t.Helper()
	var labels []string
	for _, line := range trial.Lines() {
		if line.Live {
			labels = append(labels, line.Choices...)
		}
	}
	if n >= len(labels) {
		t.Fatalf("there are only the buttons %q", labels)
	}
	return labels[n]
}

// last is the last line of a trial.
func last(t *testing.T, trial *dialogue.Trial) dialogue.Line {
	t.Helper()
	lines := trial.Lines()
	if len(lines) == 0 {
		t.Fatal("nothing was said")
	}
	return lines[len(lines)-1]
}

// passes fails the test unless the trial, written down, plays the same again.
func passes(t *testing.T, trial *dialogue.Trial) {
	t.Helper()
	written := parse(t, string(trial.Chat()))
	played, err := dialogue.Play(t.Context(), stage(t), written)
	if err != nil {
		t.Fatalf("%v\n%s", err, trial.Chat())
	}
	for _, d := range dialogue.Compare(written, played) {
		t.Errorf("%s\n%s", d, trial.Chat())
	}
}

func TestATrialIsADialogueThatPassesInEveryLanguage(t *testing.T) {
	for _, lang := range bot.Langs {
		t.Run(string(lang), func(t *testing.T) {
			trial := try(t, lang)
			must(t, trial.Send(t.Context(), "/start"))
			must(t, trial.Press(t.Context(), choice(t, trial, 0)))
			must(t, trial.Send(t.Context(), "The card\n\n[never] came\n[at all]"))
			must(t, trial.SendFile(t.Context(), "photo", "[it]"))
			must(t, trial.Advance(t.Context(), time.Hour))
			must(t, trial.Press(t.Context(), choice(t, trial, 0)))
			must(t, trial.Pretend(t.Context(), "case.open", "unavailable"))
			must(t, trial.Press(t.Context(), choice(t, trial, 0)))
			if got := last(t, trial); got.Who != "queue" {
				t.Errorf("it ended with %+v", got)
			}
			must(t, trial.Set(t.Context(), "description", "Another one"))
			must(t, trial.Jump(t.Context(), "complaint", "confirm"))
			if got := last(t, trial); got.Flow != "complaint" || got.Step != "confirm" || !strings.Contains(got.Text, "Another") || !got.Live {
				t.Errorf("it goes on with %+v", got)
			}
			must(t, trial.Pretend(t.Context(), "case.open", ""))
			must(t, trial.Press(t.Context(), choice(t, trial, 0)))
			if got := last(t, trial); got.Step != "opened" || !strings.Contains(string(trial.Chat()), "program case.open category=card kind=complaint: ok") || !strings.Contains(string(trial.Chat()), "  [never] came\n  at all\n") {
				t.Errorf("it ended with %+v\n%s", got, trial.Chat())
			}
			if trial.Lang() != lang || !strings.HasPrefix(string(trial.Chat()), "language "+string(lang)) {
				t.Errorf("the language is %s", trial.Lang())
			}
			passes(t, trial)
		})
	}
}

func TestATrialBeginsAtAnyStep(t *testing.T) {
	trial := try(t, bot.En)
	must(t, trial.Jump(t.Context(), "phone", "own"))
	flow, step, err := trial.Where(t.Context())
	if got := last(t, trial); err != nil || flow != "phone" || step != "own" || got.Text != "Send us your number." {
		t.Errorf("it stands at %s/%s (%v) and says %q", flow, step, err, got.Text)
	}
	if err := trial.Jump(t.Context(), "phone", "nowhere"); refused(err) != "trial_step" {
		t.Error(err)
	}
	passes(t, trial)
}

func TestABotThatHandedOverTalksAgainAfterAJump(t *testing.T) {
	trial := try(t, bot.En)
	must(t, trial.Jump(t.Context(), "complaint", "human"))
	must(t, trial.Jump(t.Context(), "complaint", "describe"))
	must(t, trial.Send(t.Context(), "It is late"))
	if got := last(t, trial); got.Who != "bot" || got.Step != "describe" {
		t.Errorf("got %+v", got)
	}
	passes(t, trial)
}

func TestVariablesAreShownAndCanBeSet(t *testing.T) {
	trial := try(t, bot.En)
	if vars, err := trial.Vars(t.Context()); err != nil || len(vars) > 0 {
		t.Errorf("before it began there are %v (%v)", vars, err)
	}
	must(t, trial.Set(t.Context(), "b", "two  words"))
	must(t, trial.Set(t.Context(), "a", "1"))
	must(t, trial.Set(t.Context(), "c", "3"))
	must(t, trial.Set(t.Context(), "c", ""))
	must(t, trial.Jump(t.Context(), "complaint", "describe"))
	must(t, trial.Send(t.Context(), "It is late"))
	vars, err := trial.Vars(t.Context())
	want := []dialogue.Var{{Name: "a", Value: "1"}, {Name: "b", Value: "two words"}, {Name: "description", Label: "It is late", Fixed: true}}
	if err != nil || fmt.Sprint(vars) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v (%v)", vars, want, err)
	}
	for _, wrong := range [][2]string{{"", "x"}, {"x", strings.Repeat("x", 2000)}} {
		if err := trial.Set(t.Context(), wrong[0], wrong[1]); refused(err) != "trial_value" {
			t.Errorf("%.10q: %v", wrong, err)
		}
	}
	passes(t, trial)
}

func TestPretendedOutcomesGiveWhatTheScriptTells(t *testing.T) {
	trial := try(t, bot.En)
	must(t, trial.Pretend(t.Context(), "case.open", "ok"))
	must(t, trial.Jump(t.Context(), "complaint", "open"))
	if chat := string(trial.Chat()); !strings.Contains(chat, "Your number is JV-1405-000001-") {
		t.Error(chat)
	}
	if got := trial.Pretended(); len(got) != 1 || got["case.open"] != "ok" {
		t.Errorf("got %v", got)
	}
	for _, wrong := range [][2]string{{"case.open", "missing"}, {"nothing", "ok"}} {
		if err := trial.Pretend(t.Context(), wrong[0], wrong[1]); refused(err) != "trial_outcome" {
			t.Errorf("%v: %v", wrong, err)
		}
	}
	passes(t, trial)
}

func TestOnlyButtonsThatAreThereCanBePressed(t *testing.T) {
	trial := try(t, bot.En)
	if err := trial.Press(t.Context(), "My number"); refused(err) != "trial_button" {
		t.Error(err)
	}
	must(t, trial.Send(t.Context(), "hello"))
	must(t, trial.Press(t.Context(), "my number"))
	must(t, trial.Press(t.Context(), choice(t, trial, 0))) // it asks for the card
	if chat := string(trial.Chat()); !strings.Contains(chat, "member shares +989121234567") || !strings.Contains(chat, "bot phone/bye") {
		t.Error(chat)
	}
	passes(t, trial)
}

func TestWhatCannotBeDoneLeavesNoLine(t *testing.T) {
	trial := try(t, bot.En)
	for want, err := range map[string]error{
		"trial_words": trial.Send(t.Context(), " \n "),
		"trial_file":  trial.SendFile(t.Context(), "virus", ""),
		"trial_time":  trial.Advance(t.Context(), 32*24*time.Hour),
		"trial_step":  trial.Jump(t.Context(), "home", ""),
	} {
		if refused(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := trial.Send(t.Context(), strings.Repeat("x", 5000)); refused(err) != "trial_words" {
		t.Error(err)
	}
	if err := trial.SkipToOpening(t.Context()); refused(err) != "trial_time" {
		t.Error(err)
	}
	if lines := trial.Lines(); len(lines) > 0 {
		t.Errorf("got %+v", lines)
	}
}

func TestTimeGoesByInATrialAlone(t *testing.T) {
	trial := try(t, bot.En)
	must(t, trial.Advance(t.Context(), 90*time.Minute))
	if got := trial.Now(); !got.Equal(noon.Add(90 * time.Minute)) {
		t.Errorf("it is %s", got)
	}
	trial.Restart(bot.Fa)
	if got := trial.Now(); !got.Equal(noon) || len(trial.Lines()) > 0 || trial.Lang() != bot.Fa {
		t.Errorf("anew it is %s, with %v", got, trial.Lines())
	}
}

func TestATrialIsBounded(t *testing.T) {
	trial := try(t, bot.En)
	var err error
	for range 1000 {
		if err = trial.Set(t.Context(), "a", "1"); err != nil {
			break
		}
	}
	if refused(err) != "trial_full" {
		t.Errorf("got %v after %d lines", err, len(trial.Lines()))
	}
}

func TestManyMayUseOneTrialAtATime(t *testing.T) {
	trial := try(t, bot.En)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				if err := trial.Send(t.Context(), "hello"); err != nil {
					t.Error(err)
				}
				trial.Lines()
				trial.Chat()
			}
		})
	}
	all.Wait()
	passes(t, trial)
}

func TestTrialsEndWhenNobodyTouchesThem(t *testing.T) {
	now := noon
	trials := &dialogue.Trials{Clock: func() time.Time { return now }, Max: 2, Idle: time.Hour}
	one, two, three := try(t, bot.En), try(t, bot.En), try(t, bot.En)
	trials.Begin("one", one)
	now = now.Add(time.Minute)
	trials.Begin("two", two)
	now = now.Add(time.Minute)
	if got, err := trials.Get("one"); err != nil || got != one {
		t.Error(err)
	}
	trials.Begin("three", three) // two was left alone longest
	if _, err := trials.Get("two"); bot.KindOf(err) != bot.NotFound || trials.Len() != 2 {
		t.Errorf("%v, %d trials", err, trials.Len())
	}
	now = now.Add(59 * time.Minute)
	if got, err := trials.Get("three"); err != nil || got != three {
		t.Error(err)
	}
	now = now.Add(time.Minute)
	if _, err := trials.Get("one"); bot.KindOf(err) != bot.NotFound || trials.Len() != 1 {
		t.Errorf("%v, %d trials", err, trials.Len())
	}
}
