package converse

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// run is one attempt at a turn: the chat as it shall be, and the rows that say so. It is made outside of any lock and,
// when the chat has moved meanwhile, made once more inside.
type run struct {
	*delivery
	script Script // with which it is played
	chat   bot.Chat
	from   int64
	state  flows.State
	before flows.State // where the running step began
	rows   Rows
	do     *flows.Do // what the script waits for
	handed *flows.HandOver
	wakes  bool        // an officer has put the chat off, and the member writes
	sealed bot.DraftID // the form that has become confidential
	kept   []flows.Keep
	said   []said
	calls  int
	sent   int
	drafts readDraft
}

// readDraft reads a form: outside of the transaction from the Store, inside from the Tx.
type readDraft func(ctx context.Context, id bot.DraftID) (bot.Draft, error)

// begin plans the turn on a chat. It is pure but for the draft, which it may read to tell a member what he wrote.
func (d *delivery) begin(ctx context.Context, chat bot.Chat, drafts readDraft) (*run, error) {
	r := &run{delivery: d, chat: chat, from: chat.Rev, drafts: drafts}
	if err := r.load(); err != nil {
		return nil, err
	}
	if err := r.choose(); err != nil {
		return nil, err
	}
	r.chat.Rev = d.rev
	if d.in.Kind != bot.KindEvent { // whoever writes has not blocked us; a timer knows nothing of it
		r.chat.Blocked = d.in.Kind == bot.KindBlocked
	}
	r.rouse()
	words := r.heard()
	if !r.silent() {
		r.step(r.asked())
	}
	r.cover()
	r.hear(words)
	if err := r.fill(ctx); err != nil {
		return nil, err
	}
	return r, r.save()
}

// load reads the state, and makes a first guess at the language of a chat that is new.
func (r *run) load() error {
	if r.chat.Lang == "" {
		r.chat.Lang, _ = text.LangOf(r.in.From.Lang)
		r.chat.Mode = bot.ModeBot
		r.chat.Since = r.now
	}
	if len(r.chat.State) == 0 {
		return nil
	}
	if err := json.Unmarshal(r.chat.State, &r.state); err != nil {
		return fmt.Errorf("read state of chat %s: %w", r.chat.Key, err)
	}
	r.before = r.state
	return nil
}

func (r *run) save() error {
	r.pin()
	state, err := json.Marshal(r.state)
	if err != nil {
		return fmt.Errorf("write state of chat %s: %w", r.chat.Key, err)
	}
	r.chat.State = state
	return nil
}

// step lets the script take one input and turns its effects into rows.
func (r *run) step(in flows.Input) {
	state, effects := r.script.Program.Step(r.state, in)
	r.before, r.state, r.do = r.state, state, nil
	for _, effect := range effects {
		r.take(effect)
	}
}

// maxCalls bounds the actions of one turn: they hold the transaction.
const maxCalls = 16

// act carries out what the script asks of the program, and lets it go on with the outcome, until it waits for the
// member again. It reports whether it changed anything after the plan.
func (r *run) act(ctx context.Context, tx Tx) (bool, error) {
	acted := false
	for r.do != nil {
		if acted = true; r.calls >= maxCalls {
			return acted, fmt.Errorf("flow %s acts in circles: %d actions in one turn", r.state.Flow, r.calls)
		}
		if err := r.perform(ctx, tx); err != nil {
			return acted, fmt.Errorf("%s: %w", r.do.Action, err)
		}
	}
	r.cover()
	for _, also := range []struct {
		due bool
		do  func(context.Context, Tx) error
	}{{r.handed != nil, r.handOver}, {r.wakes, r.wake}, {r.sealed != "", r.seal}} {
		if !also.due {
			continue
		}
		acted = true
		if err := also.do(ctx, tx); err != nil {
			return acted, err
		}
	}
	if !acted {
		return false, nil
	}
	if err := r.fill(ctx); err != nil {
		return acted, err
	}
	return acted, r.save()
}

// perform carries out one action and steps on. What the member has written so far must be in the draft before it.
func (r *run) perform(ctx context.Context, tx Tx) error {
	call, err := r.call(ctx)
	if err != nil {
		return err
	}
	if len(r.rows.Pieces) > 0 {
		if _, err := tx.Append(ctx, Rows{Pieces: r.rows.Pieces}, bot.Lease{}); err != nil {
			return err
		}
		r.rows.Pieces = nil
	}
	result, err := r.turn.Actions.Do(ctx, tx, call)
	if err != nil {
		return err
	}
	r.apply(result)
	r.step(r.input(flows.Input{Result: &result}))
	return nil
}

// call is the action that the script waits for, its long arguments read from the draft.
func (r *run) call(ctx context.Context) (bot.Call, error) {
	r.calls++
	call := bot.Call{
		Action: r.do.Action, With: r.do.With, Chat: r.chat, Draft: r.state.Draft, From: r.in.From, Now: r.now,
		Event: fmt.Sprintf("%s.%d", r.event(), r.calls),
	}
	if err := r.fill(ctx); err != nil || len(r.do.Kept) == 0 {
		return call, err
	}
	draft, err := r.written(ctx, r.state.Draft)
	call.With = make(map[string]string, len(r.do.With)+len(r.do.Kept))
	maps.Copy(call.With, r.do.With)
	for argument, field := range r.do.Kept {
		call.With[argument] = draft.Text(field)
	}
	return call, err
}

// apply takes over what an action found out about the chat itself.
func (r *run) apply(result bot.Result) {
	if result.Member != "" {
		r.chat.Member = result.Member
	}
	if result.Mode != "" {
		r.chat.Mode = result.Mode
	}
	r.rows.Jobs = append(r.rows.Jobs, result.Jobs...)
	for _, message := range result.Send {
		r.say(message, r.state.Flow, r.state.Step)
	}
}

func (r *run) handOver(ctx context.Context, tx Tx) error {
	h := r.handed
	if !r.chat.Mode.Held() { // whoever holds it keeps it
		r.chat.Mode = bot.ModeWaiting
	}
	r.muted()
	r.handedOver()
	return r.turn.Actions.HandOver(ctx, tx, bot.HandOver{
		ID: string(r.draft), Chat: r.chat.Key, Name: r.in.From.Name, Member: r.chat.Member, Unit: h.Unit, Topic: h.Topic, Reason: h.Reason,
		Flow: r.state.Flow, Step: r.state.Step, Bundle: r.script.Version, Draft: r.state.Draft, Lang: r.chat.Lang, At: r.now,
		Confidential: r.state.Confidential, SnoozedUntil: r.chat.MutedUntil,
	})
}

// copy is the plan as a closure goes on with it. The closure may run twice: what it appends and changes stays its own.
func (r *run) copy(drafts readDraft) *run {
	c := *r
	c.drafts = drafts
	c.rows = Rows{
		Messages: slices.Clip(r.rows.Messages), Pieces: slices.Clip(r.rows.Pieces), Jobs: slices.Clip(r.rows.Jobs),
		Question: r.rows.Question, Handled: r.rows.Handled,
	}
	return &c
}

func (r *run) outcome(born []bot.Job) outcome {
	done := outcome{chat: r.chat, born: born}
	sends := 0
	for _, job := range r.rows.Jobs {
		if job.Kind == bot.JobSend {
			sends++
		} else {
			done.errands = true
		}
	}
	done.waiting = len(born) < sends
	return done
}
