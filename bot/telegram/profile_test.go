package telegram

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/emulator"
)

const secret = "s3cret-s3cret-s3cret-s3cret-s3cret"

func TestTheTokenTellsWhoWeAreAndAWrongOneIsUnauthorized(t *testing.T) {
	w := newWorld(t, Telegram())
	me, err := w.Profile.Me(t.Context())
	if err != nil || me.ID != "7000000001" || me.Username != "javab_demo_bot" || me.ID != w.Account {
		t.Errorf("%+v, %v, account %s", me, err, w.Account)
	}
	wrong, err := Open(Config{Dialect: Telegram(), Token: "1:wrong", API: w.web.URL})
	if err != nil {
		t.Fatal(err)
	}
	_, err = wrong.Profile.Me(t.Context())
	wantFault(t, err, bot.FaultUnauthorized)
	_, err = wrong.Sender.Send(t.Context(), member, words("hi"))
	wantFault(t, err, bot.FaultUnauthorized)
}

func TestTheWebhookIsSetOnceAndUpdatesComeWithTheSecret(t *testing.T) {
	w := newWorld(t, Telegram())
	hook := newBin(t)
	for range 2 {
		if err := w.Profile.Webhook(t.Context(), hook.url+"/hook/tg", secret); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.sim.Stats().Calls["setWebhook"]; n != 1 {
		t.Errorf("set %d times", n)
	}
	got := hook.next(t)
	if got.secret != secret || !strings.HasPrefix(got.path, "/hook/tg?k=") || strings.Contains(got.path, secret) {
		t.Errorf("delivered to %s with %q", got.path, got.secret)
	}
	if err := w.Receiver.Verify(got.secret); err != nil {
		t.Error(err)
	}
	in, err := w.Receiver.Parse(got.body)
	if err != nil || in.Text != "/start" || in.Chat != "tg:7000000001:77" || in.From.Name != "Sara" || in.At.IsZero() {
		t.Errorf("%+v, %v", in, err)
	}
	if err := w.Profile.Webhook(t.Context(), hook.url+"/hook/tg", "another"); err != nil {
		t.Fatal(err)
	}
	if n := w.sim.Stats().Calls["setWebhook"]; n != 2 {
		t.Errorf("a changed secret was not set: %d calls", n)
	}
}

func TestInfoTellsWhatWaitsAndWhatWentWrongLast(t *testing.T) {
	w := newWorld(t, Telegram())
	if err := w.Profile.Webhook(t.Context(), nowhere(t)+"/hook/tg", secret); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the failure is told", func() bool {
		info, err := w.Profile.Info(t.Context())
		return err == nil && info.Pending == 1 && info.LastError != "" && !info.LastErrorAt.IsZero() && strings.HasSuffix(info.URL, "/hook/tg")
	})
}

func TestPollingRemovesTheWebhookKeepsWhatWaitsAndConfirmsByTheCursor(t *testing.T) {
	w := newWorld(t, Telegram())
	if err := w.Profile.Webhook(t.Context(), nowhere(t)+"/hook/tg", secret); err != nil {
		t.Fatal(err)
	}
	if _, err := w.sim.Say(memberID, "second"); err != nil {
		t.Fatal(err)
	}
	first, cursor, err := w.Profile.Poll(t.Context(), "")
	if err != nil || len(first) != 2 {
		t.Fatalf("%d updates, %v", len(first), err)
	}
	again, same, err := w.Profile.Poll(t.Context(), "")
	if err != nil || len(again) != 2 || same != cursor {
		t.Errorf("what was not confirmed came as %d updates, %v", len(again), err)
	}
	if _, err := w.sim.Say(memberID, "third"); err != nil {
		t.Fatal(err)
	}
	rest, _, err := w.Profile.Poll(t.Context(), cursor)
	if err != nil || len(rest) != 1 {
		t.Fatalf("%d updates after the cursor, %v", len(rest), err)
	}
	if in, err := w.Receiver.Parse(rest[0]); err != nil || in.Text != "third" {
		t.Errorf("%+v, %v", in, err)
	}
	if n := w.sim.Stats().Calls["deleteWebhook"]; n != 1 {
		t.Errorf("the webhook was removed %d times", n)
	}
	if err := w.Profile.Webhook(t.Context(), nowhere(t)+"/hook/tg", secret); err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Profile.Poll(t.Context(), cursor); err != nil {
		t.Errorf("polling after a webhook was set: %v", err)
	}
}

