package cases_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

// The ways of a channel.
const (
	works   = ""
	away    = "away"    // what is sent waits
	blocks  = "blocks"  // the member has blocked the bot
	refuses = "refuses" // the messenger refuses what is sent, for good
)

// settled is an office with a case that somebody works on, whose messages are carried.
func settled(t *testing.T, kind bot.CaseKind) *office {
	t.Helper()
	o := filed(t, 24)
	o.change(func(c *bot.Case) { c.Kind, c.State, c.Holder, c.AnsweredAt = kind, bot.InWork, "sara", o.now })
	return o
}

// proposed is the same after two hours of work, with a result on its way.
func proposed(t *testing.T, kind bot.CaseKind) *office {
	t.Helper()
	o := settled(t, kind)
	o.live("2026-11-22 12:00")
	o.propose("The card is printed.")
	return o
}

func (o *office) propose(result string) {
	o.t.Helper()
	o.do(func(tx storage.Tx) error { return o.keeper.Propose(o.t.Context(), tx, o.number, result) })
}

func (o *office) called(outcome bot.TaskOutcome) {
	o.t.Helper()
	o.do(func(tx storage.Tx) error { return o.keeper.Called(o.t.Context(), tx, o.number, outcome) })
}

// live lets time pass to an instant in Tehran, with a round and a courier every five minutes.
func (o *office) live(to string) {
	o.t.Helper()
	end := o.at(to)
	for ; !o.now.After(end); o.now = o.now.Add(5 * time.Minute) {
		o.tick()
	}
	o.now = end
	o.tick()
}

func (o *office) tick() {
	o.t.Helper()
	if o.channel != away {
		if err := o.store.ChannelSeen(o.t.Context(), "tg", o.now); err != nil {
			o.t.Fatal(err)
		}
		o.carry()
	}
	if err := o.keeper.Round(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// carry sends what waits, as far as the channel lets it.
func (o *office) carry() {
	o.t.Helper()
	for {
		o.seed++
		lease := bot.Lease{Owner: "courier", Token: int64(o.seed), Until: o.now.Add(time.Hour)}
		jobs, err := o.store.Claim(o.t.Context(), deliver.Claim{Kinds: []bot.JobKind{bot.JobSend}, N: 10, Now: o.now, Lease: lease})
		if err != nil {
			o.t.Fatal(err)
		}
		if len(jobs) == 0 {
			return
		}
		for _, j := range jobs {
			finish := deliver.Finish{Job: j.ID, Token: lease.Token, Key: j.Key, Lane: j.Lane, Ending: deliver.Done, At: o.now}
			if o.channel != works {
				finish.Ending, finish.Blocked = deliver.GaveUp, o.channel == blocks
			}
			if _, err := o.store.Finish(o.t.Context(), []deliver.Finish{finish}); err != nil {
				o.t.Fatal(err)
			}
			if finish.Ending == deliver.Done {
				o.reads(j)
			}
		}
	}
}

// reads keeps the buttons of what the member got last.
func (o *office) reads(j bot.Job) {
	o.t.Helper()
	var m bot.Outbound
	if err := json.Unmarshal(j.Payload, &m); err != nil {
		o.t.Fatal(err)
	}
	o.buttons = m.Choices
}

// writes is a word of the member's that has nothing to do with the case.
func (o *office) writes() {
	o.t.Helper()
	o.do(func(tx storage.Tx) error {
		_, err := tx.Append(o.t.Context(), converse.Rows{Messages: []bot.Message{{
			Chat: o.key, At: o.now, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: "hello",
		}}}, bot.Lease{})
		return err
	})
}

// presses presses a button of the last message, as the flow that answers it does.
func (o *office) presses(label string) string {
	o.t.Helper()
	i := slices.IndexFunc(o.buttons, func(c bot.Choice) bool { return c.Label == label })
	if i < 0 {
		o.t.Fatalf("no button %q among %v", label, o.buttons)
	}
	press, ok := bot.ParseCasePress(o.buttons[i].Data)
	if !ok || len(o.buttons[i].Data) > 64 {
		o.t.Fatalf("a button says %q", o.buttons[i].Data)
	}
	return o.asks("case."+string(press.Button), "round", strconv.Itoa(press.Round), "rating", press.Answer)
}

// asks calls an action for the member and returns how it ended.
func (o *office) asks(action string, with ...string) string {
	o.t.Helper()
	return o.ends(action, with...).Outcome
}

// ends is the same with all that the action says.
func (o *office) ends(action string, with ...string) bot.Result {
	o.t.Helper()
	call := bot.Call{Action: action, With: map[string]string{"number": o.number.String()}, Event: action, Now: o.now}
	for i := 0; i < len(with); i += 2 {
		call.With[with[i]] = with[i+1]
	}
	var result bot.Result
	o.do(func(tx storage.Tx) (err error) {
		if call.Chat, err = tx.Chat(o.t.Context(), o.key); err != nil {
			return err
		}
		result, err = o.keeper.Actions()[action](o.t.Context(), tx, call)
		return err
	})
	return result
}

// tasks are those of the case.
func (o *office) tasks() (list []bot.Task) {
	o.t.Helper()
	id := o.of().ID
	o.do(func(tx storage.Tx) (err error) {
		list, err = tx.Tasks(o.t.Context(), id)
		return err
	})
	return list
}

// story is what the timeline says happened, a line each, from the proposal on.
func (o *office) story() string {
	o.t.Helper()
	entries, err := o.store.ReadTimeline(o.t.Context(), o.of().ID)
	if err != nil {
		o.t.Fatal(err)
	}
	var lines []string
	for _, e := range entries {
		if len(lines) > 0 || e.What == cases.Proposed {
			lines = append(lines, strings.TrimSpace(o.instant(e.At)+" "+e.What+" "+e.Text))
		}
	}
	return strings.Join(lines, "\n")
}

// told counts the messages to the member that begin with a text.
func (o *office) told(id string) (n int) {
	o.t.Helper()
	for _, words := range o.said() {
		if strings.HasPrefix(words, id+" ") || words == id {
			n++
		}
	}
	return n
}

func story(lines ...string) string { return strings.Join(lines, "\n") }
