package deskweb

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

// What the room's content has ready.
func (f *fake) Replies(_ bot.UnitID, topic string) (first, rest []bot.ReadyReply, version int) {
	for _, r := range f.room.Replies {
		reply := bot.ReadyReply{ID: r.ID, Topic: r.Topic, Title: r.Title, Text: r.Text}
		if r.Topic != "" && r.Topic == topic {
			first = append(first, reply)
		} else {
			rest = append(rest, reply)
		}
	}
	return first, rest, 7
}

func (f *fake) Guide(topic string) bot.Text {
	if topic == "" {
		return bot.Text{}
	}
	return f.room.Guide
}

func (f *fake) Asked(_, step string) bot.Text         { return f.room.Steps[step] }
func (f *fake) Field(_ string, field string) bot.Text { return f.room.Fields[field] }

// Hints finds a commitment in the word "promise" and rudeness in "nonsense".
func (f *fake) Hints(words string) (found []desk.Hint) {
	if strings.Contains(words, "nonsense") {
		found = append(found, desk.HintRude)
	}
	if strings.Contains(words, "promise") {
		found = append(found, desk.HintCommitment)
	}
	return found
}

func (f *fake) Warn(_ context.Context, by bot.Staff, chat bot.ChatKey, why string) error {
	return f.did("%s warns %s: %s", by.ID, chat, why)
}

func (f *fake) Mute(_ context.Context, by bot.Staff, chat bot.ChatKey, until time.Time, why string) error {
	return f.did("%s mutes %s until %s: %s", by.ID, chat, until.UTC().Format(time.DateTime), why)
}

func (f *fake) Unmute(_ context.Context, by bot.Staff, chat bot.ChatKey, why string) error {
	return f.did("%s unmutes %s: %s", by.ID, chat, why)
}

func (f *fake) LegalHold(_ context.Context, by bot.Staff, chat bot.ChatKey, on bool, why string) error {
	return f.did("%s holds %s legally: %v: %s", by.ID, chat, on, why)
}

func (f *fake) CallManager(_ context.Context, by bot.Staff, chat bot.ChatKey, why string) error {
	return f.did("%s calls a manager to %s: %s", by.ID, chat, why)
}

// refs are the ready replies on a page, in their order.
func refs(page string) (found []string) {
	for _, m := range regexp.MustCompile(`data-ref="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		found = append(found, m[1])
	}
	return found
}

func TestRepliesForTheTopicComeFirstAndTheOthersBehindThem(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:1", false, "javab_lang=en").Body.String()
	if got := refs(page); len(got) != len(h.room.Replies) || got[0] != "renewal.soon@7" || slices.Index(got, "greet@7") < 1 {
		t.Errorf("offered %v", got)
	}
	if n := strings.Count(page, `data-choose="`); n != 1 || !strings.Contains(page, `data-choose="renewal.soon@7"`) {
		t.Errorf("%d replies stand by the box", n)
	}
	if guide := h.room.Guide.En; !strings.Contains(page, guide) {
		t.Error("what the bot says of the topic is not shown")
	}
	if other := h.get(t, "/desk/tg:b:6", false).Body.String(); strings.Contains(other, `class="guide"`) || !slices.Equal(refs(other)[:1], []string{"greet@7"}) {
		t.Errorf("without a topic: %v", refs(other))
	}
}

func TestATopicIsNamedInTheLanguageOfWhoLooks(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:4", false, "javab_lang=en").Body.String() // an Arabic chat
	if topic := h.room.Topics["services/transfer"]; strings.Count(page, topic.En) < 3 || strings.Contains(page, topic.Ar) {
		t.Errorf("named %d times, in Arabic %d times", strings.Count(page, topic.En), strings.Count(page, topic.Ar))
	}
}

func TestAReadyReplyIsShownInTheMembersLanguageAndInTheOfficers(t *testing.T) {
	h := open(t)
	greet := func(path, lang string) (theirs, ours string) {
		page := h.get(t, path, true, "javab_lang="+lang).Body.String()
		m := regexp.MustCompile(`data-ref="greet@7">.*?<span class="theirs[^>]*>([^<]*)</span>(?:<span class="ours[^>]*>([^<]*)</span>)?</a>`).FindStringSubmatch(page)
		if m == nil {
			t.Fatalf("%s has no greeting: %v", path, refs(page))
		}
		return html.UnescapeString(m[1]), html.UnescapeString(m[2])
	}
	h.Me.Display = bot.Text{Fa: "F", Ar: "A", En: "E"}
	theirs, ours := greet("/desk/tg:b:4/ready?q=greet", "en") // an Arabic chat
	if ar := strings.Split(h.room.Replies[0].Text.Ar, "{")[0]; !strings.HasPrefix(theirs, ar) || !strings.Contains(theirs, "\u2068A\u2069") {
		t.Errorf("the member would read %q", theirs)
	}
	if !strings.HasPrefix(ours, "Hello ") || !strings.Contains(ours, h.room.Rows[3].Name) || !strings.Contains(ours, "\u2068E\u2069") {
		t.Errorf("the officer reads %q", ours)
	}
	if _, ours = greet("/desk/tg:b:4/ready?q=greet", "ar"); ours != "" {
		t.Errorf("one text is shown twice: %q", ours)
	}
}

