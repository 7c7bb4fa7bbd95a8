package emulator

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

func inlineOf(rows ...[]map[string]string) map[string]any {
	return map[string]any{"inline_keyboard": rows}
}

func TestWhatIsOverALimitIsRefusedInTheAPIsWords(t *testing.T) {
	w := begun(t)
	yes := map[string]string{"text": "Yes", "callback_data": "y"}
	for _, c := range []struct {
		name   string
		method string
		params map[string]any
		says   string
	}{
		{"an unknown chat", "sendMessage", map[string]any{"chat_id": 1, "text": "x"}, "chat not found"},
		{"no chat", "sendMessage", map[string]any{"text": "x"}, "chat_id is empty"},
		{"no text", "sendMessage", map[string]any{"text": " \n"}, "message text is empty"},
		{"4097 letters", "sendMessage", map[string]any{"text": strings.Repeat("a", 4097)}, "message is too long"},
		{"2049 pictures", "sendMessage", map[string]any{"text": strings.Repeat("\U0001F600", 2049)}, "message is too long"},
		{"an unknown parse mode", "sendMessage", map[string]any{"text": "x", "parse_mode": "LaTeX"}, "unsupported parse_mode"},
		{"broken HTML", "sendMessage", map[string]any{"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"},
		{"65 bytes on a button", "sendMessage", map[string]any{"text": "x", "reply_markup": inlineOf([]map[string]string{{"text": "a", "callback_data": strings.Repeat("a", 65)}})}, "BUTTON_DATA_INVALID"},
		{"a button without text", "sendMessage", map[string]any{"text": "x", "reply_markup": inlineOf([]map[string]string{{"text": " ", "callback_data": "a"}})}, "BUTTON_TEXT_INVALID"},
		{"a button without data", "sendMessage", map[string]any{"text": "x", "reply_markup": inlineOf([]map[string]string{{"text": "a"}})}, "Text buttons are unallowed"},
		{"nine in a row", "sendMessage", map[string]any{"text": "x", "reply_markup": inlineOf(slices.Repeat([]map[string]string{yes}, 9))}, "too many buttons"},
		{"101 buttons", "sendMessage", map[string]any{"text": "x", "reply_markup": inlineOf(slices.Repeat([][]map[string]string{{yes}}, 101)...)}, "too long"},
		{"markup that is no object", "sendMessage", map[string]any{"text": "x", "reply_markup": "{"}, "can't parse reply_markup"},
		{"a message that is not there", "editMessageText", map[string]any{"message_id": 5, "text": "x"}, "message to edit not found"},
		{"a caption that is not there", "editMessageCaption", map[string]any{"message_id": 5, "caption": "x"}, "message to edit not found"},
		{"a message that is not there", "deleteMessage", map[string]any{"message_id": 5}, "message to delete not found"},
		{"a press that is not there", "answerCallbackQuery", map[string]any{"callback_query_id": "5"}, "query is too old"},
		{"an unknown action", "sendChatAction", map[string]any{"action": "dancing"}, "wrong parameter action"},
		{"an unknown file", "getFile", map[string]any{"file_id": "x"}, "invalid file_id"},
		{"no document", "sendDocument", map[string]any{}, "wrong file identifier"},
		{"a command in Persian", "setMyCommands", map[string]any{"commands": []map[string]string{{"command": "\u0645\u0646\u0648", "description": "x"}}}, "BOT_COMMAND_INVALID"},
		{"a command without a text", "setMyCommands", map[string]any{"commands": []map[string]string{{"command": "menu"}}}, "DESCRIPTION_INVALID"},
		{"a long name", "setMyName", map[string]any{"name": strings.Repeat("a", 65)}, "too long"},
		{"a webhook without TLS", "setWebhook", map[string]any{"url": "http://example.org/hook"}, "HTTPS URL"},
		{"a webhook at another port", "setWebhook", map[string]any{"url": "https://example.org:8080/hook"}, "ports"},
		{"a secret with a space", "setWebhook", map[string]any{"url": "https://example.org/hook", "secret_token": "a b"}, "unallowed characters"},
		{"101 connections", "setWebhook", map[string]any{"url": "https://example.org/hook", "max_connections": 101}, "max_connections"},
	} {
		if _, given := c.params["chat_id"]; !given && c.name != "no chat" {
			c.params["chat_id"] = sara
		}
		if r := w.call(t, c.method, c.params); r.Code != 400 || !strings.Contains(r.Description, c.says) {
			t.Errorf("%s: %d %q, want %q", c.name, r.Code, r.Description, c.says)
		}
	}
	if len(w.said(t)) != 0 {
		t.Error("a refused message arrived")
	}
}

func (w *world) said(t *testing.T) []Message {
	t.Helper()
	v, err := w.View(sara)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(v.Messages, func(m Message) bool { return !m.From.Bot })
}

func TestAMemberWhoNeverWroteAndOneWhoBlockedCannotBeWrittenTo(t *testing.T) {
	w := newWorld(t)
	if r := w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "x"}); r.Code != 403 || !strings.Contains(r.Description, "initiate") {
		t.Errorf("%+v", r)
	}
	_, _ = w.Say(sara, "hi")
	_ = w.Block(sara, true)
	if r := w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "x"}); r.Code != 403 || !strings.Contains(r.Description, "blocked") {
		t.Errorf("%+v", r)
	}
	_, _ = w.Say(sara, "again") // writing unblocks
	w.hello(t)
}

