package content

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// The sizes that keep the chat readable. The forms of the studio say them before anything is checked: a test of theirs holds
// both together.
const (
	MaxTitle  = 30   // letters of an answer's short title
	MaxLabel  = 60   // letters of any other button
	MaxAnswer = 1000 // letters of an answer: a phone's screen and a half
	MaxScreen = 14   // buttons that a list puts on one screen: every answer is three taps away, short ones stand two in a row
)

// lint checks what the scripts and the lists cannot know of each other: the names and ids that refer to one another, and
// phrasings that mean two things.
func lint(f *files, b *Bundle, k *together, heard *folds, problems *[]flows.Problem) {
	known := k.offers(b)
	for _, s := range slices.Concat(slices.Collect(maps.Values(f.sources)), f.scripts) {
		s.texts(func(w words) {
			if w.shown(b.Features) { // else what it promises does not exist yet
				known.check(w)
			}
		})
	}
	l := linter{files: f, bundle: b, problems: problems}
	l.nexts()
	for _, s := range f.scripts {
		l.shadows(s)
	}
	l.scriptPhrasings(owners{of: map[string]string{}, before: k.said.of, folds: heard})
}

// lintLists checks what the lists cannot know of one another.
func lintLists(f *files, k *together) {
	l := linter{files: f, bundle: k.bundle, problems: &k.problems}
	l.system()
	l.placeholders()
	l.duplicates()
	l.references()
	l.answers()
	l.screens()
	l.phrasings(k.said)
	l.promises()
	l.replies()
	l.manners()
	l.words()
}

type linter struct {
	files    *files
	bundle   *Bundle
	problems *[]flows.Problem
}

// turnTexts are what the turn says where no script can (converse.NoticeIDs); they have no placeholders.
var turnTexts = []string{"apology", "too_fast", "away"}

// deskTexts are what the desk (desk.TextIDs) and the keeper of promises (cases.TextIDs) say to members, with their
// placeholders.
var deskTexts = map[string][]string{
	"case.notice": {"number", "state"}, "case.due": {"date", "time"}, "case.next": {"date"}, "case.late": {"number"},
	"case.changed": {"number", "date", "time"}, "case.told": {"number"},
	"case.proposed": {"number"}, "case.ask": nil, "case.remind": {"number"}, "case.silence": {"date"}, "case.answered": {"number"},
	"case.again": nil, "case.closed": {"number"}, "case.called": {"number"}, "case.until": {"date"}, "case.survey": {"number"},
	"case.check": {"number"}, "case.button.solved": nil, "case.button.not_solved": nil, "case.button.reopen": nil,
	"case.button.holds": nil, "case.button.fails": nil,
	"case.rate.1": nil, "case.rate.2": nil, "case.rate.3": nil, "case.rate.4": nil, "case.rate.5": nil,
	"desk.claimed": {"name"}, "desk.taken_over": {"name"}, "desk.to_unit": {"unit"}, "desk.to_colleague": {"name"},
	"desk.language": {"name"}, "desk.released": nil, "desk.place": {"place"}, "desk.wait": {"from", "to"},
	"desk.opening": {"date", "time"}, "desk.paused": nil, "desk.still_there": nil, "desk.silence": nil, "desk.handed_back": nil,
	"desk.manners": nil, "desk.muted": {"date", "time"},
}

// staffTexts are what is said to people of the staff in their own chats (staffchat.TextIDs, digest.TextIDs), with their
// placeholders.
var staffTexts = map[string][]string{
	"digest.head": {"date"}, "digest.quiet": nil, "digest.breached": {"n"}, "digest.risk": {"n"}, "digest.approvals": {"n"},
	"digest.money": {"n"}, "digest.unhappy": {"n"}, "digest.spikes": {"n"}, "digest.confidential": {"n"}, "digest.more": {"n"},
	"digest.week.head": {"date"}, "digest.week.quiet": nil, "digest.week.questions": {"n", "answered", "asked", "officer"},
	"digest.week.unanswered": {"n"}, "digest.week.fresh": {"words", "n"}, "digest.week.thin": {"n"},
	"alert.low_rating": {"number"}, "alert.not_solved": {"number"}, "alert.escalated": {"number"}, "alert.call_late": {"number"},
	"alert.spike": {"n", "topic", "unit"}, "alert.confidential": nil,
	"staff.asked": {"kind", "unit", "author"}, "staff.at_desk": nil, "staff.was": nil, "staff.becomes": nil, "staff.approve": nil, "staff.change": nil, "staff.refuse": nil,
	"staff.look": nil, "staff.done": {"verdict", "by", "author"}, "staff.already": {"verdict", "by"}, "staff.gone": nil,
	"staff.other": nil, "staff.undone": nil, "staff.kind.reply": nil, "staff.kind.edit": nil, "staff.kind.file": nil,
	"staff.kind.notice": nil, "staff.kind.closure": nil, "staff.kind.decision": nil, "staff.kind.letter": nil,
	"staff.verdict.approved": nil, "staff.verdict.changed": nil, "staff.verdict.refused": nil, "staff.verdict.withdrawn": nil,
}

