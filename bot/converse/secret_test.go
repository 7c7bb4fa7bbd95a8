package converse_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"javab/bot"
	"javab/storage"
)

func TestASecretReachesItsActionAndIsNeitherRecordedNorKept(t *testing.T) {
	h := meet(t)
	var got []string
	h.desk.on("staff.link", func(_ context.Context, _ storage.Tx, call bot.Call) (bot.Result, error) {
		got = append(got, call.With["code"])
		return bot.Result{Outcome: "ok", Staff: bot.ChatLinked, Vars: map[string]bot.Value{"staff.name": {Text: "Mona"}}}, nil
	})
	h.desk.on("approval.decide", func(_ context.Context, _ storage.Tx, call bot.Call) (bot.Result, error) {
		got = append(got, call.With["code"])
		return bot.Result{Outcome: "ok"}, nil
	})
	h.says("/link K7QM")
	h.hears("The code?")
	h.says("365016")
	h.hears("Done")
	if strings.Join(got, " ") != "K7QM 365016" {
		t.Errorf("the actions got %q", got)
	}
	left, err := json.Marshal([]any{h.chat(), h.rows(), h.post.messages()})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"K7QM", "365016"} {
		if strings.Contains(string(left), secret) || strings.Contains(string(h.chat().State), secret) {
			t.Errorf("%s is kept", secret)
		}
	}
	var said []string
	for _, line := range h.rows() {
		if line.Direction == bot.In {
			said = append(said, line.Text)
		}
	}
	if all := strings.Join(said, "|"); !strings.HasSuffix(all, "/link •••|•••") {
		t.Errorf("the record has %q", all)
	}
}

func TestPrivateWordsAreSentAndNotRecorded(t *testing.T) {
	h := meet(t)
	h.desk.on("member.copy", ends(bot.Result{
		Outcome: "sent", Send: []bot.Outbound{{Private: true, Segments: []bot.Segment{{Text: "We refund it."}}}},
	}))
	h.says("/help")
	sent := h.post.messages()
	if got := sent[len(sent)-2].Plain(); got != "We refund it." {
		t.Errorf("sent %q", got)
	}
	for _, line := range h.rows() {
		if strings.Contains(line.Text, "refund") {
			t.Errorf("the record has %q", line.Text)
		}
	}
}