func TestAnEditThatChangesNothingIsRefusedAndAPressIsAnsweredOnceAndInTime(t *testing.T) {
	w := begun(t)
	markup := inlineOf([]map[string]string{{"text": "Yes", "callback_data": "y"}})
	m := w.sent(t, map[string]any{"chat_id": sara, "text": "a", "reply_markup": markup})
	if m.Markup == nil {
		t.Error("the keyboard is not echoed")
	}
	edit := map[string]any{"chat_id": sara, "message_id": m.ID, "text": "b"}
	if r := w.call(t, "editMessageText", edit); !r.OK {
		t.Errorf("%+v", r)
	}
	if r := w.call(t, "editMessageText", edit); !strings.Contains(r.Description, "message is not modified") {
		t.Errorf("%+v", r)
	}
	late, _ := w.Forge(sara, m.ID, "y")
	w.pass(151 * time.Second)
	now, _ := w.Forge(sara, 0, "y")
	for _, c := range []struct {
		press string
		good  bool
	}{{late, false}, {now, true}, {now, false}} {
		if r := w.call(t, "answerCallbackQuery", map[string]any{"callback_query_id": c.press}); r.OK != c.good {
			t.Errorf("%s: %+v", c.press, r)
		}
	}
	if _, err := w.Press(sara, m.ID, "y"); err == nil {
		t.Error("a button that was edited away was pressed")
	}
}

func TestTheWordsBelowAFileAreChangedAndThoseOfATextAreNot(t *testing.T) {
	w := begun(t)
	id := w.sent(t, map[string]any{"chat_id": sara, "text": "no file"}).ID
	if r := w.call(t, "editMessageCaption", map[string]any{"chat_id": sara, "message_id": id, "caption": "x"}); !strings.Contains(r.Description, "no caption") {
		t.Errorf("%+v", r)
	}
	ids, err := w.SendFiles(sara, "", Attachment{Kind: "document", Name: "a.pdf", Body: []byte("%PDF-1.4")})
	if err != nil {
		t.Fatal(err)
	}
	v, _ := w.View(sara)
	theirs := v.Messages[slices.IndexFunc(v.Messages, func(m Message) bool { return m.ID == ids[0] })]
	r := w.call(t, "sendDocument", map[string]any{"chat_id": sara, "document": theirs.Document.ID, "caption": "old"})
	var m Message
	if err := json.Unmarshal(r.Result, &m); err != nil || m.Caption != "old" {
		t.Fatalf("%+v %v", r, err)
	}
	edit := map[string]any{"chat_id": sara, "message_id": m.ID, "caption": "new"}
	for _, says := range []string{"", "message is not modified"} {
		if r := w.call(t, "editMessageCaption", edit); r.OK != (says == "") || !strings.Contains(r.Description, says) {
			t.Errorf("%+v, want %q", r, says)
		}
	}
	edit["caption"] = strings.Repeat("x", maxCaption+1)
	if r := w.call(t, "editMessageCaption", edit); !strings.Contains(r.Description, "too long") {
		t.Errorf("%+v", r)
	}
	if said := w.said(t); said[1].Caption != "new" || said[1].EditDate == 0 || said[1].Document == nil {
		t.Errorf("%+v", said[1])
	}
}

