package dialogue

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
)

// post takes the messages of a turn and keeps them: nothing leaves a conversation.
type post struct {
	mu   sync.Mutex
	born []bot.Job
}

// lease makes every message of a turn born leased, so that it comes here.
var lease = bot.Lease{Owner: "dialogue", Token: 1, Until: time.Unix(1<<33, 0)}

func (p *post) Reserve(bot.ChannelID) bot.Lease { return lease }

func (p *post) Carry(_ bot.ChannelID, _ bot.Lease, born []bot.Job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.born = append(p.born, born...)
}

func (p *post) Wake(bot.ChatKey)                         {}
func (p *post) Excuse(bot.ChatKey, string, bot.Outbound) {}

func (p *post) Ack(bot.ChatKey, string) {}

func (p *post) drain() []bot.Job {
	p.mu.Lock()
	defer p.mu.Unlock()
	born := p.born
	p.born = nil
	return born
}

// recorder writes down what scripts ask of the program, and how it ended: a part of the path.
type recorder struct {
	converse.Actions
	blocks []Block
	opened bot.CaseNumber    // the case that was opened last
	feigns map[string]string // action -> the outcome that is feigned
	sample func(call bot.Call, outcome string) bot.Result
}

func (r *recorder) Do(ctx context.Context, tx converse.Tx, call bot.Call) (bot.Result, error) {
	if outcome := r.feigns[call.Action]; outcome != "" {
		r.blocks = append(r.blocks, Block{Head: fmt.Sprintf("program %s: %s", described(call), outcome)})
		return r.sample(call, outcome), nil
	}
	result, err := r.Actions.Do(ctx, tx, call)
	if err == nil {
		r.blocks = append(r.blocks, Block{Head: fmt.Sprintf("program %s: %s", described(call), result.Outcome)})
		if call.Action == "case.open" && result.Outcome == "ok" {
			r.opened, _ = bot.ParseCaseNumber(result.Vars["case.number"].Text)
		}
	}
	return result, err
}

// described is the call with those of its arguments that are ids; what people wrote is wording.
func described(call bot.Call) string {
	words := []string{call.Action}
	for _, name := range slices.Sorted(maps.Keys(call.With)) {
		if slices.Contains(flows.ActionSpecs[call.Action].Secret, name) {
			continue
		}
		if value := call.With[name]; value != "" && !strings.ContainsAny(value, " \n") && len(value) < 40 {
			words = append(words, name+"="+plain(value))
		}
	}
	return strings.Join(words, " ")
}

func (r *recorder) HandOver(ctx context.Context, tx converse.Tx, h bot.HandOver) error {
	err := r.Actions.HandOver(ctx, tx, h)
	if err == nil {
		r.blocks = append(r.blocks, Block{Head: strings.TrimSpace(fmt.Sprintf("queue %s: %s %s", h.Unit, h.Reason, h.Topic))})
	}
	return err
}

func (r *recorder) drain() []Block {
	blocks := r.blocks
	r.blocks = nil
	return blocks
}
