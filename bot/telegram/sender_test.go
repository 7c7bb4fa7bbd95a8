package telegram

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/webhook/emulator"
)

func TestAPlainMessageArrivesAsItIsAndIsNamed(t *testing.T) {
	w := newWorld(t, Telegram())
	ref := w.send(t, words("1 < 2 & *3* {\"a\":1}"))
	got := w.last(t)
	if got.Text != "1 < 2 & *3* {\"a\":1}" || len(got.Entities) != 0 {
		t.Errorf("arrived as %q, %v", got.Text, got.Entities)
	}
	if ids, _ := messageIDs(ref); len(ids) != 1 || int64(ids[0]) != got.ID {
		t.Errorf("named %q, is %d", ref, got.ID)
	}
}

func TestAStyledMessageArrivesStyledWithItsSignsIntact(t *testing.T) {
	w := newWorld(t, Telegram())
	w.send(t, bot.Outbound{Segments: []bot.Segment{{Text: "a < b & "}, {Text: "<b>", Style: bot.Bold}, {Text: " "}, {Text: "\u2066JV-1\u2069", Style: bot.Code}}})
	got := w.last(t)
	if got.Text != "a < b & <b> \u2066JV-1\u2069" {
		t.Errorf("arrived as %q", got.Text)
	}
	want := []emulator.Entity{{Type: "bold", Offset: 8, Length: 3}, {Type: "code", Offset: 13, Length: 4}}
	if len(got.Entities) != 2 || got.Entities[0] != want[0] || got.Entities[1] != want[1] {
		t.Errorf("styled %v, want %v", got.Entities, want)
	}
}

func TestALongMessageArrivesInPartsWithTheButtonsOnTheLast(t *testing.T) {
	w := newWorld(t, Telegram())
	m := buttons(bot.En, "Yes")
	m.Segments = []bot.Segment{{Text: strings.Repeat("word \U0001F600 ", 1200)}}
	ref := w.send(t, m)
	all := w.said(t)
	if len(all) != 3 {
		t.Fatalf("%d parts", len(all))
	}
	var joined strings.Builder
	for i, part := range all {
		joined.WriteString(part.Text + " ")
		if (len(part.Markup) > 0) != (i == len(all)-1) {
			t.Errorf("part %d has markup %s", i, part.Markup)
		}
	}
	if strings.TrimSpace(joined.String()) != strings.TrimSpace(m.Plain()) {
		t.Error("the parts are not the whole")
	}
	if ids, _ := messageIDs(ref); len(ids) != 3 || int64(ids[0]) != all[0].ID || int64(ids[2]) != all[2].ID {
		t.Errorf("named %q", ref)
	}
}

func TestALaterPartThatIsToldToWaitWaitsSoThatTheFirstIsNotDoubled(t *testing.T) {
	w := newWorld(t, Telegram())
	w.sim.AddFault(emulator.Fault{Method: "sendMessage", Delay: 1, Times: 1}) // the first part
	w.sim.AddFault(emulator.Fault{Method: "sendMessage", Status: 429, RetryAfter: 1, Times: 1})
	if _, err := w.Sender.Send(t.Context(), member, words(strings.Repeat("a ", 3000))); err != nil {
		t.Fatal(err)
	}
	if n := len(w.said(t)); n != 2 {
		t.Errorf("%d parts arrived", n)
	}
	if early := w.sim.Stats().Early; early != 0 {
		t.Errorf("%d calls came before their time", early)
	}
}

