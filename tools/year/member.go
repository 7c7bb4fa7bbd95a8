package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// chat is a member at his messenger.
type chat struct {
	id, lang string
	known    bool // he has written before
	blocks   bool // he reads nothing any more
}

// matter is a case, as its member and its officer have it in mind.
type matter struct {
	number string
	topic  topic
	chat   *chat
	opened int64
	minded map[string]bool // buttons that the member has thought about
	over   bool            // taken back, as far as the officer knows
	works  bool            // its officer has it on his list
}

// key is the case's part of the number that its rows have too: year and running number.
func (m *matter) key() string { return key(m.number) }

func key(number string) string {
	parts := strings.Split(number, "-")
	n, _ := strconv.Atoi(parts[2])
	return fmt.Sprintf("%s-%d", parts[1], n)
}

// chance is true so often in a hundred.
func (t *town) chance(percent int) bool { return t.IntN(100) < percent }

// some is a time from a to b, in ms.
func (t *town) some(a, b int64) int64 { return a + t.Int64N(b-a) }

// shares are how many of a hundred cases are of a kind.
var shares = []struct {
	kind  string
	share int
}{{"complaint", 60}, {"request", 20}, {"suggestion", 10}, {"question", 10}}

// populate plans what members file, and which of them leave.
func (t *town) populate(ctx context.Context) {
	langs := []string{"fa", "fa", "fa", "ar", "en"}
	for i := range max(t.settings.cases*2/5, 1) {
		c := &chat{id: strconv.Itoa(100_000 + i), lang: langs[t.IntN(len(langs))]}
		t.chats = append(t.chats, c)
		if t.chance(6) {
			t.plan(t.some(newYear, t.ends), func() error { return t.leave(ctx, c) })
		}
	}
	for range t.settings.cases {
		c := t.chats[t.IntN(len(t.chats))]
		t.plan(t.some(newYear, t.ends-day), func() error { return t.file(ctx, c) })
	}
}

// leave blocks the bot. Half of the messengers tell.
func (t *town) leave(ctx context.Context, c *chat) error {
	if !c.known {
		return nil
	}
	c.blocks = true
	how := "silently"
	if t.chance(50) {
		how = ""
	}
	return t.order(ctx, order{Do: "blocks", Chat: c.id, Lang: c.lang, Event: t.name("b"), Text: how})
}

// name is one that nothing had before. An order that is given twice keeps it.
func (t *town) name(what string) string {
	t.events++
	return what + strconv.Itoa(t.events)
}

func (t *town) file(ctx context.Context, c *chat) error {
	if c.blocks {
		return nil
	}
	if !c.known {
		c.known = true
		if err := t.order(ctx, order{Do: "says", Chat: c.id, Lang: c.lang, Event: t.name("m"), Text: "/start"}); err != nil {
			return err
		}
	}
	about, event := t.subject(), t.name("f")
	err := t.order(ctx, order{
		Do: "action", Chat: c.id, Event: event, Action: "case.open",
		With: map[string]string{"kind": about.Kind, "category": about.ID, "text": "This is what happened, " + event + "."},
	})
	number, _ := t.replies.Vars["case.number"].(string)
	if err != nil || number == "" {
		return fmt.Errorf("file a case about %v: %w %s", about, err, t.replies.Outcome)
	}
	m := &matter{number: number, topic: about, chat: c, opened: t.now, minded: map[string]bool{}}
	t.cases[m.key()] = m
	if t.chance(4) {
		t.plan(t.now+t.some(hour, 20*day), func() error {
			m.over = true
			return t.order(ctx, order{Do: "action", Chat: c.id, Event: t.name("w"), Action: "case.withdraw", With: map[string]string{"number": number}})
		})
	}
	t.serve(ctx, m)
	return nil
}

func (t *town) subject() topic {
	n := t.IntN(100)
	for _, s := range shares {
		if n -= s.share; n >= 0 {
			continue
		}
		var of []topic
		for _, about := range t.topics {
			if about.Kind == s.kind {
				of = append(of, about)
			}
		}
		if len(of) > 0 {
			return of[t.IntN(len(of))]
		}
	}
	return t.topics[t.IntN(len(t.topics))]
}

// think lets members do something about the buttons that they have got.
func (t *town) think(ctx context.Context) {
	t.mu.Lock()
	fresh := t.fresh
	t.fresh = nil
	t.mu.Unlock()
	for _, l := range fresh {
		for _, data := range l.Presses {
			button, about, of := strings.Cut(strings.TrimPrefix(data, "c:"), ":")
			if !of || !strings.HasPrefix(data, "c:") {
				continue
			}
			parts := strings.Split(about, ":")
			m := t.cases[key(parts[0])]
			if m == nil || m.minded[button+about] {
				continue
			}
			m.minded[button+about] = true
			t.consider(ctx, m, l, button, parts)
		}
	}
}

// consider decides what becomes of a button. Only some are pressed, sooner or later.
func (t *town) consider(ctx context.Context, m *matter, l letter, button string, parts []string) {
	press := func(wait int64, then func()) {
		t.plan(t.now+wait, func() error {
			if m.chat.blocks {
				return nil
			}
			err := t.order(ctx, order{Do: "press", Chat: m.chat.id, Lang: m.chat.lang, Event: t.name("p"), Data: "c:" + button + ":" + strings.Join(parts, ":")})
			then()
			return err
		})
	}
	again := func() { t.rework(ctx, m) }
	round := parts[0] + parts[1]
	switch button {
	case "solved": // decides about its neighbour as well
		switch n := t.IntN(100); {
		case m.minded["verdict"+round]:
		case n < 50:
			m.minded["verdict"+round] = true
			press(t.some(10*minute, 5*day), func() {})
		case n < 66:
			m.minded["verdict"+round] = true
			button = "not_solved"
			press(t.some(10*minute, 5*day), again)
		case n < 80:
			m.minded["verdict"+round] = true
			t.plan(t.now+t.some(hour, 3*day), func() error { return t.chatter(ctx, m.chat) })
		}
	case "reopen":
		if t.chance(5) {
			t.plan(t.now+t.some(day, 9*day), func() error { return t.again(ctx, m, parts) })
		}
	case "rate":
		if parts[len(parts)-1] == strconv.Itoa(1+t.IntN(5)) && t.chance(60) {
			press(t.some(minute, 2*day), func() {})
		}
	case "holds":
		switch n := t.IntN(100); {
		case n < 25:
			press(t.some(minute, 3*day), func() {})
		case n < 31:
			button = "fails"
			press(t.some(minute, 3*day), again)
		}
	}
}

// chatter is what members write beside their cases.
func (t *town) chatter(ctx context.Context, c *chat) error {
	if c.blocks {
		return nil
	}
	return t.order(ctx, order{Do: "says", Chat: c.id, Lang: c.lang, Event: t.name("m"), Text: "/menu"})
}

// again opens a closed case.
func (t *town) again(ctx context.Context, m *matter, parts []string) error {
	if m.chat.blocks {
		return nil
	}
	err := t.order(ctx, order{
		Do: "action", Chat: m.chat.id, Event: t.name("r"), Action: "case.reopen",
		With: map[string]string{"number": m.number, "round": parts[1], "text": "It is not over."},
	})
	if t.replies.Outcome == "ok" {
		t.rework(ctx, m)
	}
	return err
}
