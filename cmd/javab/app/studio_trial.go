package app

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/flows"
	"javab/flows/content"
	"javab/webhook/studioweb"
)

// trialStage plays scripts that nobody has published, in the same world as the dialogues: what is kept of a trial plays the same.
type trialStage struct{ *house }

// Try implements studioweb.Stage. A trial is played whole each time: nothing of it is kept between two requests, so that
// any instance can go on with it.
func (s *trialStage) Try(ctx context.Context, who bot.StaffID, t studioweb.Trial) (studioweb.Tried, error) {
	bundle, err := s.studio.Bundle(ctx, who, t.Flow+".yaml", t.Body)
	if err != nil {
		return studioweb.Tried{}, err
	}
	if bundle == nil {
		return studioweb.Tried{}, &bot.Error{Kind: bot.Invalid, Key: "studio_trial_broken"}
	}
	script := scriptOf(bundle, t.Flow)
	theatre, err := s.theatre(bundle)
	if err != nil {
		return studioweb.Tried{}, err
	}
	trial := dialogue.NewTrial(theatre.world, t.Lang)
	for _, act := range t.Acts {
		if err := perform(ctx, trial, script, act); err != nil {
			return studioweb.Tried{}, err
		}
	}
	return tried(ctx, trial, script)
}

// theatre plays a bundle. Free texts mean what they would mean if it were live; nobody waits until it is trained.
func (s *trialStage) theatre(bundle *content.Bundle) (*theatre, error) {
	live := *s.library.live.Load()
	live.knowledge, live.script = s.library.reader.knowledge(bundle), scripted(bundle, 0)
	l := &library{reader: s.library.reader}
	l.live.Store(&live)
	hours, err := workingHours(opening)
	return &theatre{library: l, hours: hours, start: opening, seed: 1, learnt: true}, err
}

func scriptOf(bundle *content.Bundle, flow string) *flows.Script {
	for _, script := range bundle.Scripts {
		if script.Flow.Text == flow {
			return script
		}
	}
	return &flows.Script{}
}

// perform does one thing in a trial.
func perform(ctx context.Context, t *dialogue.Trial, script *flows.Script, act studioweb.Act) error {
	switch act.Do {
	case studioweb.Says:
		return t.Send(ctx, act.What)
	case studioweb.Taps:
		return t.Press(ctx, act.What)
	case studioweb.Sends:
		return t.SendFile(ctx, act.What, act.Value)
	case studioweb.Begins:
		step := act.What
		if step == "" && len(script.Steps) > 0 {
			step = script.Steps[0].ID.Text
		}
		return t.Jump(ctx, script.Flow.Text, step)
	case studioweb.Sets:
		return t.Set(ctx, act.What, act.Value)
	case studioweb.Feigns:
		return t.Pretend(ctx, act.What, act.Value)
	case studioweb.Waits:
		if act.What == studioweb.Opening {
			return t.SkipToOpening(ctx)
		}
		hours, _ := strconv.Atoi(act.What)
		return t.Advance(ctx, time.Duration(hours)*time.Hour)
	}
	return &bot.Error{Kind: bot.Invalid, Key: "studio_trial"}
}

// tried tells how a trial went.
func tried(ctx context.Context, t *dialogue.Trial, script *flows.Script) (told studioweb.Tried, err error) {
	for _, l := range t.Lines() {
		told.Lines = append(told.Lines, studioweb.Line{Who: l.Who, Act: l.Act, Text: l.Text, Flow: l.Flow, Step: l.Step, Keys: l.Choices, Live: l.Live})
	}
	if told.Flow, told.Step, err = t.Where(ctx); err != nil {
		return told, err
	}
	vars, err := t.Vars(ctx)
	for _, v := range vars {
		told.Vars = append(told.Vars, studioweb.Var(v))
	}
	told.Actions, told.Now, told.Chat = actionsOf(script, t.Pretended()), t.Now(), t.Chat()
	return told, err
}

// actionsOf are the actions that a script asks for.
func actionsOf(script *flows.Script, feigned map[string]string) (list []studioweb.Acted) {
	known := map[string]bool{}
	for _, step := range script.Steps {
		do, is := step.Body.(*flows.DoStep)
		if !is || known[do.Action.Text] {
			continue
		}
		known[do.Action.Text] = true
		list = append(list, studioweb.Acted{
			Name: do.Action.Text, Outcomes: slices.Sorted(maps.Keys(flows.ActionSpecs[do.Action.Text].Outcomes)), Feigned: feigned[do.Action.Text],
		})
	}
	return list
}
