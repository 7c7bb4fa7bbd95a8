package dialogue

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/locales/text"
)

// Store is what a conversation is kept in while it is played.
type Store interface {
	converse.Store
	deliver.Queue
	ReadMessages(ctx context.Context, chat bot.ChatKey, limit int) ([]bot.Message, error)
}

// World is everything around a conversation. The clock is the conversation's own: it moves when somebody waits.
type World struct {
	Store   Store
	Hot     converse.Hot
	Content converse.Content
	Matcher converse.Matcher
	// Learn makes the matcher ready, before anything that the member writes; nil: it is ready.
	Learn   func(context.Context) error
	Actions converse.Actions
	Desk    Desk
	// Approvals is what managers decide in the chat itself; the zero value: nothing.
	Approvals Approvals
	// Cases is what officers and time do to cases; the zero value: nothing.
	Cases  Cases
	Start  time.Time
	Random func() uint64
}

// Conversation is one member talking with the bot.
type Conversation struct {
	turn  *converse.Turn
	learn func(context.Context) error
	desk  *desk.Desk
	store Store
	post  *post
	notes *recorder

	approvals Approvals

	cases    Cases
	number   bot.CaseNumber // of the case that was opened last
	stood    bot.CaseState  // how it stood at the last look
	referral string         // the question that was asked last
	buttons  []bot.Choice   // of all messages about cases, the latest last: they work on any day

	lang  bot.Lang
	now   time.Time
	count int
	seen  string         // the job of the last message of the record that was shown
	last  []bot.Outbound // of the last turn that said anything
	ref   string
}

// chat is the one chat of a conversation.
const chat = bot.ChatKey("chat:javab:1")

// New begins a conversation with a member whose messenger speaks lang.
func New(w World, lang bot.Lang) *Conversation {
	c := &Conversation{store: w.Store, learn: w.Learn, post: &post{}, lang: lang, now: w.Start}
	c.notes = &recorder{Actions: w.Actions, feigns: map[string]string{}, sample: c.sample}
	c.turn = &converse.Turn{
		Store: w.Store, Hot: w.Hot, Content: w.Content, Matcher: w.Matcher, Actions: c.notes, Post: c.post,
		Clock: func() time.Time { return c.now }, Random: w.Random, Log: slog.New(slog.DiscardHandler),
	}
	c.desk = &desk.Desk{
		Store: w.Desk.Store, Hot: w.Hot, Post: c.post, Content: w.Desk.Content, Hours: w.Desk.Hours,
		Clock: c.turn.Clock, Random: w.Random, Log: c.turn.Log,
	}
	c.approvals = w.Approvals.open(c)
	c.cases = w.Cases.open(c)
	return c
}

// Say sends a text.
func (c *Conversation) Say(ctx context.Context, words string) ([]Block, error) {
	return c.take(ctx, bot.Inbound{Kind: bot.KindText, Text: words})
}

// Tap presses the button with that label on the last message that has one. A label of an older message is not found, a
// member would have to scroll; but the buttons of cases are.
func (c *Conversation) Tap(ctx context.Context, label string) ([]Block, error) {
	shown := c.buttons
	for i := range c.last {
		shown = append(slices.Clip(shown), c.last[len(c.last)-1-i].Choices...)
	}
	for _, choice := range slices.Backward(shown) {
		if text.Fold(choice.Label) == text.Fold(label) {
			return c.take(ctx, bot.Inbound{Kind: bot.KindPress, Press: &bot.Press{ID: "p", Data: choice.Data, Ref: c.ref}})
		}
	}
	labels := c.Labels()
	if len(labels) == 0 {
		return nil, fmt.Errorf("no button %q: what the bot said last has none", label)
	}
	return nil, fmt.Errorf("no button %q; the buttons are %s", label, strings.Join(labels, ", "))
}

// Labels are the buttons that can be pressed now.
func (c *Conversation) Labels() []string {
	var labels []string
	for _, message := range c.last {
		for _, choice := range message.Choices {
			labels = append(labels, "["+plain(choice.Label)+"]")
		}
	}
	return labels
}

// Send sends a file, or several as an album, each an update of its own. The caption stands with the first.
func (c *Conversation) Send(ctx context.Context, caption string, names ...string) ([]Block, error) {
	album := ""
	if len(names) > 1 {
		album = "album" + strconv.Itoa(c.count)
	}
	var all []Block
	for _, name := range names {
		blocks, err := c.take(ctx, bot.Inbound{Kind: bot.KindFile, Text: caption, Album: album, Files: []bot.File{c.file(name)}})
		if err != nil {
			return all, err
		}
		all, caption = append(all, blocks...), ""
	}
	return all, nil
}

// file makes a picture, a voice message or a document, by its name.
func (c *Conversation) file(name string) bot.File {
	kinds := map[string]string{".jpg": "photo", ".png": "photo", ".ogg": "voice", ".mp4": "video"}
	kind, known := kinds[path.Ext(name)]
	if !known {
		kind = "document"
	}
	return bot.File{ID: "file" + strconv.Itoa(c.count), Handle: "handle", Kind: kind, Name: name, Size: 1000}
}

// Share sends a phone card.
func (c *Conversation) Share(ctx context.Context, phone string, own bool) ([]Block, error) {
	return c.take(ctx, bot.Inbound{Kind: bot.KindContact, Contact: &bot.Contact{Phone: phone, Own: own}})
}

