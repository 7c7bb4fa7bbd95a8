package training

import (
	"time"

	"javab/bot"
)

// Record is what really happened in an exercise, as the sandbox's own store tells it.
type Record struct {
	Lang  bot.Lang // of the member
	Lines []Line
	// Began is when the chat came to the desk.
	Began time.Time
	Hand  bot.HandOver // as it stands now
	// Did reports whether the persona came to a reaction, Content since when his matter is settled for him.
	Did     func(reaction string) bool
	Content time.Time
	Notes   Notes
}

// Verdict says how an item of a checklist stands.
type Verdict string

// The verdicts.
const (
	Met    Verdict = "met"
	Unmet  Verdict = "unmet"
	NotAsk Verdict = "na" // the item does not apply
)

// Finding is an item with its verdict, and the line of the record that shows it; 0: no single one does.
type Finding struct {
	Item
	Verdict Verdict
	Line    int64
}

// Judge goes through a persona's checklist.
func Judge(p *Persona, r Record) []Finding {
	found := make([]Finding, len(p.Checks))
	for i, item := range p.Checks {
		found[i] = Finding{Item: item, Verdict: NotAsk}
		if item.If == "" || r.Did(item.If) {
			found[i].Verdict, found[i].Line = checks[item.Check](item, r)
		}
	}
	return found
}

// Score counts the items that are met, and those that apply.
func Score(found []Finding) (met, of int) {
	for _, f := range found {
		if f.Verdict == Met {
			met++
		}
		if f.Verdict != NotAsk {
			of++
		}
	}
	return met, of
}

// replies are the officers' words that reached the member.
func (r Record) replies() (list []Line) {
	for _, l := range r.Lines {
		if l.Reply() {
			list = append(list, l)
		}
	}
	return list
}

// noted returns the first line in which the desk notes one of some acts of an officer, from an id on.
func (r Record) noted(after int64, acts ...string) (Line, bool) {
	for _, l := range r.Lines {
		for _, act := range acts {
			if l.ID > after && l.Direction == bot.Note && l.Flow == r.Notes.Flow && l.Step == act {
				return l, true
			}
		}
	}
	return Line{}, false
}

// verdict is Met or Unmet.
func verdict(met bool) Verdict {
	if met {
		return Met
	}
	return Unmet
}
