package storagetest

import (
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

// trail is what the store promises about what became of the words to a member.
func trail() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"what became of a message is found by the key of its job": func(t *testing.T, w world) {
			for _, key := range []string{"sent", "lost", "waits"} {
				w.append(converse.Rows{Jobs: []bot.Job{{Kind: bot.JobSend, Lane: bot.ChatKey("tg:javab:" + key), Key: key, RunAt: noon}}}, bot.Lease{})
			}
			lease := bot.Lease{Owner: "a", Token: 7, Until: noon.Add(time.Hour)}
			jobs := read(w.Claim(w.ctx, deliver.Claim{Kinds: []bot.JobKind{bot.JobSend}, N: 9, Now: noon, Lease: lease}))(t)
			endings := map[string]deliver.Ending{"sent": deliver.Done, "lost": deliver.GaveUp}
			for _, j := range jobs {
				if ending, ends := endings[j.Key]; ends {
					finish := deliver.Finish{Job: j.ID, Token: 7, Key: j.Key, Lane: j.Lane, Ending: ending, At: noon.Add(90 * time.Second)}
					read(w.Finish(w.ctx, []deliver.Finish{finish}))(t)
				}
			}
			for key, want := range map[string]cases.Carriage{
				"sent":  {State: bot.JobDone, At: noon.Add(90 * time.Second)},
				"lost":  {State: bot.JobGivenUp, At: noon.Add(90 * time.Second)},
				"waits": {State: bot.JobOpen},
			} {
				w.do(func(tx storage.Tx) error {
					got, err := tx.Carried(w.ctx, key)
					equal(t, key, got, want)
					return err
				})
			}
			w.do(func(tx storage.Tx) error {
				_, err := tx.Carried(w.ctx, "never")
				wantKind(t, err, bot.NotFound)
				return nil
			})
		},
		"a member is heard in any of his chats, and only when he wrote himself": func(t *testing.T, w world) {
			for _, key := range []bot.ChatKey{ann, bob} {
				w.turn("r:"+string(key), chatAt(key, 1), 0)
				chat := chatAt(key, 2)
				chat.Member = "m1"
				w.append(converse.Rows{Chat: &chat}, bot.Lease{})
			}
			line := func(chat bot.ChatKey, by bot.Author, d bot.Direction, after time.Duration) bot.Message {
				return bot.Message{Chat: chat, Direction: d, Author: by, Text: "t", At: noon.Add(after)}
			}
			heard := func(owner cases.Owner) (at time.Time) {
				w.do(func(tx storage.Tx) (err error) {
					at, err = tx.Heard(w.ctx, owner)
					return err
				})
				return at
			}
			w.append(converse.Rows{Messages: []bot.Message{
				line(ann, bot.ByBot, bot.Out, time.Hour), line(ann, "sara", bot.Note, time.Hour), line("tg:javab:9", bot.ByMember, bot.In, time.Hour),
			}}, bot.Lease{})
			equal(t, "never", heard(cases.Owner{Chat: ann, Member: "m1"}), time.Time{})
			w.append(converse.Rows{Messages: []bot.Message{
				line(ann, bot.ByMember, bot.In, time.Minute), line(bob, bot.ByMember, bot.In, 2*time.Minute),
			}}, bot.Lease{})
			equal(t, "on the other channel", heard(cases.Owner{Chat: ann, Member: "m1"}), noon.Add(2*time.Minute))
			equal(t, "of a chat without a member", heard(cases.Owner{Chat: ann}), noon.Add(time.Minute))
		},
		"a channel that nobody has seen work for a while was away, and one that is not seen now still is": func(t *testing.T, w world) {
			outages := func(after, now time.Time) (list []cases.Outage) {
				w.do(func(tx storage.Tx) (err error) {
					list, err = tx.Outages(w.ctx, "tg", after, now)
					return err
				})
				return list
			}
			at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
			equal(t, "of what nobody ever saw", len(outages(noon, at(900))), 0)
			for _, minute := range []int{0, 10, 70, 75, 71} { // the last one comes late
				if err := w.ChannelSeen(w.ctx, "tg", at(minute)); err != nil {
					t.Fatal(err)
				}
			}
			first, now := cases.Outage{From: at(10), Until: at(70)}, cases.Outage{From: at(75), Until: at(90)}
			equal(t, "while it works", outages(noon, at(80)), []cases.Outage{first})
			equal(t, "while it is away", outages(noon, at(90)), []cases.Outage{first, now})
			equal(t, "of a part", outages(at(30), at(80)), []cases.Outage{{From: at(30), Until: at(70)}})
			equal(t, "afterwards", len(outages(at(70), at(80))), 0)
			if err := w.ChannelSeen(w.ctx, "bale", at(90)); err != nil {
				t.Fatal(err)
			}
			equal(t, "of another channel", outages(noon, at(80)), []cases.Outage{first})
		},
	}
}