// Wait lets time go by; timers that become due come back as events.
func (c *Conversation) Wait(ctx context.Context, d time.Duration) ([]Block, error) {
	blocks, err := c.lapse(ctx, c.now.Add(d))
	if err != nil {
		return blocks, err
	}
	more, err := c.timers(ctx)
	return append(blocks, more...), err
}

// timers brings the events back that are due.
func (c *Conversation) timers(ctx context.Context) ([]Block, error) {
	due, err := c.store.Claim(ctx, deliver.Claim{Kinds: []bot.JobKind{bot.JobEvent}, N: 100, Now: c.now, Lease: lease})
	if err != nil {
		return nil, fmt.Errorf("claim timers: %w", err)
	}
	var all []Block
	for _, job := range due {
		var in bot.Inbound
		if err := json.Unmarshal(job.Payload, &in); err != nil {
			return all, fmt.Errorf("read timer: %w", err)
		}
		if err := c.turn.Handle(ctx, in); err != nil {
			return all, err
		}
		blocks, err := c.show(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, blocks...)
	}
	return all, nil
}

// take handles what the member did and returns what came of it.
func (c *Conversation) take(ctx context.Context, in bot.Inbound) ([]Block, error) {
	if in.Text != "" && c.learn != nil {
		if err := c.learn(ctx); err != nil {
			return nil, err
		}
	}
	c.count++
	id := strconv.Itoa(c.count)
	in.Receipt = bot.ReceiptKey{Source: "chat", ID: id}
	in.Chat, in.At, in.Ref = chat, c.now, "in"+id
	in.From = bot.Sender{ID: "1", Name: "Member", Lang: string(c.lang)}
	if err := c.turn.Handle(ctx, in); err != nil {
		return nil, err
	}
	blocks, err := c.show(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.errands(ctx); err != nil {
		return nil, err
	}
	more, err := c.show(ctx)
	return append(blocks, more...), err
}

// show gathers what the program did and what the bot said since the last look.
func (c *Conversation) show(ctx context.Context) ([]Block, error) {
	blocks := c.notes.drain()
	changed, err := c.changed(ctx)
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, changed...)
	sent, err := c.sent(ctx)
	if err != nil || len(sent) == 0 {
		return blocks, err
	}
	messages, err := c.unseen(ctx)
	if err != nil {
		return nil, err
	}
	c.last, c.ref = nil, "out"+strconv.Itoa(c.count)
	for _, m := range messages {
		if m.Direction != bot.Out {
			continue
		}
		c.seen = m.JobKey
		if m.Author != bot.ByBot {
			blocks = append(blocks, Block{Head: reads, Speech: lines(plain(m.Text))})
			continue
		}
		message := sent[m.JobKey]
		c.last = append(c.last, message)
		c.buttons = append(c.buttons, ofCases(message.Choices)...)
		blocks = append(blocks, said(m, message))
	}
	return blocks, nil
}

// aLook is how many messages of the record are read at first; a turn mostly says less.
const aLook = 8

// unseen are the messages of the record after the last one that was shown.
func (c *Conversation) unseen(ctx context.Context) ([]bot.Message, error) {
	for n := aLook; ; n *= 2 {
		messages, err := c.store.ReadMessages(ctx, chat, n)
		if err != nil {
			return nil, fmt.Errorf("read the conversation: %w", err)
		}
		last := -1
		if c.seen != "" {
			last = slices.IndexFunc(messages, func(m bot.Message) bool { return m.JobKey == c.seen })
		}
		if last >= 0 || len(messages) < n {
			return messages[last+1:], nil
		}
	}
}

// sent are the messages that left since the last look, by their job's key.
func (c *Conversation) sent(ctx context.Context) (map[string]bot.Outbound, error) {
	born := c.post.drain()
	sent := make(map[string]bot.Outbound, len(born))
	for _, job := range born {
		var message bot.Outbound
		if err := json.Unmarshal(job.Payload, &message); err != nil {
			return nil, fmt.Errorf("read message %s: %w", job.Key, err)
		}
		sent[job.Key] = message
	}
	return sent, c.finish(ctx, born)
}

// finish takes jobs off the queue: the next messages of the chat do not wait behind them.
func (c *Conversation) finish(ctx context.Context, jobs []bot.Job) error {
	results := make([]deliver.Finish, len(jobs))
	for i, job := range jobs {
		results[i] = deliver.Finish{Job: job.ID, Token: lease.Token, Ending: deliver.Done, At: c.now}
	}
	if _, err := c.store.Finish(ctx, results); err != nil {
		return fmt.Errorf("finish jobs: %w", err)
	}
	return nil
}

// ofCases are the buttons that work from any step.
func ofCases(choices []bot.Choice) []bot.Choice {
	return slices.DeleteFunc(slices.Clone(choices), func(choice bot.Choice) bool {
		_, is := bot.ParseCasePress(choice.Data)
		return !is
	})
}

func said(m bot.Message, message bot.Outbound) Block {
	b := Block{Head: "bot " + m.Flow + "/" + m.Step, Speech: lines(plain(m.Text))}
	for _, choice := range message.Choices {
		b.Choices = append(b.Choices, plain(choice.Label))
	}
	if message.AskContact != "" {
		b.Choices = append(b.Choices, plain(message.AskContact))
	}
	if message.Document != nil {
		b.Choices = append(b.Choices, message.Document.Name)
	}
	return b
}

// plain takes the marks of direction out: they are proven elsewhere, and here they would only hide.
func plain(s string) string { return text.Unmark(s) }
