package app

import (
	"context"
	"strconv"
	"sync"

	"javab/bot"
	"javab/bot/deliver"
	"javab/locales/text"
)

// handset is the messenger of a sandbox: what is sent there is read by its simulated member, and by nobody else.
type handset struct {
	mu    sync.Mutex
	count int
	read  []received // the newest last
}

// received is a message as the member has it.
type received struct {
	ref bot.Ref
	bot.Outbound
}

// kept is how many messages a member can still press the buttons of.
const kept = 40

// Send implements deliver.Sender.
func (p *handset) Send(_ context.Context, _ string, m bot.Outbound) (bot.Ref, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	ref := bot.Ref("out" + strconv.Itoa(p.count))
	p.read = append(p.read[max(0, len(p.read)-kept+1):], received{ref, m})
	return ref, nil
}

// Edit implements deliver.Sender. What the record says is what the member reads.
func (p *handset) Edit(context.Context, string, bot.Ref, bot.Outbound) error { return nil }

// Delete implements deliver.Sender.
func (p *handset) Delete(context.Context, string, bot.Ref) error { return nil }

// AckPress implements deliver.Sender.
func (p *handset) AckPress(context.Context, string, string) error { return nil }

// press finds the latest button that is wanted.
func (p *handset) press(wanted func(bot.Choice) bool) (bot.Press, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.read) - 1; i >= 0; i-- {
		for _, choice := range p.read[i].Choices {
			if wanted(choice) {
				return bot.Press{ID: "press", Data: choice.Data, Ref: string(p.read[i].ref)}, true
			}
		}
	}
	return bot.Press{}, false
}

// choices are the buttons of a message.
func (p *handset) choices(ref string) []bot.Choice {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.read {
		if string(m.ref) == ref && ref != "" {
			return m.Choices
		}
	}
	return nil
}

// labelled wants a button by what stands on it.
func labelled(label string) func(bot.Choice) bool {
	return func(c bot.Choice) bool { return text.Fold(c.Label) == text.Fold(label) }
}

// ofCase wants a button of a case.
func ofCase(button bot.CaseButton) func(bot.Choice) bool {
	return func(c bot.Choice) bool {
		press, is := bot.ParseCasePress(c.Data)
		return is && press.Button == button
	}
}

// heardQueue tells when messages have gone out and that is written down.
type heardQueue struct {
	deliver.Queue
	finished chan struct{}
}

// Finish implements deliver.Queue.
func (q heardQueue) Finish(ctx context.Context, results []deliver.Finish) ([]bool, error) {
	counted, err := q.Queue.Finish(ctx, results)
	select {
	case q.finished <- struct{}{}:
	default:
	}
	return counted, err
}
