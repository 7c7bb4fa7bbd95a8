package app

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"javab/bot/approve"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/dialogue"
	"javab/bot/staff"
	"javab/bot/staffchat"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
)

// opening is when written dialogues are played: a Sunday morning in Tehran, while the desk is open.
var opening = time.Date(2026, time.November, 22, 6, 30, 0, 0, time.UTC)

// theatre is where dialogues are played: the real use cases over a store in memory.
type theatre struct {
	library *library
	hours   *worktime.Book
	start   time.Time
	seed    uint64

	learning sync.Mutex
	learnt   bool
}

// openTheatre prepares content for plays at the usual hour, each the same as the last.
func openTheatre(library *library) (*theatre, error) {
	return openTheatreAt(library, opening, 1)
}

func openTheatreAt(library *library, start time.Time, seed uint64) (*theatre, error) {
	hours, err := workingHours(start)
	if err != nil {
		return nil, err
	}
	return &theatre{library: library, hours: hours, start: start, seed: seed}, nil
}

// learn trains what matches free texts, before the first of them: members are answered as they will be. It takes longer than
// a turn may.
func (t *theatre) learn(ctx context.Context) error {
	t.learning.Lock()
	defer t.learning.Unlock()
	if t.learnt {
		return nil
	}
	err := t.library.learn(ctx)
	t.learnt = err == nil
	return err
}

// workingYears is how far the calendars of a play reach: no promise is longer.
const workingYears = 5

func workingHours(now time.Time) (*worktime.Book, error) {
	from, to := now.AddDate(-1, 0, 0), now.AddDate(workingYears, 0, 0)
	table, err := worktime.Default(from, to)
	if err != nil {
		return nil, err
	}
	return table.Book(from, to)
}

// cases are what officers and time do to the cases of a conversation, whose clock they take over.
func (t *theatre) cases(store storage.Store) dialogue.Cases {
	keeper := &cases.Keeper{
		Procedure: cases.Procedure{Catalog: t.library, Hours: t.hours}, Store: storage.As[cases.RoundTx](store), Words: t.library,
	}
	return dialogue.Cases{
		Keeper: keeper, Office: &cases.Office{Keeper: keeper, Store: storage.As[cases.OfficeTx](store), Units: t.library},
	}
}

// world is an empty one, for one conversation.
func (t *theatre) world() dialogue.World {
	store, clock := memstore.New(), func() time.Time { return t.start }
	office := &approve.Office{Store: storage.As[approve.Tx](store), Content: t.library, Hours: t.hours, Clock: clock, Herald: herald{}}
	room := &staffchat.Room{
		Store: storage.As[staffchat.Tx](store), Office: office, Gate: &staff.Gate{Clock: clock}, Words: t.library,
		Hot: &memstore.Hot{Now: clock}, Clock: clock, Random: rand.New(rand.NewPCG(t.seed, t.seed+1)).Uint64,
	}
	return dialogue.World{
		Store: storage.As[converse.Tx](store), Hot: &memstore.Hot{Now: clock},
		Content: t.library, Matcher: t.library, Learn: t.learn, Actions: newActions(t.library, t.hours, nil, room), Start: t.start,
		Desk:      dialogue.Desk{Store: storage.As[desk.Tx](store), Content: t.library, Hours: t.hours},
		Approvals: dialogue.Approvals{Office: office, Room: room}, Cases: t.cases(store),
		Random: rand.New(rand.NewPCG(t.seed, t.seed)).Uint64,
	}
}