func TestSkippingTheCalendarMakesMessagesTooOldToDeleteButNoPressTooOldToAnswer(t *testing.T) {
	w := begun(t)
	m := w.hello(t)
	press, _ := w.Forge(sara, m.ID, "y")
	w.Advance(49 * time.Hour)
	if r := w.call(t, "answerCallbackQuery", map[string]any{"callback_query_id": press}); !r.OK {
		t.Errorf("%+v", r)
	}
	if r := w.call(t, "deleteMessage", map[string]any{"chat_id": sara, "message_id": m.ID}); r.OK {
		t.Error("deleted after 49 hours")
	}
	if later := w.hello(t); later.Date-m.Date != 49*3600 {
		t.Errorf("dated %d s later", later.Date-m.Date)
	}
}

func TestHTMLIsReadAsTheAPIReadsIt(t *testing.T) {
	for _, c := range []struct {
		in, out  string
		entities string
	}{
		{"a &lt;b&gt; &amp; c", "a <b> & c", ""},
		{"<b>x</b>", "x", `{"type":"bold","offset":0,"length":1}`},
		{"\U0001F600<code>1</code>", "\U0001F6001", `{"type":"code","offset":2,"length":1}`},
		{`<a href="https://x?a=1&amp;b=2">l</a>`, "l", `{"type":"text_link","offset":0,"length":1,"url":"https://x?a=1\u0026b=2"}`},
		{"<b></b>x", "x", ""},
	} {
		text, entities, r := readHTML(c.in)
		got := ""
		if len(entities) == 1 {
			raw, _ := json.Marshal(entities[0])
			got = string(raw)
		}
		if r != nil || text != c.out || got != c.entities {
			t.Errorf("%s: %q %s %v", c.in, text, got, r)
		}
	}
	for _, in := range []string{"a < b", "<b>x", "x</b>", "<b><i>x</b></i>", "<script>x</script>"} {
		if _, _, r := readHTML(in); r == nil || !strings.Contains(r.text, "can't parse entities") {
			t.Errorf("%s is taken", in)
		}
	}
}

func TestBaleAnswersEditsWithAStubAndKnowsNoProfile(t *testing.T) {
	w := begun(t, func(o *Options) { o.Bale = true })
	m := w.sent(t, map[string]any{"chat_id": sara, "text": "*a* 2*3"})
	if m.Text != "a 2*3" || len(m.Entities) != 1 {
		t.Errorf("%q %v", m.Text, m.Entities)
	}
	r := w.call(t, "editMessageText", map[string]any{"chat_id": sara, "message_id": m.ID, "text": "b"})
	var stub Message
	if err := json.Unmarshal(r.Result, &stub); err != nil || stub.ID != 0 || w.said(t)[0].Text != "b" {
		t.Errorf("%+v %v", r, err)
	}
	if r := w.call(t, "sendMessage", map[string]any{"chat_id": 1, "text": "x"}); r.Code != 440 {
		t.Errorf("%+v", r)
	}
	if r := w.call(t, "setMyName", map[string]any{"name": "x"}); r.Code != 404 {
		t.Errorf("%+v", r)
	}
	w.AddFault(Fault{Method: "sendMessage", Status: 429, RetryAfter: 3})
	if r := w.call(t, "sendMessage", map[string]any{"chat_id": sara, "text": "x"}); r.Code != 429 || r.Parameters.RetryAfter != 0 {
		t.Errorf("%+v", r)
	}
}