// system checks that the engine and the turn have all of their texts, each with placeholders that are filled in.
func (l *linter) system() {
	s := l.files.sources["system"]
	if s.root == nil {
		return
	}
	needed := slices.Concat(flows.SystemTextIDs(), turnTexts, slices.Sorted(maps.Keys(deskTexts)), slices.Sorted(maps.Keys(staffTexts)))
	for _, id := range needed {
		if l.bundle.System[id].Empty() {
			s.fail(nil, "content.system_missing", "ID", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(l.bundle.System)) {
		if !slices.Contains(needed, id) {
			s.fail(s.at("texts", id), "content.system_unknown", "ID", id, "Near", text.Nearest(id, needed))
			continue
		}
		for _, m := range placeholder.FindAllStringSubmatch(l.bundle.System[id].Fa, -1) {
			if !slices.Contains(slices.Concat(flows.SystemTexts[id], deskTexts[id], staffTexts[id]), m[1]) {
				s.fail(s.at("texts", id), "content.placeholder_unknown", "Name", m[1])
			}
		}
	}
}

// placeholders checks that the texts of the lists quote settings only: scripts' variables do not reach them. A setting quotes
// no other: each text is filled once.
func (l *linter) placeholders() {
	for name, s := range l.files.sources {
		settings := l.bundle.Variables
		if name == "variables" {
			settings = nil
		}
		s.texts(func(w words) { w.fills(name, settings) })
	}
}

// duplicates checks that no list has an id twice.
func (l *linter) duplicates() {
	for _, s := range l.files.sources {
		for _, entry := range pairs(s.root) {
			list, ok := entry.Value.(*ast.SequenceNode)
			if !ok {
				continue
			}
			seen := map[string]bool{}
			for _, item := range list.Values {
				id, ok := scalar(child(item, "id"))
				if ok && seen[id] {
					s.fail(item, "content.id_twice", "ID", id)
				}
				seen[id] = true
			}
		}
	}
}

// answers checks what an answer promises: sizes, a valid date, and a flow that takes what it asks for.
func (l *linter) answers() {
	s := l.files.sources["answers"]
	for i, e := range l.files.answers.Answers {
		said := l.bundle.Answers[i].Text
		for _, lang := range bot.Langs {
			if n := utf8.RuneCountInString(e.Title.In(lang)); n > MaxTitle {
				s.fail(s.at("answers", i, "title", string(lang)), "content.long", "Max", number(MaxTitle), "Got", number(n))
			}
			if n := utf8.RuneCountInString(said.In(lang)); n > MaxAnswer {
				s.fail(s.at("answers", i, "a", string(lang)), "content.long", "Max", number(MaxAnswer), "Got", number(n))
			}
			if word := l.invites(said.In(lang), lang); word != "" && e.Next == "" {
				s.fail(s.at("answers", i, "a", string(lang)), "content.next_missing", "ID", e.ID, "Found", word)
			}
		}
		if e.ValidUntil != "" && l.bundle.Answers[i].ValidUntil.IsZero() {
			s.fail(s.at("answers", i, "valid_until"), "content.date", "Found", e.ValidUntil)
		}
		if e.Feature != "" && e.Without.Empty() {
			s.fail(s.at("answers", i, "feature"), "content.without_missing", "ID", e.ID)
		}
	}
}

// invites returns the words by which a text asks for input, "" when it does not.
func (l *linter) invites(said string, lang bot.Lang) string {
	words := map[bot.Lang][]string{bot.Fa: l.files.names.Invites.Fa, bot.Ar: l.files.names.Invites.Ar, bot.En: l.files.names.Invites.En}
	said = strings.ToLower(said)
	for _, word := range words[lang] {
		if strings.Contains(said, word) {
			return word
		}
	}
	return ""
}

// screens checks the lists that members choose from, and those within them: not too many buttons, none too long.
func (l *linter) screens() {
	for _, place := range []struct {
		file, list string
		within     []string
	}{
		{"answers", "topics", []string{"answers"}},
		{"services", "service_groups", []string{"services"}},
		{"complaints", "groups", []string{"categories"}},
		{"complaints", "for_whom", nil},
		{"requests", "request_menu", nil},
	} {
		items, _ := l.bundle.List(place.list)
		l.screen(place.file, place.list, items, place.within)
	}
}

func (l *linter) screen(file, name string, items []flows.Item, within []string) {
	s := l.files.sources[file]
	if len(items) > MaxScreen {
		s.fail(nil, "content.screen", "ID", name, "Max", number(MaxScreen), "Got", number(len(items)))
	}
	for _, item := range items {
		for _, lang := range bot.Langs {
			if n := utf8.RuneCountInString(item.Label.In(lang)); n > MaxLabel {
				s.fail(nil, "content.label_long", "ID", item.ID, "Max", number(MaxLabel), "Got", number(n))
			}
		}
		if len(within) > 0 {
			l.screen(file, item.ID, item.Fields[within[0]].Items, within[1:])
		}
	}
}
