package report

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/worktime"
)

// Office counts. All fields are needed.
type Office struct {
	Store   Reads
	Hours   Hours
	Content Content
	Clock   func() time.Time
}

// Hours is the working time as it is now.
type Hours interface{ Book() *worktime.Book }

// Content says what the chamber aims at, and which states stop a promise's clock.
type Content interface {
	Aims() Aims
	// Pauses reports whether the clock of a promise does not run in a state.
	Pauses(state bot.CaseState) bool
}

// Aims are what a good answer is, and the targets that were set.
type Aims struct {
	GoodFrom int // of five
	Targets  []Target
	// Renewals are the requests by which a member is renewed, each with its unit.
	Renewals map[string]bot.UnitID
	// Expiring is on how many members' cards a month ends, as the chamber's own register of cards tells: nothing here knows it.
	Expiring map[Month]int
}

// What a figure lacks.
const (
	LacksCards = "card_dates"    // nobody has said how many cards expire
	LacksWhole = "whole_chamber" // that number is the whole chamber's, and the reader asks for a part of it
)

// cards is how many members' cards expire in a period; what is missing, when that cannot be said.
func (a Aims) cards(ask Ask) (n int, lacks string) {
	if ask.Unit != "" {
		return 0, LacksWhole
	}
	for _, unit := range a.Renewals {
		if !ask.By.Serves(unit) {
			return 0, LacksWhole
		}
	}
	for month := ask.Period.First; !month.After(ask.Period.Last); month = month.Add(1) {
		cards, known := a.Expiring[month]
		if !known {
			return 0, LacksCards
		}
		n += cards
	}
	return n, ""
}

// Target is what the chamber aims at from a month on, until another is set: past months keep their own. A field that is
// zero aims at nothing.
type Target struct {
	From                       Month
	Contacted                  int // members a month
	Satisfied, InTime, Renewed float64
	Answer                     time.Duration // working time
}

// goal is what was aimed at in a period, in the indicator's measure. The standard of K1 is the whole chamber's.
func (a Aims) goal(id Indicator, ask Ask) float64 {
	var set Target
	for _, t := range a.Targets {
		if !t.From.After(ask.Period.First) && !set.From.After(t.From) {
			set = t
		}
	}
	switch id {
	case Contacted:
		if ask.Unit != "" {
			return 0
		}
		return float64(set.Contacted * ask.Period.Months())
	case Satisfied:
		return set.Satisfied
	case InTime:
		return set.InTime
	case Response:
		return set.Answer.Seconds()
	default:
		return set.Renewed
	}
}

// Ask is what somebody wants to know.
type Ask struct {
	By     bot.Staff
	Period Period
	Unit   bot.UnitID // empty: all that he sees
}

func (a Ask) query() Query {
	return Query{By: a.By, Unit: a.Unit, From: a.Period.From(), To: a.Period.To()}
}

// earlier is the same question about the period before.
func (a Ask) earlier() Ask {
	a.Period = a.Period.Before()
	return a
}

// Tile is an indicator with what it was before.
type Tile struct {
	Figure
	Earlier Figure
	Err     error // it could not be counted
}

// Board counts all indicators, at the same time. One that cannot be counted says so, and the others stand.
func (o *Office) Board(ctx context.Context, ask Ask) []Tile {
	tiles := make([]Tile, len(Indicators))
	var counting sync.WaitGroup
	for i, id := range Indicators {
		counting.Go(func() { tiles[i] = o.tile(ctx, ask, id) })
	}
	counting.Wait()
	return tiles
}

func (o *Office) tile(ctx context.Context, ask Ask, id Indicator) (t Tile) {
	if t.Figure, t.Err = o.Figure(ctx, ask, id); t.Err == nil {
		t.Earlier, t.Err = o.Figure(ctx, ask.earlier(), id)
	}
	return t
}

// Figure counts one indicator.
func (o *Office) Figure(ctx context.Context, ask Ask, id Indicator) (Figure, error) {
	f, _, err := o.counted(ctx, ask, id, true)
	return f, err
}

// counted is an indicator with the items that it was counted from, which are bare when nobody will read them.
func (o *Office) counted(ctx context.Context, ask Ask, id Indicator, bare bool) (Figure, []Item, error) {
	q := ask.query()
	q.Bare = bare
	items, err := o.items(ctx, q, id)
	if err != nil {
		return Figure{ID: id}, nil, fmt.Errorf("count %s for %s: %w", id, ask.Period, err)
	}
	aims := o.Content.Aims()
	f := figure(id, items, aims.goal(id, ask))
	if id == Renewed {
		f.Rests, f.Lacks = aims.cards(ask)
		f.Under, f.Value = f.Rests, 0
		if f.Rests > 0 {
			f.Value = float64(f.Over) / float64(f.Rests)
		}
	}
	return f, items, nil
}

// List is an indicator with exactly what it rests on: the items of one standing, or all that are not told apart. The
// pauses of complaints stand with them.
func (o *Office) List(ctx context.Context, ask Ask, id Indicator, only Standing) (Figure, []Item, error) {
	f, items, err := o.counted(ctx, ask, id, false)
	if err != nil {
		return f, nil, err
	}
	items = slices.DeleteFunc(items, func(i Item) bool {
		if only != "" {
			return i.Standing != only
		}
		return slices.Contains(standings[id].apart, i.Standing)
	})
	return f, items, nil
}

// Disputed lists the cases that their members contested and that were open in the period.
func (o *Office) Disputed(ctx context.Context, ask Ask) ([]Item, error) {
	found, err := o.Store.ReportCases(ctx, ask.query(), DisputedIn)
	if err != nil {
		return nil, fmt.Errorf("read disputes for %s: %w", ask.Period, err)
	}
	items := make([]Item, len(found))
	for i, c := range found {
		items[i] = Item{Case: c}
	}
	return items, nil
}

// Trend counts all indicators for some periods of the same length, the one asked for last.
func (o *Office) Trend(ctx context.Context, ask Ask, periods int) ([]Stage, error) {
	stages := make([]Stage, periods)
	for i := range slices.Backward(stages) {
		stages[i].Period = ask.Period
		for _, id := range Indicators {
			f, err := o.Figure(ctx, ask, id)
			if err != nil {
				return nil, err
			}
			stages[i].Figures = append(stages[i].Figures, f)
		}
		ask = ask.earlier()
	}
	return stages, nil
}

// Stage is what the indicators were in one period.
type Stage struct {
	Period  Period
	Figures []Figure
}
