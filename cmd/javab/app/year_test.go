package app

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/flows/scripts"
	"javab/storage"
)

// TestMain runs the tests, or with YEAR set no test at all: tools/year then starts this binary and plays a year with the
// house in it. The house is the whole program as it serves, on a database of its own; only its clock, its rounds and its
// messenger are in the hands of whoever started it, who may kill it at any instant.
func TestMain(m *testing.M) {
	if os.Getenv("YEAR") == "" {
		os.Exit(m.Run())
	}
	playYear(context.Background(), os.Stdin, os.Stdout)
}

// playYear reads one order a line and answers each with one, until whoever gives the orders has gone.
func playYear(ctx context.Context, from io.Reader, to io.Writer) {
	y := &year{out: json.NewEncoder(to)}
	orders := json.NewDecoder(bufio.NewReader(from))
	for {
		var o yearOrder
		if err := orders.Decode(&o); err != nil {
			return
		}
		y.tell(y.obey(ctx, o))
	}
}

// yearOrder is what happens at an instant of the year.
type yearOrder struct {
	At int64  // unix ms
	Do string // open, round, hire, action, press, says, blocks, act, decide, hours, days, content, k3

	Chat, Lang, Event string            // of the member's
	Action            string            // of the member's: what a script would ask for
	With              map[string]string // its arguments, or those of an act
	Data, Text        string            // what he presses or writes
	Number, By, Act   string            // of the staff's
}

// yearAnswer is what came of an order, or a message that has reached a member.
type yearAnswer struct {
	Sent    *yearSent          `json:",omitempty"`
	Err     string             `json:",omitempty"` // a fault; a refusal is Refused
	Refused string             `json:",omitempty"`
	Outcome string             `json:",omitempty"`
	Vars    map[string]any     `json:",omitempty"`
	Days    map[string][]int64 `json:",omitempty"` // by unit: when each stretch of working time begins and ends, unix s
	Topics  []yearTopic        `json:",omitempty"`
}

type yearSent struct {
	Chat, Text string
	Presses    []string
}

type yearTopic struct {
	Kind, ID, Unit string
	Hours          int
}

// year is the house and its clock.
type year struct {
	house *house
	now   atomic.Int64
	said  sync.Mutex
	out   *json.Encoder
	away  sync.Map // chats that have blocked the bot

	rounds int
}

func (y *year) clock() time.Time { return time.UnixMilli(y.now.Load()) }

func (y *year) tell(a yearAnswer) {
	y.said.Lock()
	defer y.said.Unlock()
	if err := y.out.Encode(a); err != nil {
		panic(err)
	}
}

func (y *year) obey(ctx context.Context, o yearOrder) (a yearAnswer) {
	y.now.Store(o.At)
	var err error
	switch o.Do {
	case "open":
		err = y.open(ctx)
	case "round":
		err = y.round(ctx)
	case "hire":
		err = y.hire(ctx, o)
	case "action":
		a, err = y.action(ctx, o)
	case "press", "says", "blocks":
		err = y.house.turn.Handle(ctx, y.inbound(o))
	case "act":
		err = y.act(ctx, o)
	case "decide":
		a, err = y.decide(ctx, o)
	case "hours":
		a, err = y.hours(ctx, o)
	case "days":
		a.Days, err = y.days()
	case "content":
		a.Topics = y.topics()
	case "k3":
		a, err = y.inTime(ctx, o)
	default:
		err = fmt.Errorf("no such order: %s", o.Do)
	}
	if err == nil && y.house != nil {
		err = y.settle(ctx)
	}
	if refusal, is := errors.AsType[*bot.Error](err); is && refusal.Kind != bot.Unavailable {
		a.Refused = refusal.Key
	} else if err != nil {
		a.Err = err.Error()
	}
	return a
}

// open puts the house up on the data that is there, as a start after a kill does.
func (y *year) open(ctx context.Context) error {
	e := System()
	e.Clock, e.Stderr = y.clock, os.Stderr
	for _, setting := range os.Environ() {
		if strings.HasPrefix(setting, "JAVAB_") {
			e.Env = append(e.Env, setting)
		}
	}
	config, err := LoadConfig(e.Env, os.TempDir())
	if err != nil {
		return err
	}
	if y.house, err = openHouse(ctx, e, config, scripts.FS); err != nil {
		return err
	}
	h := y.house
	h.courier.Senders = map[bot.ChannelID]deliver.Sender{yearChannel: yearMessenger{y}}
	if config.Database == "" { // as startUp does
		if err := h.store.Release(ctx, h.courier.Owner); err != nil {
			return err
		}
	}
	go h.courier.Run(context.WithoutCancel(ctx))
	return h.store.ChannelSeen(ctx, yearChannel, y.clock())
}

