package dialogue

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
)

// arrange carries out what a block of the stage says: where the conversation begins, what a variable holds, how an
// action ends.
func (c *Conversation) arrange(ctx context.Context, act string) ([]Block, error) {
	verb, object, _ := strings.Cut(act, " ")
	name, value, _ := strings.Cut(object, " ")
	switch verb {
	case "begins":
		return c.begins(ctx, object)
	case "sets":
		return nil, c.sets(ctx, name, value)
	case "feigns":
		return nil, c.feign(name, value)
	}
	return nil, fmt.Errorf("the stage begins FLOW/STEP, sets VARIABLE VALUE, or feigns ACTION OUTCOME")
}

func (c *Conversation) program() *flows.Program { return c.turn.Content.Live().Program }

// begins lets the conversation go on at a step, with the variables that are set, whoever had the chat. What lies in a
// form stays there: the form that begins is empty.
func (c *Conversation) begins(ctx context.Context, where string) ([]Block, error) {
	if flow, step, _ := strings.Cut(where, "/"); !c.program().HasStep(flow, step) {
		return nil, &bot.Error{Kind: bot.Invalid, Key: "trial_step", Params: map[string]string{"Step": where}}
	}
	err := c.edit(ctx, func(chat *bot.Chat, st *flows.State) {
		if chat.Mode != "" {
			chat.Mode = bot.ModeBot
		}
		st.Left = nil
		maps.DeleteFunc(st.Vars, func(_ string, v bot.Value) bool { return v.Kept })
	})
	if err != nil {
		return nil, err
	}
	return c.take(ctx, bot.Inbound{Kind: bot.KindEvent, Event: bot.EventEnter, Flow: where})
}

// maxSet bounds what a variable can be set to: the state of the chat holds it.
const maxSet = 1000

// sets gives a variable a value: an entry of the content when it is one ("complaints/card"), else a text. Without a
// value it is unset.
func (c *Conversation) sets(ctx context.Context, name, value string) error {
	if name == "" || len(value) > maxSet {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_value", Params: map[string]string{"Name": name}}
	}
	return c.edit(ctx, func(_ *bot.Chat, st *flows.State) {
		if value == "" {
			delete(st.Vars, name)
			return
		}
		held := bot.Value{Text: value}
		if _, known := c.program().Entry(value); known {
			held = bot.Value{Ref: value}
		}
		if st.Vars == nil {
			st.Vars = map[string]bot.Value{}
		}
		st.Vars[name] = held
	})
}

// feign lets an action end in one of its outcomes from now on; an empty outcome lets it really happen again.
func (c *Conversation) feign(action, outcome string) error {
	if outcome == "" {
		delete(c.notes.feigns, action)
		return nil
	}
	if _, known := flows.ActionSpecs[action].Outcomes[outcome]; !known {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_outcome", Params: map[string]string{"Action": action, "Outcome": outcome}}
	}
	c.notes.feigns[action] = outcome
	return nil
}

// state is where the conversation stands, with the chat that holds it.
func state(chat bot.Chat) (st flows.State, err error) {
	if len(chat.State) > 0 {
		err = json.Unmarshal(chat.State, &st)
	}
	return st, err
}

// edit changes the chat behind the back of the member.
func (c *Conversation) edit(ctx context.Context, change func(*bot.Chat, *flows.State)) error {
	var changed bot.Chat
	err := c.store.Do(ctx, func(tx converse.Tx) error {
		at, err := tx.Chat(ctx, chat)
		if err != nil {
			return err
		}
		st, err := state(at)
		if err != nil {
			return err
		}
		change(&at, &st)
		if at.State, err = json.Marshal(st); err != nil {
			return err
		}
		at.Rev = int64(c.turn.Random() >> 1)
		changed = at
		_, err = tx.Append(ctx, converse.Rows{Chat: &at}, bot.Lease{})
		return err
	})
	if err != nil {
		return fmt.Errorf("arrange the chat: %w", err)
	}
	c.turn.Hot.Put(changed)
	return nil
}

// feignedFor is how far in the future the instants lie that a feigned outcome names.
const feignedFor = 72 * time.Hour

// sample is what a feigned outcome gives the script: a value of the right kind for each variable that it surely sets.
func (c *Conversation) sample(call bot.Call, outcome string) bot.Result {
	spec := flows.ActionSpecs[call.Action]
	result := bot.Result{Outcome: outcome, Vars: map[string]bot.Value{}}
	for _, name := range spec.Outcomes[outcome] {
		result.Vars[name] = c.sampled(name, spec.Lists[name])
	}
	return result
}

// instants are the last words of the names of variables that hold one.
var instants = []string{"due", "notice", "first_answer", "opened", "reopen_until", "opening", "closing"}

func (c *Conversation) sampled(name, list string) bot.Value {
	_, word, dotted := strings.Cut(name, ".")
	if !dotted {
		word = name
	}
	entries := c.program().Entries(list)
	switch {
	case len(entries) > 0 && !dotted: // several of them
		return bot.Value{Items: []bot.Item{{ID: list + "/" + entries[0].ID, Ref: list + "/" + entries[0].ID}}}
	case len(entries) > 0:
		return bot.Value{Ref: list + "/" + entries[0].ID}
	case slices.Contains(instants, word):
		return bot.Value{At: c.now.Add(feignedFor).UnixMilli()}
	case word == "number":
		return bot.Value{Text: feignedNumber()}
	case word == "cases":
		return bot.Value{Items: []bot.Item{{ID: feignedNumber(), Label: feignedNumber()}}}
	case word == "approvals":
		return bot.Value{Items: []bot.Item{{ID: "1", Label: "1"}}}
	}
	return bot.Value{Text: "1"}
}

// feignedNumber is the number of a case that is not there.
func feignedNumber() string { return bot.CaseNumber{Year: 1405, Seq: 1}.String() }