func TestTheProfileIsPublishedOnceInEachLanguage(t *testing.T) {
	w := newWorld(t, Telegram())
	about := About{Name: "Javab", Description: "Answers", Short: "Short", Commands: []Command{{"menu", "Menu"}, {"track", "Track"}}}
	for range 2 {
		for _, lang := range []bot.Lang{"", bot.Fa, bot.Ar} {
			about.Description = "Answers " + string(lang)
			if err := w.Profile.Publish(t.Context(), lang, about); err != nil {
				t.Fatal(err)
			}
		}
	}
	calls := w.sim.Stats().Calls
	if calls["setMyCommands"] != 3 || calls["setMyDescription"] != 3 || calls["setMyName"] != 1 || calls["setMyShortDescription"] != 1 {
		t.Errorf("calls %v", calls)
	}
}

// The emulator has the methods that the adapter calls and no others. This plays everything the adapter can do and
// compares.
func TestTheEmulatorHasExactlyTheMethodsThatTheAdapterCalls(t *testing.T) {
	w := newWorld(t, Telegram())
	ctx := t.Context()
	ref := w.send(t, buttons(bot.En, "Yes"))
	m := words("doc")
	m.Document = &bot.Document{Name: "a.txt", Body: []byte("a")}
	doc := w.send(t, m)
	m.Segments = words("new").Segments
	w.Sender.bodies = keeps{"f1": png}.open
	w.send(t, fileOf("f1", "photo", "a.png", "image/png", len(png)))
	press, _ := w.sim.Press(memberID, w.said(t)[0].ID, "f:t:a")
	_, _ = w.sim.SendFiles(memberID, "", emulator.Attachment{Kind: "voice", Body: []byte("x")})
	view, _ := w.sim.View(memberID)
	_, fetched := w.Files.Fetch(ctx, view.Messages[len(view.Messages)-1].Voice.ID, discard{}, 10)
	_, me := w.Profile.Me(ctx)
	_, _, polled := w.Profile.Poll(ctx, "")
	for _, err := range []error{
		w.Sender.AckPress(ctx, press, ""), w.Sender.Typing(ctx, member), w.Sender.Edit(ctx, member, ref, words("b")), w.Sender.Edit(ctx, member, doc, m), w.Sender.Delete(ctx, member, ref),
		w.Profile.Webhook(ctx, nowhere(t), secret), w.Profile.Publish(ctx, "", About{Name: "n", Description: "d", Short: "s", Commands: []Command{{"menu", "m"}}}),
		fetched, me, polled,
	} {
		if err != nil {
			t.Error(err)
		}
	}
	called := w.sim.Stats().Calls
	delete(called, "file")
	for _, name := range emulator.Methods() {
		if called[name] == 0 {
			t.Errorf("nobody calls %s", name)
		}
		delete(called, name)
	}
	for name := range called {
		t.Errorf("the emulator has no %s", name)
	}
}

func TestBaleGetsItsSecretInThePathAndNoListOfKinds(t *testing.T) {
	w := newWorld(t, Bale())
	hook := newBin(t)
	for range 2 {
		if err := w.Profile.Webhook(t.Context(), hook.url+"/hook/bale", secret); err != nil {
			t.Fatal(err)
		}
	}
	if n := w.sim.Stats().Calls["setWebhook"]; n != 1 {
		t.Errorf("set %d times", n)
	}
	if got := hook.next(t); got.secret != "" || got.path != "/hook/bale/"+secret {
		t.Errorf("delivered to %s with %q", got.path, got.secret)
	}
	info, err := w.Profile.Info(t.Context())
	if err != nil || strings.Contains(info.URL, secret) {
		t.Errorf("%+v, %v", info, err)
	}
	if err := w.Profile.Publish(t.Context(), bot.Fa, About{Name: "x"}); err != nil {
		t.Errorf("publishing where there is no profile: %v", err)
	}
}

func TestBaleEditsKeepTheMessagesNameAlthoughTheAnswerHasNone(t *testing.T) {
	w := newWorld(t, Bale())
	first := w.send(t, buttons(bot.Fa, "a", "b"))
	m := words("new")
	m.Replace = string(first)
	if ref := w.send(t, m); ref != first || w.last(t).Text != "new" {
		t.Errorf("named %q, says %q", ref, w.last(t).Text)
	}
}