// round is one look of every part that time moves, as rounds and watch take them many times between two orders.
func (y *year) round(ctx context.Context) error {
	h, now := y.house, y.clock()
	if err := errors.Join(h.store.ChannelSeen(ctx, yearChannel, now), h.hours.Refresh(ctx)); err != nil {
		return err
	}
	for range 100 {
		if err := h.keeper.Round(ctx); err != nil {
			return err
		}
		due, err := h.store.DueCases(ctx, now, h.hours.Book().Version, 1)
		if err != nil {
			return err
		}
		if len(due) > 0 {
			continue
		}
		if y.rounds++; y.rounds%3 != 0 { // they are not what the year is about
			return nil
		}
		return errors.Join(h.desk.Round(ctx, now), h.approvals.Round(ctx, now), h.digest.Round(ctx, now))
	}
	return errors.New("the round comes to no end")
}

// settle waits until everything that is due has gone out.
func (y *year) settle(ctx context.Context) error {
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(3 * time.Millisecond) {
		waits, err := y.house.store.Backlog(ctx)
		if err != nil {
			return err
		}
		line := waits.Jobs[bot.JobSend]
		if line.N == 0 || line.Oldest.After(y.clock()) {
			return nil
		}
	}
	return errors.New("messages do not go out")
}

const yearChannel bot.ChannelID = "tg"

func yearChat(native string) bot.ChatKey { return bot.NewChatKey(yearChannel, "javab", native) }

// inbound is what a member sends. Its receipt is the order's event: given twice it acts once.
func (y *year) inbound(o yearOrder) bot.Inbound {
	in := bot.Inbound{
		Receipt: bot.ReceiptKey{Source: yearChannel, ID: o.Event}, Chat: yearChat(o.Chat), Kind: bot.KindText, Text: o.Text,
		From: bot.Sender{ID: o.Chat, Lang: o.Lang}, At: y.clock(),
	}
	switch o.Do {
	case "press":
		in.Kind, in.Press = bot.KindPress, &bot.Press{Data: o.Data}
	case "blocks":
		y.away.Store(o.Chat, true)
		if in.Kind = bot.KindBlocked; o.Text == "silently" { // some messengers tell only whoever writes
			in.Kind = bot.KindIgnored
		}
	}
	return in
}

// action does what a script of a member's asks for, in a turn of its own.
func (y *year) action(ctx context.Context, o yearOrder) (a yearAnswer, err error) {
	err = storage.As[converse.Tx](y.house.store).Do(ctx, func(tx converse.Tx) error {
		chat, err := tx.Chat(ctx, yearChat(o.Chat))
		if err != nil {
			return err
		}
		result, err := y.house.turn.Actions.Do(ctx, tx, bot.Call{
			Action: o.Action, With: o.With, Chat: chat, Event: o.Event, From: bot.Sender{ID: o.Chat}, Now: y.clock(),
		})
		a.Outcome, a.Vars = result.Outcome, make(map[string]any)
		for name, value := range result.Vars {
			a.Vars[name] = cmp.Or[any](value.Text, value.At)
		}
		return err
	})
	return a, err
}

// yearMessenger is the way out: whoever gave the orders has the message when he has read its line.
type yearMessenger struct{ *year }

func (m yearMessenger) Send(_ context.Context, chat string, out bot.Outbound) (bot.Ref, error) {
	if _, blocked := m.away.Load(chat); blocked {
		return "", &bot.SendError{Fault: bot.FaultBlocked, Err: errors.New("blocked")}
	}
	sent := &yearSent{Chat: chat, Text: out.Plain()}
	for _, choice := range out.Choices {
		sent.Presses = append(sent.Presses, choice.Data)
	}
	m.tell(yearAnswer{Sent: sent})
	return "1", nil
}

func (yearMessenger) Edit(context.Context, string, bot.Ref, bot.Outbound) error { return nil }

func (yearMessenger) Delete(context.Context, string, bot.Ref) error { return nil }

func (yearMessenger) AckPress(context.Context, string, string) error { return nil }
