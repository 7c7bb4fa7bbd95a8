package converse_test

import (
	"strconv"
	"testing"

	"javab/bot"
	"javab/bot/deliver"
)

// maxAllocs is twice what a turn with one answer took when it was measured; the store in memory takes its part of it.
const maxAllocs = 190

// answered handles one press or text after the other in chats of their own; each is answered by one message.
func answered(h *house, i int) {
	chat := bot.ChatKey("tg:javab:" + strconv.Itoa(i%64))
	err := h.Handle(h.t.Context(), bot.Inbound{
		Receipt: bot.ReceiptKey{Source: "tg", ID: strconv.Itoa(i)}, Chat: chat, Kind: bot.KindText, Text: "/menu",
		From: bot.Sender{ID: "1", Lang: "en"}, Ref: "m", At: noon,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.sent()
}

// sent finishes what was born, as the courier does.
func (h *house) sent() {
	h.post.mu.Lock()
	born := h.post.born
	h.post.born, h.post.log = nil, h.post.log[:0]
	h.post.mu.Unlock()
	results := make([]deliver.Finish, len(born))
	for i, j := range born {
		results[i] = deliver.Finish{Job: j.ID, Token: j.Lease.Token, Ending: deliver.Done, At: noon}
	}
	if _, err := h.store.Finish(h.t.Context(), results); err != nil {
		h.t.Fatal(err)
	}
}

func TestATurnAllocatesLittle(t *testing.T) {
	h := open(t)
	i := 0
	for ; i < 128; i++ {
		answered(h, i)
	}
	got := testing.AllocsPerRun(500, func() {
		answered(h, i)
		i++
	})
	t.Logf("%.0f allocations", got)
	if got > maxAllocs {
		t.Errorf("a turn with one answer takes %.0f allocations, more than %d", got, maxAllocs)
	}
}

func BenchmarkTurn(b *testing.B) {
	h := open(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		answered(h, i)
		i++
	}
}

func BenchmarkDuplicate(b *testing.B) {
	h := open(b)
	answered(h, 0)
	b.ReportAllocs()
	for b.Loop() {
		answered(h, 0)
	}
}
