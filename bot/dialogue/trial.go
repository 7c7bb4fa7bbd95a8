package dialogue

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// Bounds of a trial.
const (
	maxBlocks = 600  // of one trial: what is said and done in it
	maxWords  = 4096 // of one message
	maxSkip   = 31 * 24 * time.Hour
)

// Trial is a conversation that an admin has with a draft: nothing of it is kept, and nothing leaves it. All that he does,
// also what he arranges, is a block of a dialogue, so that Chat returns a file that plays the same. It is safe for
// concurrent use; what is done waits for what is being done.
type Trial struct {
	mu   sync.Mutex
	open func() World
	talk *Conversation
	file *File
	live int // where the last answer begins among the blocks
}

// NewTrial begins a trial in an empty world. Each world that open returns must be the same, so that a dialogue plays as
// it was written: the same content, hour and seed.
func NewTrial(open func() World, lang bot.Lang) *Trial {
	t := &Trial{open: open}
	t.Restart(lang)
	return t
}

// Restart forgets everything; the member's messenger speaks lang.
func (t *Trial) Restart(lang bot.Lang) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !lang.Valid() {
		lang = bot.Fa
	}
	t.talk, t.file, t.live = New(t.open(), lang), &File{Lang: lang}, 0
}

// Lang is the language that the trial began in.
func (t *Trial) Lang() bot.Lang {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.file.Lang
}

// Send says something, as the member: words, a command.
func (t *Trial) Send(ctx context.Context, words string) error {
	speech := lines(words)
	if len(speech) == 0 || len(words) > maxWords {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_words"}
	}
	return t.do(ctx, Block{Head: member, Speech: speech})
}

// ownPhone is on the card that the member of a trial shares.
const ownPhone = "+989121234567"

// Press presses a button of the last answer, or one of a case's, by its label. A button that asks for the phone number
// shares a card.
func (t *Trial) Press(ctx context.Context, label string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	head := ""
	for _, message := range t.talk.last {
		if message.AskContact != "" && text.Fold(message.AskContact) == text.Fold(label) {
			head = member + " shares " + ownPhone
		}
	}
	for _, choice := range t.talk.pressable() {
		if text.Fold(choice.Label) == text.Fold(label) {
			head = member + " taps " + plain(choice.Label)
		}
	}
	if head == "" {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_button", Params: map[string]string{"Label": label}}
	}
	return t.perform(ctx, Block{Head: head})
}

// Files are the kinds of files that a member can pretend to send, with the names they then have.
var Files = map[string]string{"photo": "photo.jpg", "voice": "voice.ogg", "video": "video.mp4", "document": "document.pdf"}

// SendFile sends a file of a kind of Files, perhaps with words below it.
func (t *Trial) SendFile(ctx context.Context, kind, caption string) error {
	name, known := Files[kind]
	if !known || len(caption) > maxWords {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_file"}
	}
	return t.do(ctx, Block{Head: member + " sends " + name, Speech: lines(caption)})
}

// Jump goes on at a step of a flow, with the variables that are set.
func (t *Trial) Jump(ctx context.Context, flow, step string) error {
	return t.do(ctx, Block{Head: stage + " begins " + flow + "/" + step})
}

// Set gives a variable a value: "list/id" for an entry of the content, else a text; empty unsets it.
func (t *Trial) Set(ctx context.Context, name, value string) error {
	if len(strings.Fields(name)) != 1 {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_value", Params: map[string]string{"Name": name}}
	}
	return t.do(ctx, Block{Head: stage + " sets " + name + " " + value})
}

// Pretend lets an action of the scripts end in one of its outcomes (flows.ActionSpecs) until further notice. The empty
// outcome lets it really happen, in the memory of the trial.
func (t *Trial) Pretend(ctx context.Context, action, outcome string) error {
	return t.do(ctx, Block{Head: strings.TrimSpace(stage + " feigns " + action + " " + outcome)})
}

// Pretended are the actions that do not really happen, with the outcome of each.
func (t *Trial) Pretended() map[string]string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.talk.notes.feigns)
}

// Now is what time it is in the trial.
func (t *Trial) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.talk.now
}

// Advance lets time go by: whatever comes due happens at its time.
func (t *Trial) Advance(ctx context.Context, d time.Duration) error {
	if d < time.Second || d > maxSkip {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_time"}
	}
	return t.do(ctx, Block{Head: member + " waits " + d.Round(time.Second).String()})
}

// SkipToOpening lets time go by until the chamber opens next.
func (t *Trial) SkipToOpening(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	d, err := t.talk.untilOpening()
	if err != nil {
		return err
	}
	return t.perform(ctx, Block{Head: member + " waits " + d.String()})
}

// untilOpening is how long it is until the next opening; while it is open, until the one after.
func (c *Conversation) untilOpening() (time.Duration, error) {
	none := &bot.Error{Kind: bot.Invalid, Key: "trial_time"}
	if c.cases.Keeper == nil {
		return 0, none
	}
	calendar := c.cases.Keeper.Hours.For("")
	for at := c.now; at.Sub(c.now) <= maxSkip; at = at.Add(15 * time.Minute) {
		opens, err := calendar.NextOpening(at)
		if err != nil {
			return 0, err
		}
		if opens.After(at) {
			return opens.Sub(c.now).Truncate(time.Second) + time.Second, nil
		}
	}
	return 0, none
}

