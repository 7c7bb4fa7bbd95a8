package app

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/flows/scripts"
	"javab/locales/text"
	"javab/storage/storagetest"
	"javab/webhook/emulator"
)

// town is the whole program before a messenger that keeps the real one's rules: a real webhook, real deliveries, a real
// database. The members are people at the messenger.
type town struct {
	t         *testing.T
	messenger *emulator.Server
	house     *house
	first     int64 // update of the messenger
	leave     func() error
}

// stop ends the program as SIGTERM does, and returns what it ends with.
func (tw *town) stop() error {
	tw.t.Helper()
	return tw.leave()
}

// settle puts the program up before one messenger.
func settle(t *testing.T, bale bool, settings ...string) *town {
	t.Helper()
	return plan{messenger: open(t, bale), settings: settings}.settle(t)
}

// booth is a messenger with its address.
type booth struct {
	*emulator.Server
	variable, url string
}

func open(t *testing.T, bale bool) booth {
	t.Helper()
	messenger := emulator.New(emulator.Options{Token: demoToken, Now: time.Now, Bale: bale, Second: 20 * time.Millisecond})
	t.Cleanup(messenger.Close)
	api := httptest.NewServer(messenger)
	t.Cleanup(api.Close)
	return booth{messenger, map[bool]string{false: "JAVAB_TELEGRAM", true: "JAVAB_BALE"}[bale], api.URL}
}

func (b booth) settings() []string {
	return []string{b.variable + "_TOKEN=" + demoToken, b.variable + "_API=" + b.url}
}

// plan is a town that is not the usual one.
type plan struct {
	messenger booth
	data      string // the folder of an earlier run
	poll      bool   // without a public address
	settings  []string
	log       io.Writer
	change    func(*house)
}

func (p plan) settle(t *testing.T) *town {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := p.house(t, "http://"+listener.Addr().String())
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	first := p.messenger.LastUpdate() + 1
	go func() { done <- h.run(ctx, listener, h.routes()) }()
	leave := sync.OnceValue(func() error { stop(); return <-done })
	t.Cleanup(func() {
		if err := leave(); err != nil {
			t.Errorf("the program ended with: %v", err)
		}
	})
	return &town{t, p.messenger.Server, h, first, leave}
}

