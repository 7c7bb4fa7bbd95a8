package desk_test

import (
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/desk"
)

func TestAReplyThatLeavesSomethingOpenIsNotSent(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.tells(ann, "claimed trade")
	refusal := w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "1", Text: "Dear Ann, your case {case} is ready."}), "desk_open")
	if !strings.Contains(refusal.Params["Name"], "{case}") {
		t.Errorf("it names %q", refusal.Params["Name"])
	}
	w.tells(ann)
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "1", Text: "Dear Ann, write {anything} you like."}))
	w.tells(ann, "Dear Ann, write {anything} you like.")
}
