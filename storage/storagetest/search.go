package storagetest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/locales/text"
	"javab/storage"
)

// The people who search.
var (
	officer  = bot.Staff{ID: "sara", Role: bot.RoleOfficer, Units: []bot.UnitID{"trade", "law"}}
	stranger = bot.Staff{ID: "reza", Role: bot.RoleOfficer, Units: []bot.UnitID{"cards"}}
	handler  = bot.Staff{ID: "mina", Role: bot.RoleManager, Units: []bot.UnitID{"trade"}, Confidential: true}
	head     = bot.Staff{ID: "head", Role: bot.RoleHead}
	admin    = bot.Staff{ID: "root", Role: bot.RoleAdmin, Units: []bot.UnitID{"trade"}}
)

// search is what members.Reads.Search promises.
func search() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"every pair of the vectors finds the other, in messages and in names": func(t *testing.T, w world) {
			for _, pair := range vectors(t).Equal {
				for i, written := range pair {
					chat := bot.NewChatKey("tg", "javab", fresh("v"))
					w.said(chat, "trade", written, false)
					w.save(bot.Member{ID: bot.MemberID(fresh("v")), Name: written, CreatedAt: noon}, chat)
					got := w.find(officer, pair[1-i])
					if !slices.ContainsFunc(got, func(h members.Hit) bool { return h.Chat == chat && h.Text == written }) {
						t.Errorf("%q does not find the message %q", pair[1-i], written)
					}
					if !slices.ContainsFunc(got, func(h members.Hit) bool { return h.Kind == members.HitMember && h.Name == written }) {
						t.Errorf("%q does not find the member %q", pair[1-i], written)
					}
				}
			}
		},
		"words that differ do not find one another": func(t *testing.T, w world) {
			for _, pair := range vectors(t).Differs {
				w.said(ann, "trade", pair[0], false)
				equal(t, "found", w.lines(officer, pair[1]), []string(nil))
			}
		},
		"of very many messages the newest are found, and what has the letters inside of a word hides none": func(t *testing.T, w world) {
			speak := func(n int, words string) {
				rows := make([]bot.Message, n)
				for i := range rows {
					said := fmt.Sprintf("%s w%d", words, i)
					rows[i] = bot.Message{Chat: ann, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: said, SearchKey: said, Unit: "trade", At: noon}
				}
				w.append(converse.Rows{Messages: rows}, bot.Lease{})
			}
			speak(1200, "card")
			equal(t, "the newest", w.lines(officer, "card")[:2], []string{"card w1199", "card w1198"})
			equal(t, "an older one", w.lines(officer, "w7 card"), []string{"card w7"})
			speak(4100, "discarded")
			equal(t, "behind others", w.lines(officer, "card")[:2], []string{"card w1199", "card w1198"})
		},
		"all words must be there, and the last may be a beginning": func(t *testing.T, w world) {
			w.said(ann, "trade", "the card was posted yesterday", false)
			w.said(ann, "trade", "the cart is late", false)
			equal(t, "one word", w.lines(officer, "card"), []string{"the card was posted yesterday"})
			equal(t, "a beginning", w.lines(officer, "car"), []string{"the cart is late", "the card was posted yesterday"})
			equal(t, "in any order", w.lines(officer, "yesterday post"), []string{"the card was posted yesterday"})
			equal(t, "a beginning in front", w.lines(officer, "yester card"), []string(nil))
			equal(t, "one word too many", w.lines(officer, "card cart"), []string(nil))
			equal(t, "a single letter is a word", w.lines(officer, "c"), []string(nil))
			equal(t, "nothing", w.lines(officer, " ?!"), []string(nil))
		},
		"words of the index's own language are words": func(t *testing.T, w world) {
			w.said(ann, "trade", `near "quoted" AND or NOT -1e5 12.5 a'b x:y *`, false)
			for _, words := range []string{`"quoted"`, "and", "OR", "not", "NEAR(", "1e5", "12.5", "a'b", "x:y*", "'", `\`} {
				if text.Fold(words) != "" {
					equal(t, words, len(w.lines(officer, words)), 1)
				}
			}
		},
		"a message of one endless word is kept": func(t *testing.T, w world) {
			w.said(ann, "trade", "see "+strings.Repeat("a", 5000), false)
			equal(t, "found", len(w.lines(officer, "see")), 1)
		},
		"messages come newest first, and no more than asked for": func(t *testing.T, w world) {
			for _, line := range []string{"one card", "two card", "three card"} {
				w.said(ann, "trade", line, false)
			}
			got := read(w.Search(w.ctx, members.Query{By: officer, Words: []string{"card"}, Limit: 2}))(t)
			equal(t, "found", []string{got[0].Text, got[1].Text}, []string{"three card", "two card"})
			equal(t, "number", len(got), 2)
		},
		"other units and the accused find nothing": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.said(ann, "trade", "open words", false)
			w.said(ann, "trade", "hidden words", true)
			equal(t, "officer", w.lines(officer, "words"), []string{"open words"})
			equal(t, "stranger", w.lines(stranger, "words"), []string(nil))
			equal(t, "handler", w.lines(handler, "words"), []string{"hidden words", "open words"})
			equal(t, "head", w.lines(head, "words"), []string{"open words"})
			equal(t, "admin", w.lines(admin, "words"), []string(nil))
			equal(t, "nobody", w.lines(bot.Staff{}, "words"), []string(nil))
			gone := handler
			gone.Disabled = true
			equal(t, "gone", w.lines(gone, "words"), []string(nil))
		},
		"the talk with the bot is found by those whom its chat concerns": func(t *testing.T, w world) {
			w.turn("1", chatAt(ann, 1), 0)
			w.said(ann, "", "how much is it", false)
			equal(t, "before", w.lines(officer, "much"), []string(nil))
			equal(t, "head", w.lines(head, "much"), []string{"how much is it"})
			w.enqueue(ann, "law", 0, noon)
			equal(t, "handed over", w.lines(officer, "much"), []string{"how much is it"})
			equal(t, "stranger", w.lines(stranger, "much"), []string(nil))
			w.said(bob, "", "how much is that", false)
			c := complaint("d1")
			c.Chat, c.Unit, c.Confidential = bob, "trade", true
			w.openCase(c)
			equal(t, "of a confidential case", w.lines(officer, "much"), []string{"how much is it"})
			equal(t, "its handler", w.lines(handler, "much"), []string{"how much is that"})
		},
		"a case is found by its number, by those who may see it": func(t *testing.T, w world) {
			open, hidden := complaint("d1"), complaint("d2")
			hidden.Confidential = true
			open, hidden = w.openCase(open), w.openCase(hidden)
			found := func(by bot.Staff, c bot.Case) (numbers []string) {
				hits := read(w.Search(w.ctx, members.Query{By: by, Number: c.Number, Words: []string{"jv"}, Limit: 9}))(t)
				for _, h := range hits {
					equal(t, "hit", h, members.Hit{
						Kind: members.HitCase, Member: "m1", Number: c.Number, Chat: ann, Unit: "trade", Text: "late", At: noon,
					})
					numbers = append(numbers, h.Number.String())
				}
				return numbers
			}
			equal(t, "officer", found(officer, open), []string{open.Number.String()})
			equal(t, "stranger", found(stranger, open), []string(nil))
			equal(t, "officer, confidential", found(officer, hidden), []string(nil))
			equal(t, "handler, confidential", found(handler, hidden), []string{hidden.Number.String()})
		},
		"a message that takes over a case's confidentiality is lost to others": func(t *testing.T, w world) {
			w.append(converse.Rows{Messages: []bot.Message{
				{Chat: ann, Direction: bot.In, Text: "the director", SearchKey: "the director", Draft: "d1", At: noon},
			}}, bot.Lease{})
			w.enqueue(ann, "trade", 0, noon)
			equal(t, "before", len(w.lines(officer, "director")), 1)
			c := complaint("d1")
			c.Confidential = true
			w.openCase(c)
			equal(t, "after", w.lines(officer, "director"), []string(nil))
			equal(t, "handler", len(w.lines(handler, "director")), 1)
		},
		"members are found by the beginnings of their words, by phone and by national id": func(t *testing.T, w world) {
			w.save(bot.Member{
				ID: "m1", Name: "Ann Parsa", Company: "Pars Trading", MembershipNo: "7701", Phone: "+989121234567",
				NationalID: "0499370899", CreatedAt: noon,
			}, ann)
			w.save(bot.Member{ID: "m2", Name: "Bob Parsi", CreatedAt: noon}, bob)
			for words, want := range map[string][]string{
				"pars": {"Ann Parsa", "Bob Parsi"}, "par ann": {"Ann Parsa"}, "TRAD par": {"Ann Parsa"}, "7701": {"Ann Parsa"},
				"ann bob": nil, "p": nil, "m1": nil,
			} {
				equal(t, words, w.people(members.Query{By: stranger, Words: strings.Fields(text.Fold(words))}), want)
			}
			some := []string{"x"}
			equal(t, "phone", w.people(members.Query{By: officer, Words: some, Phone: "+989121234567"}), []string{"Ann Parsa"})
			equal(t, "another's phone", w.people(members.Query{By: officer, Words: some, Phone: "+989121234568"}), []string(nil))
			equal(t, "national id", w.people(members.Query{By: officer, Words: some, NationalID: "0499370899"}), []string{"Ann Parsa"})
			equal(t, "admin", w.people(members.Query{By: admin, Words: []string{"ann"}}), []string(nil))
		},
		"a member is found by what he is called now": func(t *testing.T, w world) {
			w.save(bot.Member{ID: "m1", Name: "Ann Old"}, ann)
			w.save(bot.Member{ID: "m1", Name: "Ann New"}, ann)
			equal(t, "old", w.people(members.Query{By: officer, Words: []string{"old"}}), []string(nil))
			equal(t, "new", w.people(members.Query{By: officer, Words: []string{"new"}}), []string{"Ann New"})
		},
		"what is rolled back is not found": func(t *testing.T, w world) {
			_ = w.Do(w.ctx, func(tx storage.Tx) error {
				_, err := tx.Append(w.ctx, converse.Rows{Messages: []bot.Message{
					{Chat: ann, Unit: "trade", Text: "undone", SearchKey: "undone", At: noon},
				}}, bot.Lease{})
				if err != nil {
					t.Error(err)
				}
				return storage.Taken("test")
			})
			equal(t, "found", w.lines(officer, "undone"), []string(nil))
		},
	}
}

// said commits one message of a chat.
func (w world) said(chat bot.ChatKey, unit bot.UnitID, words string, confidential bool) {
	w.t.Helper()
	w.append(converse.Rows{Messages: []bot.Message{{
		Chat: chat, Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: words, SearchKey: text.Fold(words),
		Unit: unit, Confidential: confidential, At: noon.Add(time.Minute),
	}}}, bot.Lease{})
}

func (w world) find(by bot.Staff, words string) []members.Hit {
	w.t.Helper()
	return read(w.Search(w.ctx, members.Query{By: by, Words: strings.Fields(text.Fold(words)), Limit: 50}))(w.t)
}

// lines are the messages that are found.
func (w world) lines(by bot.Staff, words string) (lines []string) {
	w.t.Helper()
	for _, h := range w.find(by, words) {
		if h.Kind == members.HitMessage {
			lines = append(lines, h.Text)
		}
	}
	return lines
}

// people are the names of the members that are found.
func (w world) people(q members.Query) (names []string) {
	w.t.Helper()
	q.Limit = 9
	for _, h := range read(w.Search(w.ctx, q))(w.t) {
		if h.Kind == members.HitMember {
			names = append(names, h.Name)
		}
	}
	return names
}

type foldVectors struct {
	Equal   [][2]string `yaml:"fold_equal"`
	Differs [][2]string `yaml:"fold_differs"`
}

// vectors are those that Fold is tested with: drivers lie two folders below the root, as its package does.
func vectors(t *testing.T) (v foldVectors) {
	t.Helper()
	source, err := os.ReadFile("../../locales/text/testdata/vectors.yaml")
	if err == nil {
		err = yaml.Unmarshal(source, &v)
	}
	if err != nil || len(v.Equal) < 10 || len(v.Differs) == 0 {
		t.Fatalf("%d vectors: %v", len(v.Equal), err)
	}
	return v
}