func TestWhatIsNotKnownStaysOpenForTheOfficerToSee(t *testing.T) {
	h := open(t)
	list := html.UnescapeString(h.get(t, "/desk/tg:b:5/ready", true, "javab_lang=en").Body.String())
	if !strings.Contains(list, "{officer}") { // he has no name that members read
		t.Error("a name was made up")
	}
	number := bot.CaseNumber{Year: 1405, Seq: 123}.String()
	if !strings.Contains(list, "\u2066"+number+"\u2069") || strings.Contains(list, "{due}") {
		t.Errorf("the only open case %s is not filled in: %s", number, list)
	}
	h.more = []bot.Case{{Number: bot.CaseNumber{Year: 1405, Seq: 124}, State: bot.InWork, DueAt: noon}}
	if list := h.get(t, "/desk/tg:b:5/ready", true, "javab_lang=en").Body.String(); strings.Contains(list, number) || !strings.Contains(list, "{case}") {
		t.Error("of two open cases one was chosen")
	}
}

func TestReadyRepliesAreFoundByWordsInAnySpelling(t *testing.T) {
	h := open(t)
	for q, want := range map[string]int{"": len(h.room.Replies), "RENEWAL": 1, "card membership": 1, "\u0643\u0627\u0631\u062a": 1, "no such words": 0} {
		page := h.get(t, "/desk/tg:b:1/ready?q="+url.QueryEscape(q), true, "javab_lang=en").Body.String()
		if got := refs(page); len(got) != want {
			t.Errorf("%q finds %v", q, got)
		}
		if none := strings.Contains(page, `class="none"`); none != (want == 0) {
			t.Errorf("%q: nothing found is said: %v", q, none)
		}
	}
	h.hidden["tg:b:1"] = true
	if answer := h.get(t, "/desk/tg:b:1/ready", true); answer.Code != 404 {
		t.Errorf("a hidden chat answers %d", answer.Code)
	}
}

func TestWithoutScriptsALinkPutsAReplyIntoTheBox(t *testing.T) {
	h := open(t)
	page := h.get(t, "/desk/tg:b:5?ready=renewal.soon", false, "javab_lang=en").Body.String()
	if !strings.Contains(page, `name="ready" value="renewal.soon@7"`) || !regexp.MustCompile(`<textarea name="text"[^>]*>Your membership card`).MatchString(page) {
		t.Error("the reply is not in the box")
	}
	h.kept[0] = "One thing first."
	page = h.get(t, "/desk/tg:b:5?ready=renewal.soon", false).Body.String()
	if !regexp.MustCompile(`>One thing first.\nYour membership card`).MatchString(page) {
		t.Error("what he had written is gone")
	}
	if page := h.get(t, "/desk/tg:b:5?ready=nothing", false).Body.String(); !strings.Contains(page, `name="ready" value=""`) {
		t.Error("an unknown reply was chosen")
	}
}

func TestTheRecordNamesTheReadyReplyThatWasSent(t *testing.T) {
	soon := "Your membership card will be ready soon."
	for _, sent := range []struct{ ready, text, kept string }{
		{"renewal.soon@7", soon, "renewal.soon@7"},
		{"renewal.soon@7", "Hello! " + soon + " Thank you.", "renewal.soon@7"},
		{"renewal.soon@7", "Something else altogether.", ""},
		{"renewal.soon@6", "What it said before.", "renewal.soon@6"}, // nobody knows any more what that was
		{"renewal.soon@8", soon, ""},
		{"renewal.soon", soon, ""},
		{"nothing@7", soon, ""},
		{"", soon, ""},
	} {
		h := open(t)
		h.post(t, "/desk/tg:b:5/reply", url.Values{"id": {"f1"}, "text": {sent.text}, "ready": {sent.ready}}, true)
		if h.ready != sent.kept {
			t.Errorf("%q with %q is kept as %q", sent.text, sent.ready, h.ready)
		}
	}
}

func TestARefusedReplyKeepsWhichReadyReplyItWas(t *testing.T) {
	h := open(t)
	h.deny = &bot.Error{Kind: bot.Invalid, Key: "desk_open", Params: map[string]string{"Name": "{name}"}}
	page := h.post(t, "/desk/tg:b:5/reply", url.Values{"id": {"f1"}, "text": {"Dear {name}"}, "ready": {"greet@7"}}, true).Body.String()
	if !strings.Contains(page, `name="ready" value="greet@7"`) || !strings.Contains(page, ">Dear {name}</textarea>") {
		t.Error("it is forgotten")
	}
}