func (t *Trial) do(ctx context.Context, b Block) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.perform(ctx, b)
}

// perform plays a block and keeps it with what came of it. It plays what a file would say: words that look like a button
// in brackets, spaces that nobody sees, are gone before.
func (t *Trial) perform(ctx context.Context, b Block) error {
	if len(t.file.Blocks) >= maxBlocks {
		return &bot.Error{Kind: bot.Invalid, Key: "trial_full"}
	}
	b.Head = strings.Join(strings.Fields(b.Head), " ")
	for i, line := range b.Speech {
		if inner, opens := strings.CutPrefix(line, "["); opens && strings.HasSuffix(inner, "]") {
			b.Speech[i] = strings.TrimSuffix(inner, "]")
		}
	}
	answer, err := t.talk.Do(ctx, b)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(answer, func(b Block) bool { return b.Speaker() == botSays }) {
		t.live = len(t.file.Blocks)
	}
	t.file.Blocks = append(append(t.file.Blocks, b), answer...)
	return nil
}

// pressable are the buttons that can be pressed now, the latest last.
func (c *Conversation) pressable() []bot.Choice {
	all := slices.Clone(c.buttons)
	for _, message := range c.last {
		all = append(all, message.Choices...)
	}
	return all
}

// Line is one speaker's turn of a trial, as a page shows it.
type Line struct {
	Who     string // "member", "bot", "officer", "program", "queue", "case", "stage", "time"
	Act     string // what is done, of all but the bot: "taps ...", "waits 1h0m0s", "case.open ...: ok"
	Flow    string // and Step: where the bot speaks
	Step    string
	Text    string
	Choices []string // the labels of the buttons, and what else is below the words
	Live    bool     // of the bot's last answer, or after it: its buttons can be pressed
}

// Lines are the whole trial.
func (t *Trial) Lines() []Line {
	t.mu.Lock()
	defer t.mu.Unlock()
	all := make([]Line, len(t.file.Blocks))
	for i, b := range t.file.Blocks {
		all[i] = b.line()
		all[i].Live = i >= t.live
	}
	return all
}

func (b Block) line() Line {
	l := Line{Who: b.Speaker(), Text: strings.Join(b.Speech, "\n"), Choices: b.Choices}
	_, l.Act, _ = strings.Cut(b.Head, " ")
	if l.Who == botSays {
		l.Flow, l.Step, _ = strings.Cut(l.Act, "/")
		l.Act = ""
	}
	return l
}

// Var is a variable of the conversation.
type Var struct {
	Name  string
	Value string // as Set takes it
	Label string // what a member reads, of an entry of the content; of an instant, when it is
	// Fixed variables are seen only: long texts of a form, instants, choices that an action made.
	Fixed bool
}

// Where is the flow and step at which the conversation stands; empty when it stands nowhere.
func (t *Trial) Where(ctx context.Context) (flow, step string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	st, err := t.talk.state(ctx)
	return st.Flow, st.Step, err
}

// Vars are the variables that are set, by name.
func (t *Trial) Vars(ctx context.Context) ([]Var, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	st, err := t.talk.state(ctx)
	if err != nil {
		return nil, err
	}
	var draft bot.Draft
	if st.Draft != "" {
		if draft, err = t.talk.store.ReadDraft(ctx, st.Draft); err != nil {
			return nil, err
		}
	}
	all := make([]Var, 0, len(st.Vars))
	for name, v := range st.Vars {
		all = append(all, t.talk.shown(name, v, draft))
	}
	slices.SortFunc(all, func(a, b Var) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// state is where the conversation stands; nowhere before it began.
func (c *Conversation) state(ctx context.Context) (flows.State, error) {
	at, err := c.store.ReadChat(ctx, chat)
	if err != nil {
		if bot.KindOf(err) == bot.NotFound {
			err = nil
		}
		return flows.State{}, err
	}
	return state(at)
}

func (c *Conversation) shown(name string, v bot.Value, draft bot.Draft) Var {
	shown := Var{Name: name, Value: v.Text}
	switch {
	case v.Ref != "":
		item, _ := c.program().Entry(v.Ref)
		shown.Value, shown.Label = v.Ref, item.Label.In(c.lang)
	case v.At != 0:
		shown.Label, shown.Fixed = time.UnixMilli(v.At).UTC().Format(time.RFC3339), true
	case v.Kept:
		shown.Label, shown.Fixed = draft.Text(name), true
	case len(v.Items) > 0:
		labels := make([]string, len(v.Items))
		for i, item := range v.Items {
			labels[i] = item.Label
			if entry, known := c.program().Entry(item.Ref); known {
				labels[i] = entry.Label.In(c.lang)
			}
		}
		shown.Label, shown.Fixed = strings.Join(labels, "\n"), true
	}
	return shown
}

// Chat is the trial as a dialogue: a .chat file that passes when it is played on the same content.
func (t *Trial) Chat() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.file.Format()
}