// house puts the program together, without starting it.
func (p plan) house(t *testing.T, address string) *house {
	t.Helper()
	e := System()
	e.Stderr = cmp.Or(p.log, io.Discard)
	e.Env = append(p.messenger.settings(), "JAVAB_DATA="+cmp.Or(p.data, t.TempDir()), "JAVAB_LOG=error")
	if !p.poll {
		e.Env = append(e.Env, "JAVAB_PUBLIC_URL="+address)
	}
	e.Env = append(e.Env, p.settings...)
	config, err := LoadConfig(e.Env, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e.reader = oneReader
	h, err := openHouse(t.Context(), e, config, scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	if p.change != nil {
		p.change(h)
	}
	return h
}

// oneReader reads for all tests: the content that most of them play is read and trained once.
var oneReader = new(reader)

// builtIn opens the content that the program comes with.
func builtIn(t testing.TB) *library {
	t.Helper()
	l, err := oneReader.open(scripts.FS, opening)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// engines runs a journey on the embedded engine and, where they are named, on the real servers.
func engines(t *testing.T, journey func(t *testing.T, settings ...string)) {
	t.Run("SQLite", func(t *testing.T) { journey(t) })
	t.Run("PostgreSQL and Redis", func(t *testing.T) {
		redis := storagetest.Server(t, "TEST_REDIS", "redis://127.0.0.1:6379")
		journey(t, "JAVAB_DATABASE="+storagetest.Schema(t), "JAVAB_REDIS="+redis, "JAVAB_KEY=k3y-of-the-journeys-0123456789abcdef")
	})
}

// walker is a member of the town.
type walker struct {
	*town
	id      int64
	lang    bot.Lang
	pressed string // the last button, which is not the one that is waited for
}

func (tw *town) member(id int64, lang bot.Lang) *walker {
	tw.messenger.Join(emulator.Member{ID: id, First: "Sara", Language: string(lang)})
	return &walker{town: tw, id: id, lang: lang}
}

// sees waits until the chat satisfies a condition.
func (w *walker) sees(what string, holds func(emulator.View) bool) emulator.View {
	w.t.Helper()
	var view emulator.View
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		var err error
		if view, err = w.messenger.View(w.id); err != nil {
			w.t.Fatal(err)
		}
		if holds(view) {
			return view
		}
	}
	w.t.Fatalf("member %d never sees %s; last: %+v", w.id, what, lastOf(view))
	return view
}

func lastOf(v emulator.View) any {
	if len(v.Messages) == 0 {
		return nil
	}
	return v.Messages[len(v.Messages)-1].Text
}

// says writes and waits for an answer, as people do.
func (w *walker) says(words string) {
	w.t.Helper()
	w.answered(func() error {
		_, err := w.messenger.Say(w.id, words)
		return err
	})
}

// writes is says where the bot may be silent: it waits until the bot has the message.
func (w *walker) writes(words string) {
	w.t.Helper()
	if _, err := w.messenger.Say(w.id, words); err != nil {
		w.t.Fatal(err)
	}
	w.delivered()
}

func (w *walker) delivered() {
	w.t.Helper()
	w.sees("the bot take what is sent", func(emulator.View) bool { return w.messenger.Pending() == 0 })
}

// answered does something and waits until the bot has said something, or changed what it said before.
func (w *walker) answered(do func() error) {
	w.t.Helper()
	before := w.sees("the chat", func(emulator.View) bool { return true }).LastSeq
	if err := do(); err != nil {
		w.t.Fatal(err)
	}
	w.sees("an answer", func(emulator.View) bool {
		events, _, err := w.messenger.Events(w.id, before)
		return err == nil && slices.ContainsFunc(events, func(e emulator.Event) bool {
			return (e.Type == "message" || e.Type == "edit") && e.Message.From.Bot
		})
	})
}

// taps presses the button with that id, in whatever language it speaks, on the newest message that has it.
func (w *walker) taps(id string) {
	w.t.Helper()
	var message int64
	var data string
	w.sees("a button "+id, func(v emulator.View) bool {
		message, data = buttonOf(v, id)
		return message != 0 && data != w.pressed
	})
	w.pressed = data
	w.answered(func() error {
		_, err := w.messenger.Press(w.id, message, data)
		return err
	})
}

// buttonOf looks at the newest message with buttons alone: older ones belong to questions that are over.
func buttonOf(v emulator.View, id string) (message int64, data string) {
	for i := len(v.Messages) - 1; i >= 0; i-- {
		var markup struct {
			Rows [][]struct {
				Data string `json:"callback_data"`
			} `json:"inline_keyboard"`
		}
		if json.Unmarshal(v.Messages[i].Markup, &markup) != nil || len(markup.Rows) == 0 {
			continue
		}
		for _, button := range slices.Concat(markup.Rows...) {
			if strings.HasPrefix(button.Data, "f:") && strings.HasSuffix(button.Data, ":"+id) {
				return v.Messages[i].ID, button.Data
			}
		}
		return 0, ""
	}
	return 0, ""
}

// label is a text of the content in the member's language.
func (w *walker) label(id string) string {
	return w.house.library.live.Load().bundle.System[id].In(w.lang)
}

// number waits for the confirmation and returns the case's number.
func (w *walker) number() string {
	w.t.Helper()
	found := ""
	w.sees("a case number", func(v emulator.View) bool {
		for _, m := range v.Messages {
			if n := caseNumber.FindString(text.Unmark(m.Text)); n != "" {
				found = n
			}
		}
		return found != ""
	})
	return found
}

var caseNumber = regexp.MustCompile(`JV-\d{4}-\d{6}-\d`)

func (tw *town) cases() []bot.Case {
	tw.t.Helper()
	all, err := tw.house.store.CasesAfter(tw.t.Context(), bot.CaseNumber{}, 100)
	if err != nil {
		tw.t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b bot.Case) int { return strings.Compare(string(a.Chat), string(b.Chat)) })
	return all
}

// complain files a complaint by the buttons, with what happened in the member's own words, and returns its number.
func (w *walker) complain(account ...string) string {
	w.t.Helper()
	w.accounts()
	for _, words := range account {
		w.writes(words)
	}
	return w.submits()
}

// accounts brings the member to where he tells what happened.
func (w *walker) accounts() {
	w.t.Helper()
	w.says("/complaint")
	w.taps("membership")
	w.taps("renewal_delay")
}

// submits ends the account and leaves out all that can be left out.
func (w *walker) submits() string {
	w.t.Helper()
	w.taps("!done")
	w.taps("!skip") // the membership number
	w.taps("!skip") // the date
	w.taps("self")
	w.sees("the question for a phone", func(v emulator.View) bool { return len(v.Keyboard) > 0 })
	w.says(w.label("label.skip"))
	w.taps("submit")
	return w.number()
}

func TestAMemberFilesAComplaintInEachLanguageToItsNumber(t *testing.T) {
	engines(t, func(t *testing.T, settings ...string) {
		tw := settle(t, false, settings...)
		for i, lang := range bot.Langs {
			w := tw.member(int64(7001+i), lang)
			w.says("/start")
			w.taps(string(lang))
			account := []string{"first piece of " + string(lang), "second piece of " + string(lang)}
			number := w.complain(account...)
			filed := tw.cases()[i]
			if filed.Number.String() != number || filed.Text != strings.Join(account, "\n") || filed.Category != "renewal_delay" {
				t.Errorf("%s: told %s, filed %+v", lang, number, filed)
			}
			if !strings.HasSuffix(string(filed.Chat), ":"+strconv.Itoa(7001+i)) || !filed.DueAt.After(filed.OpenedAt) {
				t.Errorf("%s: filed %+v", lang, filed)
			}
		}
	})
}

func TestBaleIsServedByConfigurationAlone(t *testing.T) {
	tw := settle(t, true)
	w := tw.member(7001, bot.Fa)
	w.says("/start")
	w.taps("fa")
	if number := w.complain("over Bale"); tw.cases()[0].Number.String() != number {
		t.Errorf("told %s, filed %+v", number, tw.cases()[0])
	}
}

func TestEachDeliveryThatComesAgainIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	tw := settle(t, false)
	w := tw.member(7001, bot.En)
	w.says("/start")
	w.taps("en")
	w.complain("once")
	before := len(w.sees("everything", func(emulator.View) bool { return true }).Messages)
	for id := tw.first; id <= tw.messenger.LastUpdate(); id++ {
		_ = tw.messenger.Redeliver(id)
	}
	w.delivered()
	time.Sleep(200 * time.Millisecond)
	if after := len(w.sees("everything", func(emulator.View) bool { return true }).Messages); after != before || len(tw.cases()) != 1 {
		t.Errorf("%d messages and %d cases after every update came again; before: %d and 1", after, len(tw.cases()), before)
	}
}
