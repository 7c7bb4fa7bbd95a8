package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/funnel"
	"javab/storage"
)

// funnels is what the store promises about where members go in a flow.
func funnels() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"chats are counted at each step of a flow, by version and language": func(t *testing.T, w world) {
			w.spoke(ann, bot.Fa, 1, "home/menu x/a x/b x/b x/end")
			w.spoke(bob, bot.En, 1, "x/a x/b officer/place home/menu")
			w.spoke("tg:javab:3", bot.Fa, 1, "x/a home/menu x/a x/b")
			w.spoke("tg:javab:4", bot.Fa, 2, "x/a officer/place x/a")
			w.spoke("tg:javab:5", bot.Fa, 2, "officer/place y/a")
			equal(t, "x", w.stops("x"), "a1en 1 0 0, a1fa 2 0 0, a2fa 1 1 1, b1en 1 0 1, b1fa 2 1 0, end1fa 1 1 0")
			equal(t, "officer", w.stops("officer"), "place1en 1 1 0, place2fa 2 2 0")
			equal(t, "none", w.stops("z"), "")
		},
		"what the bot said outside of the span, and what others said, is not counted": func(t *testing.T, w world) {
			w.spoke(ann, bot.Fa, 1, "x/a")
			w.speaks(bot.Message{Chat: ann, Direction: bot.In, Author: bot.ByMember, Flow: "x", Step: "b", At: noon})
			w.speaks(bot.Message{Chat: ann, Direction: bot.Out, Author: "sara", Flow: "officer", Step: "b", At: noon})
			w.speaks(bot.Message{Chat: ann, Direction: bot.Out, Author: bot.ByBot, Flow: "x", Step: "early", At: noon.Add(-24*time.Hour - 1)})
			w.speaks(bot.Message{Chat: ann, Direction: bot.Out, Author: bot.ByBot, Flow: "x", Step: "late", At: noon.Add(time.Hour)})
			equal(t, "x", w.stops("x"), "a1fa 1 1 0")
		},
		"nobody has left a flow who may still be under way": func(t *testing.T, w world) {
			w.spoke(ann, bot.Fa, 1, "x/a")
			q := day("x")
			q.Settled = noon
			equal(t, "last", read(w.FunnelStops(w.ctx, q))(t)[0].Last, 0)
		},
		"flows are counted by the chats in which they were played": func(t *testing.T, w world) {
			w.spoke(ann, bot.Fa, 1, "home/menu x/a x/b home/menu")
			w.spoke(bob, bot.En, 1, "x/a")
			w.speaks(bot.Message{Chat: ann, Direction: bot.Out, Author: bot.ByBot, At: noon})
			uses := read(w.FunnelUses(w.ctx, noon, noon.Add(time.Minute)))(t)
			slices.SortFunc(uses, func(a, b funnel.Use) int { return strings.Compare(a.Flow, b.Flow) })
			equal(t, "uses", fmt.Sprint(uses), "[{home 1} {x 2}]")
			equal(t, "before", len(read(w.FunnelUses(w.ctx, noon.Add(-time.Minute), noon))(t)), 0)
		},
	}
}

// day asks for a flow in the day around noon.
func day(flow string) funnel.Query {
	return funnel.Query{Flow: flow, From: noon.Add(-24 * time.Hour), To: noon.Add(time.Hour), Settled: noon.Add(time.Second), Officer: "officer"}
}

// stops are the counts of a flow: step, version and language, then entered, last and officer.
func (w world) stops(flow string) string {
	w.t.Helper()
	var all []string
	for _, s := range read(w.FunnelStops(w.ctx, day(flow)))(w.t) {
		all = append(all, fmt.Sprintf("%s%d%s %d %d %d", s.Step, s.Version, s.Lang, s.Entered, s.Last, s.Officer))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// spoke lets the bot speak in a chat at steps of flows, at noon.
func (w world) spoke(key bot.ChatKey, lang bot.Lang, version int, where string) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		chat, err := tx.Chat(w.ctx, key)
		if err != nil {
			return err
		}
		chat.Rev, chat.Lang, chat.Mode = 1, lang, bot.ModeBot
		_, err = tx.Append(w.ctx, converse.Rows{Chat: &chat}, bot.Lease{})
		return err
	})
	for _, at := range strings.Fields(where) {
		flow, step, _ := strings.Cut(at, "/")
		w.speaks(bot.Message{Chat: key, Direction: bot.Out, Author: bot.ByBot, Flow: flow, Step: step, Bundle: version, At: noon})
	}
}

func (w world) speaks(m bot.Message) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		_, err := tx.Append(w.ctx, converse.Rows{Messages: []bot.Message{m}}, bot.Lease{})
		return err
	})
}
