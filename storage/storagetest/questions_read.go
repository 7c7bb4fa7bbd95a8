package storagetest

import (
	"errors"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/learning"
	"javab/storage"
)

// learnt is what the store promises to whoever learns from what was not answered.
func learnt() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"an officer's words are read by the keys of his messages, and nobody else's": func(t *testing.T, w world) {
			for _, m := range []bot.Message{
				{JobKey: "m1", Author: "sara", Text: "there is a car park"},
				{JobKey: "m2", Author: bot.ByBot, Text: "the bot's"},
				{JobKey: "m3", Author: "sara", Text: "in confidence", Confidential: true},
				{JobKey: "m4", Author: "sara"},
				{JobKey: "m5", Author: "sara", Text: "nobody asks for it"},
				{JobKey: "m6", Author: "omid", Text: "another one"},
				{Author: "sara", Text: "a note", Direction: bot.Note},
			} {
				m.Chat, m.At = ann, noon
				if m.Direction == "" {
					m.Direction = bot.Out
				}
				w.speaks(m)
			}
			words := read(w.OfficerWords(w.ctx, []string{"m1", "m2", "m3", "m4", "m6", "m7", ""}))(t)
			equal(t, "words", words, map[string]string{"m1": "there is a car park", "m6": "another one"})
			equal(t, "of nothing", read(w.OfficerWords(w.ctx, nil))(t), map[string]string{})
		},
		"words that an officer has taken back are read by nobody": func(t *testing.T, w world) {
			id := w.reply(send("m1", ann), bot.Message{Author: "sara", Text: "sorry"})
			equal(t, "before", len(read(w.OfficerWords(w.ctx, []string{"m1"}))(t)), 1)
			w.amend(id, func(m *bot.Message) { m.DeletedAt = noon })
			equal(t, "words", read(w.OfficerWords(w.ctx, []string{"m1"}))(t), map[string]string{})
		},
		"what is put aside is remembered, the last time of several": func(t *testing.T, w world) {
			aside := func(question string, n int, at time.Time) learning.Aside {
				a := learning.Aside{Question: question, N: n, At: at, By: "reza"}
				w.do(func(tx storage.Tx) error { return tx.PutAside(w.ctx, a) })
				return a
			}
			aside("q1", 3, noon.Add(-48*time.Hour))
			aside("q3", 1, noon.Add(-time.Hour-1))
			two, one := aside("q2", 5, noon), aside("q1", 7, noon.Add(time.Second))
			equal(t, "asides", read(w.Asides(w.ctx, noon.Add(-time.Hour)))(t), []learning.Aside{two, one})
		},
		"what is put aside in a transaction that fails is not": func(t *testing.T, w world) {
			away := errors.New("away")
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				if err := tx.PutAside(w.ctx, learning.Aside{Question: "q1", N: 1, At: noon}); err != nil {
					return err
				}
				return away
			})
			equal(t, "error", err, away)
			equal(t, "asides", len(read(w.Asides(w.ctx, time.Time{}))(t)), 0)
		},
	}
}