func TestBaleRefusesInItsOwnWay(t *testing.T) {
	w := newWorld(t, Bale())
	_, err := w.Sender.Send(t.Context(), "404", words("hi"))
	wantFault(t, err, bot.FaultBlocked) // 440, no such user
	w.sim.AddFault(emulator.Fault{Method: "sendMessage", Status: 429, RetryAfter: 9, Times: 1})
	_, err = w.Sender.Send(t.Context(), member, words("hi"))
	wantFault(t, err, bot.FaultRateLimited)
	w.sim.ClearFaults()
	if err := w.sim.Block(memberID, true); err != nil {
		t.Fatal(err)
	}
	_, err = w.Sender.Send(t.Context(), member, words("hi"))
	wantFault(t, err, bot.FaultBlocked)
}

func TestBaleMarkupShowsTheTextAsItWasMeant(t *testing.T) {
	w := newWorld(t, Bale())
	for _, c := range []struct {
		segments []bot.Segment
		entities int
	}{
		{[]bot.Segment{{Text: "a_b_c *d* `e` 2*3"}}, 0},
		{[]bot.Segment{{Text: "one * two _ three"}}, 0},
		{[]bot.Segment{{Text: "due: "}, {Text: "\u2068tomorrow *\u2069", Style: bot.Bold}, {Text: " *"}}, 1},
		{[]bot.Segment{{Text: "number "}, {Text: "JV-1405", Style: bot.Code}}, 0},
	} {
		m := bot.Outbound{Segments: c.segments}
		w.send(t, m)
		if got := w.last(t); got.Text != m.Plain() || len(got.Entities) != c.entities {
			t.Errorf("%q arrived as %q, %v", m.Plain(), got.Text, got.Entities)
		}
	}
}

func TestAPressOfAnOldBaleClientIsReadButNotAnswered(t *testing.T) {
	w := newWorld(t, Bale())
	w.sim.Join(emulator.Member{ID: memberID, First: "Sara", OldClient: true})
	w.send(t, buttons(bot.Fa, "a"))
	if _, err := w.sim.Press(memberID, w.last(t).ID, "f:t:a"); err != nil {
		t.Fatal(err)
	}
	updates, _, err := w.Profile.Poll(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(updates, func(u []byte) bool { return strings.Contains(string(u), "callback_query") })
	in, err := w.Receiver.Parse(updates[i])
	if err != nil || in.Press == nil || in.Press.ID != "" || in.Press.Data != "f:t:a" || in.Press.Ref == "" {
		t.Errorf("%+v, %v", in.Press, err)
	}
}

func TestAConfigurationThatCannotWorkIsASentenceWithoutTheToken(t *testing.T) {
	for _, c := range []struct {
		config Config
		says   string
	}{
		{Config{Token: "no-token-at-all-AAfake"}, "form"},
		{Config{Token: token + "/../x"}, "form"},
		{Config{Token: token, API: "ftp://x"}, "http"},
		{Config{Token: token, API: "localhost"}, "http"},
		{Config{Token: token, Proxy: "proxy:80"}, "proxy"},
		{Config{Token: token, Proxy: "gopher://proxy:80"}, "gopher"},
	} {
		c.config.Dialect = Telegram()
		_, err := Open(c.config)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "AAfake") {
			t.Errorf("%+v: %v", c.config.API+c.config.Proxy, err)
		}
	}
	if c, err := Open(Config{Dialect: Telegram(), Token: token, Proxy: "socks5://127.0.0.1:1"}); err != nil {
		t.Error(err)
	} else {
		_, err := c.Profile.Me(t.Context())
		wantFault(t, err, bot.FaultTransient)
	}
}

func TestAnIdIsReadFromNumbersAndStringsAndNothingElse(t *testing.T) {
	for raw, want := range map[string]ident{`7`: "7", `"7"`: "7", `-7`: "-7", `"a_b"`: "a_b", `"a:b"`: "", `{}`: "", `null`: "", `1.5`: "", `""`: "", `true`: "true"} {
		var got ident
		if err := json.Unmarshal([]byte(raw), &got); err != nil || got != want {
			t.Errorf("%s reads as %q, %v", raw, got, err)
		}
	}
}