func TestAMessageReplacesTheOneOfThePressAndIsNewWhenThatIsGone(t *testing.T) {
	w := newWorld(t, Telegram())
	first := w.send(t, buttons(bot.En, "Yes"))
	m := words("chosen")
	m.Replace = string(first)
	if ref := w.send(t, m); ref != first {
		t.Errorf("replaced %s by %s", first, ref)
	}
	if got := w.last(t); got.Text != "chosen" || got.Markup != nil || len(w.said(t)) != 1 {
		t.Errorf("%q %s, %d messages", got.Text, got.Markup, len(w.said(t)))
	}
	if ref := w.send(t, m); ref != first {
		t.Error("saying the same again is no success")
	}
	if err := w.Sender.Delete(t.Context(), member, first); err != nil {
		t.Fatal(err)
	}
	if err := w.Sender.Delete(t.Context(), member, first); err != nil {
		t.Errorf("deleting twice: %v", err)
	}
	if ref := w.send(t, m); ref == first || ref == "" {
		t.Errorf("the new message is named %q", ref)
	}
	wantFault(t, w.Sender.Edit(t.Context(), member, first, m), bot.FaultNotFound)
	wantFault(t, w.Sender.Edit(t.Context(), member, "", m), bot.FaultNotFound)
}

func TestAPressIsAnsweredOnceAndAnsweringItLateIsNoError(t *testing.T) {
	w := newWorld(t, Telegram())
	w.send(t, buttons(bot.En, "Yes"))
	press, err := w.sim.Press(memberID, w.last(t).ID, "f:t:a")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Sender.AckPress(t.Context(), press, ""); err != nil {
			t.Error(err)
		}
	}
	if err := w.Sender.AckPress(t.Context(), "", ""); err != nil {
		t.Errorf("a press that cannot be answered: %v", err)
	}
	if n := w.sim.Stats().Calls["answerCallbackQuery"]; n != 2 {
		t.Errorf("%d calls", n)
	}
}

func TestTypingIsSeen(t *testing.T) {
	w := newWorld(t, Telegram())
	if err := w.Sender.Typing(t.Context(), member); err != nil {
		t.Fatal(err)
	}
	events, _, _ := w.sim.Events(memberID, 0)
	if events[len(events)-1].Type != "typing" {
		t.Errorf("last seen: %v", events[len(events)-1])
	}
}

func TestAContactButtonStandsBelowTheTextUntilALaterMessageTakesItAway(t *testing.T) {
	w := newWorld(t, Telegram())
	m := buttons(bot.En, "No phone")
	m.AskContact = "Share my phone"
	ask := w.send(t, m)
	view, _ := w.sim.View(memberID)
	for _, want := range []string{`"request_contact":true`, "Share my phone", "No phone", `"one_time_keyboard":true`} {
		if !strings.Contains(string(view.Keyboard), want) {
			t.Errorf("keyboard %s lacks %s", view.Keyboard, want)
		}
	}
	w.send(t, buttons(bot.En, "Yes")) // has buttons of its own: it cannot
	if view, _ = w.sim.View(memberID); view.Keyboard == nil {
		t.Error("a message with buttons took the keyboard away")
	}
	w.send(t, words("thanks"))
	if view, _ = w.sim.View(memberID); view.Keyboard != nil {
		t.Error("the keyboard still stands")
	}
	again := words("thanks")
	again.Replace = string(ask)
	if ref := w.send(t, again); ref == ask {
		t.Error("a message with a keyboard was edited")
	}
}

func TestADocumentIsUploadedWithItsTextAsCaptionOrBeforeIt(t *testing.T) {
	w := newWorld(t, Telegram())
	m := buttons(bot.En, "Thanks")
	m.Segments = []bot.Segment{{Text: "your "}, {Text: "data", Style: bot.Bold}}
	m.Document = &bot.Document{Name: "mydata.json", MIME: "application/json", Body: []byte(`{"a":1}`)}
	ref := w.send(t, m)
	got := w.last(t)
	if got.Document == nil || got.Document.Name != "mydata.json" || got.Document.Size != 7 || got.Caption != "your data" || len(got.Markup) == 0 {
		t.Errorf("arrived as %+v", got)
	}
	if ids, _ := messageIDs(ref); len(ids) != 1 || int64(ids[0]) != got.ID {
		t.Errorf("named %s, is %d", ref, got.ID)
	}
	m.Segments = []bot.Segment{{Text: strings.Repeat("a", 1025)}}
	w.send(t, m)
	all := w.said(t)
	if len(all) != 3 || all[1].Text == "" || all[1].Markup != nil || all[2].Caption != "" || all[2].Markup == nil {
		t.Errorf("%d messages: %+v", len(all), all)
	}
}

