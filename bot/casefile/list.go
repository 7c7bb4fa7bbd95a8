package casefile

import (
	"context"
	"slices"
	"time"

	"javab/bot"
)

// View is a saved view of the list of cases.
type View string

// The views. Open ones come by deadline, those that are over newest first.
const (
	Open     View = "open"
	AtRisk   View = "risk"     // most of the promise is used up and it still holds; or a call or task is late and not yet done
	Breached View = "breached" // the promise is broken
	AtUnit   View = "unit"     // some unit owes a reply
	AtMember View = "member"   // the member owes a word
	Orphans  View = "orphans"  // nobody will do something about it by a date
	Mine     View = "mine"     // the reader works on it
	Closed   View = "closed"
	Asked    View = "asked"    // the reader's own unit owes the reply
	Answered View = "answered" // his unit has given it
	All      View = "all"      // open or not
)

// Views are those that the list offers, in its order.
var Views = [...]View{Open, AtRisk, Breached, AtUnit, AtMember, Orphans, Mine, Asked, Closed}

// ViewsOf are the views of somebody: who only answers has what his unit is asked. Nobody asks who stands over all units.
func ViewsOf(by bot.Staff) []View {
	switch {
	case by.Role == bot.RoleUnit:
		return []View{Asked, Answered}
	case Over(by):
		return slices.DeleteFunc(slices.Clone(Views[:]), func(v View) bool { return v == Asked })
	}
	return Views[:]
}

// Questions reports whether a view shows questions to units, by their own dates: its rows are as many as these.
func (v View) Questions() bool { return v == Asked || v == Answered }

// Query asks for one page of a view.
type Query struct {
	By       bot.Staff
	View     View
	Unit     bot.UnitID   // empty: all
	Category string       // empty: all
	Kind     bot.CaseKind // empty: all
	After    string       // the Cursor of the last row that is there already; empty: from the top
	Limit    int
}

// Row is one case in a list: who filed it, and what a line shows of the case. Its phone and answers are not read.
type Row struct {
	bot.Case
	Name string // of the member, else what he called himself; empty: not known
	// Asked is the unit that owes a reply by AskedDue, the first of them; empty: none does. In a view of questions it is the
	// row's own.
	Asked    bot.UnitID
	AskedDue time.Time
	Cursor   string
}

// Enough is how far the cases of a view are counted: a longer list is read by its filters, not by its number.
const Enough = 1000

// Lists are the lists of cases. Who may see what is part of every question: a hidden case is not there.
type Lists interface {
	// CaseRows returns one page of a view.
	CaseRows(ctx context.Context, q Query) ([]Row, error)
	// CaseCount counts the rows of a view as q asks for them, up to Enough.
	CaseCount(ctx context.Context, q Query) (int, error)
}

// Fits reports whether a case belongs to a view of those that show no questions. The stores ask the same in their queries.
func (v View) Fits(by bot.Staff, c bot.Case) bool {
	switch v {
	case All:
		return true
	case Asked, Answered:
		return false
	case Closed:
		return !c.State.Open()
	case AtRisk:
		return c.State.Open() && (c.Alarm == bot.AlarmOfficer || c.Overdue)
	case Breached:
		return c.State.Open() && !c.BreachedAt.IsZero()
	case AtUnit:
		return c.State == bot.Referred
	case AtMember:
		return c.State == bot.WaitingMember || c.State == bot.Proposed
	case Orphans:
		return c.Orphan()
	case Mine:
		return c.State.Open() && c.Holder == by.ID
	default:
		return c.State.Open()
	}
}

// Newest reports whether a view shows what was filed last first.
func (v View) Newest() bool { return v == Closed || v == All || v == Answered }

// Over reports whether somebody sees the cases of all units.
func Over(by bot.Staff) bool { return by.Role == bot.RoleHead }
