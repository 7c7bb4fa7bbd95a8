package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"javab/tools/subject"
)

//go:embed testdata/eyes.js
var eyes string

// window is one window of the browser, with a profile of its own, and the phone in it that the test holds.
type window struct {
	testing.TB
	ctx  context.Context
	lang string // of the phone's member

	mu         sync.Mutex
	complaints []string                          // what the browser complained of
	chooser    chan *page.EventFileChooserOpened // the file dialogs that the page opened
}

// size is a window, in CSS pixels.
type size struct{ width, height int64 }

var (
	desk   = size{1440, 900}
	mobile = size{390, 844}
)

// open shows the demo in a new window, in the language of one of its members, whose phone is then in hand.
func open(t testing.TB, s *subject.Subject, lang string, in size) *window {
	t.Helper()
	w := blank(t, lang, in)
	w.do(chromedp.Navigate("http://" + s.Address + "/demo?lang=" + lang))
	w.until("the member's phone", func() bool { return w.is(".phone", "") })
	return w
}

// blank is a new window, with a profile of its own and nothing in it.
func blank(t testing.TB, lang string, in size) *window {
	t.Helper()
	w := &window{TB: t, lang: lang, chooser: make(chan *page.EventFileChooserOpened, 1)}
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext(), chromedp.WithListener(w.hear))
	t.Cleanup(cancel)
	w.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // the window lives as long as the context of its first step
		t.Fatal(err)
	}
	w.do(
		call(log.Enable, cdp.Empty{}),
		call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
		}),
		call(page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true}),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: eyes}),
	)
	w.resize(in)
	return w
}

// on is the same window in the hands of another test.
func (w *window) on(t testing.TB) *window {
	return &window{TB: t, ctx: w.ctx, lang: w.lang, chooser: w.chooser}
}

func (w *window) resize(to size) {
	w.Helper()
	if to.width < 600 {
		w.do(chromedp.EmulateViewport(to.width, to.height, chromedp.EmulateMobile, chromedp.EmulatePortrait))
		return
	}
	w.do(chromedp.EmulateViewport(to.width, to.height))
}

// hear collects what would be red in the console: errors, violations of the content policy, answers that are none.
func (w *window) hear(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFileChooserOpened:
		w.chooser <- e
	case *runtime.EventExceptionThrown:
		w.complaints = append(w.complaints, fmt.Sprintf("exception: %+v", e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			for _, said := range e.Args {
				w.complaints = append(w.complaints, fmt.Sprintf("console.%s: %s%s", e.Type, said.Value, said.Description))
			}
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Source == "security" {
			w.complaints = append(w.complaints, fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

// quiet fails the test when the browser had anything to complain of.
func (w *window) quiet() {
	w.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, complaint := range w.complaints {
		w.Errorf("the browser complains: %s", complaint)
	}
}

// call is one command of the browser's protocol, as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, command, params)
		return err
	})
}

// enter is the key as a keyboard sends it: its character is part of the press, so that a page that takes the press is
// not given the character as well.
var enter = chromedp.Steps(
	call(input.DispatchKeyEvent, input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyDown, Key: "Enter", Code: "Enter", Text: "\r", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13,
	}),
	call(input.DispatchKeyEvent, input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeKeyUp, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13,
	}),
)

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 60*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.Fatal(err)
	}
}

// see asks the eyes in the page.
func see[T any](w *window, what string, arguments ...any) T {
	w.Helper()
	list, err := json.Marshal(append([]any{}, arguments...))
	if err != nil {
		w.Fatal(err)
	}
	look := chromedp.Evaluate[T](fmt.Sprintf("eyes.%s(...%s)", what, list), chromedp.EvalAwaitPromise)
	seen, err := chromedp.Run(w.ctx, look)
	for tries := 0; err != nil && strings.Contains(err.Error(), "navigated or closed") && tries < 5; tries++ {
		time.Sleep(50 * time.Millisecond) // the page went while it was looked at: what is there now?
		seen, err = chromedp.Run(w.ctx, look)
	}
	if err != nil {
		w.Fatalf("look at %s%s: %v", what, list, err)
	}
	return seen
}

// until waits for what a person would wait for.
func (w *window) until(what string, seen func() bool) {
	w.Helper()
	for deadline := time.Now().Add(45 * time.Second); !seen(); time.Sleep(15 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.Fatalf("waited in vain for %s; there is:\n%s", what, w.told())
		}
	}
}

// is reports whether something is in sight on the phone. Without a text, any will do.
func (w *window) is(selector, text string) bool {
	w.Helper()
	return see[bool](w, "is", w.lang, selector, text)
}

// tap presses the last thing on the phone that fits, as a finger does: where it is, when nothing lies over it.
func (w *window) tap(selector, text string) {
	w.Helper()
	var at []float64
	w.until(fmt.Sprintf("%s %q to tap", selector, text), func() bool {
		at = see[[]float64](w, "spot", w.lang, selector, text)
		return at != nil
	})
	w.do(chromedp.MouseClickXY(at[0], at[1]))
}

// choose presses the last button of the chat with these words.
func (w *window) choose(label string) {
	w.Helper()
	w.tap(".log .key", label)
}

// write sends a text, in the place of what is written already.
func (w *window) write(text string) {
	w.Helper()
	w.tap("[data-part=text]", "")
	see[bool](w, "select", w.lang)
	w.do(call(input.InsertText, input.InsertTextParams{Text: text}))
	w.tap("[data-part=go]", "")
	w.until("the sent text", func() bool { return w.last(true).Text == text })
}

// attach sends a file by the entry of the attachments' menu with this icon.
func (w *window) attach(icon, file string) {
	w.Helper()
	w.tap("[data-part=attach]", "")
	w.tap(`.menu button:has([href$="#`+icon+`"])`, "")
	select {
	case asked := <-w.chooser:
		w.do(call(dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, BackendNodeID: asked.BackendNodeID}))
	case <-time.After(30 * time.Second):
		w.Fatal("no file dialog opened")
	}
}

// message is what one bubble shows, with its buttons.
type message struct {
	ID      int      `json:"id"` // 0 while it is on its way
	Own     bool     `json:"own"`
	Text    string   `json:"text"`
	Keys    []string `json:"keys"`
	Picture int      `json:"picture"` // width of what it depicts
	Card    string   `json:"card"`    // file or contact
	Meta    string   `json:"meta"`
}

func (w *window) messages() []message {
	w.Helper()
	return see[[]message](w, "messages", w.lang)
}

// last is the newest message of the member or of the bot, the zero message when there is none.
func (w *window) last(own bool) (newest message) {
	w.Helper()
	for _, m := range w.messages() {
		if m.Own == own && m.ID > 0 {
			newest = m
		}
	}
	return newest
}

// asked waits for a message with buttons that came after another, and returns it.
func (w *window) asked(after message) (question message) {
	w.Helper()
	w.until("a question after "+after.Text, func() bool {
		question = w.last(false)
		return question.ID > after.ID && len(question.Keys) > 0
	})
	return question
}

// told is the chat, or the page where there is no phone, for those who read of a failure.
func (w *window) told() string {
	w.Helper()
	if w.lang == "" {
		return see[string](w, "page")
	}
	var lines []string
	for _, m := range w.messages() {
		lines = append(lines, fmt.Sprintf("%+v", m))
	}
	return strings.Join(lines, "\n")
}