func TestEveryRefusalIsAFaultInOurWords(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault emulator.Fault
		want  bot.SendFault
		after time.Duration
	}{
		{"429 with a time", emulator.Fault{Status: 429, RetryAfter: 7}, bot.FaultRateLimited, 7 * time.Second},
		{"429 without", emulator.Fault{Status: 429}, bot.FaultRateLimited, 5 * time.Second},
		{"429 in plain text", emulator.Fault{Status: 429, Plain: true, Text: "local_rate_limited"}, bot.FaultRateLimited, 5 * time.Second},
		{"plain text under another status", emulator.Fault{Status: 503, Plain: true, Text: "local_rate_limited"}, bot.FaultRateLimited, 5 * time.Second},
		{"500", emulator.Fault{Status: 500}, bot.FaultAmbiguous, 0},
		{"502 of a proxy", emulator.Fault{Status: 502, Plain: true, Text: "<html>"}, bot.FaultAmbiguous, 0},
		{"401", emulator.Fault{Status: 401}, bot.FaultUnauthorized, 0},
		{"404 of the token", emulator.Fault{Status: 404}, bot.FaultUnauthorized, 0},
		{"403", emulator.Fault{Status: 403}, bot.FaultBlocked, 0},
		{"400 of another kind", emulator.Fault{Status: 400}, bot.FaultRejected, 0},
		{"400 of our markup", emulator.Fault{Status: 400, Text: "Bad Request: can't parse entities: x"}, bot.FaultMarkup, 0},
		{"hung up before", emulator.Fault{Hangup: true}, bot.FaultAmbiguous, 0},
		{"carried out, then cut", emulator.Fault{Cut: true}, bot.FaultAmbiguous, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, Telegram())
			c.fault.Method, c.fault.Times = "sendMessage", 1
			w.sim.AddFault(c.fault)
			_, err := w.Sender.Send(t.Context(), member, words("hi"))
			wantFault(t, err, c.want)
			if e, _ := errors.AsType[*bot.SendError](err); e.After != c.after {
				t.Errorf("wait %s, want %s", e.After, c.after)
			}
			if strings.Contains(err.Error(), token) || strings.Contains(err.Error(), "AAfake") {
				t.Errorf("the token is in %q", err)
			}
			if n := len(w.said(t)); (n == 1) != c.fault.Cut {
				t.Errorf("%d messages arrived", n)
			}
		})
	}
}

func TestACutIsRepeatedAtOnceWhereARepetitionAddsNothing(t *testing.T) {
	w := newWorld(t, Telegram())
	first := w.send(t, words("one"))
	w.sim.AddFault(emulator.Fault{Method: "editMessageText", Cut: true, Times: 1})
	if err := w.Sender.Edit(t.Context(), member, first, words("two")); err != nil {
		t.Fatal(err)
	}
	if w.last(t).Text != "two" || w.sim.Stats().Calls["editMessageText"] != 2 {
		t.Errorf("%q after %d calls", w.last(t).Text, w.sim.Stats().Calls["editMessageText"])
	}
}

func TestAMemberWhoBlockedUsAndAChatThatIsNotThereAreToldApart(t *testing.T) {
	w := newWorld(t, Telegram())
	if err := w.sim.Block(memberID, true); err != nil {
		t.Fatal(err)
	}
	_, err := w.Sender.Send(t.Context(), member, words("hi"))
	wantFault(t, err, bot.FaultBlocked)
	_, err = w.Sender.Send(t.Context(), "999", words("hi"))
	wantFault(t, err, bot.FaultNotFound)
	_, err = w.Sender.Send(t.Context(), "u_1", words("hi"))
	wantFault(t, err, bot.FaultNotFound)
	_, err = w.Sender.Send(t.Context(), member, words(" \n"))
	wantFault(t, err, bot.FaultRejected)
}

