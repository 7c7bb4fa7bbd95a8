package training

import (
	"slices"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Actor plays a persona in one chat: it is told what happens, and says what the member does about it, and when. Of what is
// told twice it takes no notice. It is not safe for concurrent use.
type Actor struct {
	Persona *Persona
	Notes   Notes

	heard int64     // the last line that was taken notice of
	quiet time.Time // since when nothing was said to him or by him; zero while he is owed nothing
	done  map[string]int
	due   []planned
	ended bool

	content time.Time // since when his matter is settled for him
}

// planned is a reaction that has been decided on.
type planned struct {
	at time.Time
	Reaction
}

// Begin lets an actor wait for an officer, from now on: what stands in the record up to a line is what he himself did with
// the bot.
func (a *Actor) Begin(upTo int64, now time.Time) {
	a.heard, a.quiet, a.done = upTo, now, map[string]int{}
}

// Hear takes notice of the lines of the record that are new, in their order.
func (a *Actor) Hear(lines []Line) {
	for _, l := range lines {
		if l.ID <= a.heard {
			continue
		}
		a.heard = l.ID
		if l.Direction == bot.In {
			a.quiet = l.At
		}
		if e, noticed := a.Notes.event(l); noticed {
			a.notice(e)
		}
	}
}

// notice decides what the member does about an event: the first reaction that fits, or nothing.
func (a *Actor) notice(e Event) {
	switch e.Kind {
	case Replied:
		a.quiet = time.Time{}
	case Claimed:
		a.ended = false
		if !a.quiet.IsZero() {
			a.quiet = e.At
		}
	case Closed:
		a.ended, a.due = true, nil // what he was about to say belongs to a talk that is over
	}
	for _, r := range a.Persona.Reactions {
		if r.When == e.Kind && r.fits(e.Text) && a.free(r) {
			a.plan(r, e.At)
			return
		}
	}
}

// Due are the moves that have come due, in their order. A persona who was left alone long enough makes himself heard.
func (a *Actor) Due(now time.Time) []Move {
	if !a.quiet.IsZero() && !a.ended && len(a.due) == 0 {
		for _, r := range a.Persona.Reactions {
			if r.When == Waited && now.Sub(a.quiet) >= r.Wait && a.free(r) {
				a.plan(r, now.Add(-r.After))
				break
			}
		}
	}
	slices.SortStableFunc(a.due, func(x, y planned) int { return x.at.Compare(y.at) })
	var moves []Move
	for len(a.due) > 0 && !a.due[0].at.After(now) {
		if a.due[0].Content && a.content.IsZero() {
			a.content = now
		}
		moves, a.due = append(moves, a.due[0].Move), a.due[1:]
	}
	return moves
}

func (a *Actor) plan(r Reaction, from time.Time) {
	a.done[r.ID]++
	a.due = append(a.due, planned{from.Add(r.After), r})
}

// free reports whether a reaction may still come.
func (a *Actor) free(r Reaction) bool {
	did := func(id string) bool { return a.done[id] > 0 }
	missing := func(id string) bool { return !did(id) }
	return a.done[r.ID] < max(r.Times, 1) && !slices.ContainsFunc(r.Needs, missing) && !slices.ContainsFunc(r.Unless, did)
}

// fits reports whether somebody's words are those of a reaction.
func (r Reaction) fits(words string) bool {
	return (!r.hears || says(words, r.Hears)) && !(r.lacks && says(words, r.Lacks))
}

// Content is since when the member's matter is settled for him; zero while it is not.
func (a *Actor) Content() time.Time { return a.content }

// Did reports whether a reaction has come.
func (a *Actor) Did(id string) bool { return a.done[id] > 0 }

// says reports whether words have one of some phrases in them.
func says(words string, phrases text.Phrases) bool {
	return phrases.In(text.Words(words))
}