func TestAMessengerThatCannotBeReachedGotNothing(t *testing.T) {
	c, err := Open(Config{Dialect: Telegram(), Token: token, API: nowhere(t)})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Sender.Send(t.Context(), member, words("hi"))
	wantFault(t, err, bot.FaultTransient)
	m := words("hi")
	m.Document = &bot.Document{Name: "a", Body: []byte("b")}
	_, err = c.Sender.Send(t.Context(), member, m)
	wantFault(t, err, bot.FaultTransient)
	if strings.Contains(err.Error(), "AAfake") {
		t.Errorf("the token is in %q", err)
	}
	_, err = c.Files.Fetch(t.Context(), "F", nil, 1)
	wantFault(t, err, bot.FaultTransient)
}

func TestACallThatIsCancelledSaysSo(t *testing.T) {
	w := newWorld(t, Telegram())
	w.sim.AddFault(emulator.Fault{Delay: 5000})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := w.Sender.Send(ctx, member, words("hi"))
	wantFault(t, err, bot.FaultAmbiguous)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v is no deadline", err)
	}
}

// canned is a channel whose API says the same to everything.
func canned(t *testing.T, d Dialect, status int, body string) *Channel {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(web.Close)
	c, err := Open(Config{Dialect: d, Token: token, API: web.URL})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnAcceptedMessageIsNeverSentAgainForAnAnswerThatReadsOddly(t *testing.T) {
	document := words("hi")
	document.Document = &bot.Document{Name: "a", Body: []byte("b")}
	for body, want := range map[string]bot.Ref{
		`{"ok":true,"result":null}`:             "",
		`{"ok":true,"result":true}`:             "",
		`{"ok":true}`:                           "",
		`{"ok":true,"result":{"message_id":0}}`: "",
		`{"ok":true,"result":{"message_id":5,"reply_markup":"{}","date":"x"}}`:  "5",
		`{"ok":true,"result":{"message_id":5,"forward_origin":{"type":"new"}}}`: "5",
	} {
		c := canned(t, Bale(), 200, body)
		for _, m := range []bot.Outbound{words("hi"), document} {
			if ref, err := c.Sender.Send(t.Context(), member, m); err != nil || ref != want {
				t.Errorf("%s: %q, %v", body, ref, err)
			}
		}
	}
}

func TestTheTextOfARefusalDecidesWhatItIs(t *testing.T) {
	for body, want := range map[string]bot.SendFault{
		`{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1009}}`: bot.FaultMigrated,
		`{"ok":false,"error_code":400,"description":"Bad Request: MESSAGE_TOO_LONG, message is too long"}`:                             bot.FaultTooLong,
		`{"ok":false,"error_code":400,"description":"Bad Request: user is deactivated"}`:                                               bot.FaultBlocked,
		`{"ok":false,"error_code":409,"description":"Conflict"}`:                                                                       bot.FaultTransient,
		`{"ok":false,"error_code":413,"description":"Request Entity Too Large"}`:                                                       bot.FaultTooLong,
		`{"ok":false,"error_code":404,"description":"Not Found: method not found"}`:                                                    bot.FaultUnsupported,
		`{"ok":false,"error_code":404,"description":"file not there"}`:                                                                 bot.FaultNotFound,
		`{"ok":false,"error_code":500,"description":"Internal Server Error","result":[]}`:                                              bot.FaultAmbiguous,
		`{"ok":false,"description":"bot ` + token + ` went away"}`:                                                                     bot.FaultRejected,
		`<html>`: bot.FaultAmbiguous,
		``:       bot.FaultAmbiguous,
	} {
		_, err := canned(t, Telegram(), 200, body).Sender.Send(t.Context(), member, words("hi"))
		wantFault(t, err, want)
		if e, _ := errors.AsType[*bot.SendError](err); want == bot.FaultMigrated && e.To != "-1009" {
			t.Errorf("moved to %q", e.To)
		}
		if strings.Contains(err.Error(), "AAfake") {
			t.Errorf("the token is in %q", err)
		}
	}
}
