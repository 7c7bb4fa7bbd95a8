package dialogue_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	desks "javab/bot/desk"
	"javab/bot/dialogue"
	"javab/bot/worktime"
	"javab/storage"
	"javab/storage/memstore"
)

// served is a stage whose hand-overs come to a real desk.
func served(t *testing.T) dialogue.World {
	t.Helper()
	w, store, hours := stage(t), memstore.New(), hours(t)
	w.Store, w.Actions = storage.As[converse.Tx](store), handing{desk{}, &desks.Queue{Content: ids{}, Hours: hours}}
	w.Desk = dialogue.Desk{Store: deskStore(store), Content: ids{}, Hours: hours}
	return w
}

func deskStore(store storage.Store) desks.Store { return storage.As[desks.Tx](store) }

// hours are the usual working hours of the chamber.
func hours(t *testing.T) *worktime.Book {
	t.Helper()
	from, to := noon.AddDate(-1, 0, 0), noon.AddDate(1, 0, 0)
	table, err := worktime.Default(from, to)
	if err != nil {
		t.Fatal(err)
	}
	book, err := table.Book(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// handing is the desk of the other tests with a real queue.
type handing struct {
	desk
	queue *desks.Queue
}

func (h handing) HandOver(ctx context.Context, tx converse.Tx, o bot.HandOver) error {
	return h.queue.HandOver(ctx, tx.(storage.Tx), o)
}

func (h handing) Wake(ctx context.Context, tx converse.Tx, chat bot.Chat, at time.Time) ([]bot.Message, error) {
	return h.queue.Wake(ctx, tx.(storage.Tx), chat, at)
}

// ids is a content whose sentences are their ids.
type ids struct{}

func (ids) Priority(string) int              { return 0 }
func (ids) FirstAnswer(string) time.Duration { return time.Hour }
func (ids) Rules() desks.Rules               { return desks.Rules{} }
func (ids) Text(id string) bot.Text          { return bot.Text{Fa: id, Ar: id, En: id} }
func (ids) UnitName(id bot.UnitID) bot.Text {
	return bot.Text{Fa: string(id), Ar: string(id), En: string(id)}
}

// escalated is a conversation that has come to an officer.
const escalated = short + "\nmember\n  Where is it?\n\nmember taps Done\n\nmember taps An officer\n"

func TestOfficersAnswerAndTheMemberReadsThem(t *testing.T) {
	played, err := dialogue.Play(t.Context(), served(t), parse(t, escalated+`
officer sara claims

member
  Hello?

officer sara
  Good morning.

officer sara notes
  He is in a hurry.

officer sara transfers legal
  A contract.

officer omid
  It was posted.

officer omid closes solved
`))
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for _, b := range played.Blocks {
		heads = append(heads, b.Head)
	}
	got := strings.Join(heads[len(heads)-14:], ", ")
	want := "officer sara claims, bot desk/claimed, member, officer sara, member reads, officer sara notes," +
		" officer sara transfers legal, bot desk/to_unit, officer omid, bot desk/claimed, member reads," +
		" officer omid closes solved, bot desk/handed_back"
	if !strings.HasSuffix(got, want) {
		t.Errorf("played %s\nwant   %s", got, want)
	}
}

func TestOtherWordsOfAnOfficerAreADifferenceOfWords(t *testing.T) {
	written := escalated + "\nofficer sara\n  Good morning.\n"
	played, err := dialogue.Play(t.Context(), served(t), parse(t, written))
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(played.Format()), "member reads\n  Good", "member reads\n  Bad", 1)
	if got := dialogue.Compare(parse(t, changed), played); len(got) != 1 || got[0].Path {
		t.Errorf("found %v", got)
	}
}

func TestAnOfficerWhoCannotIsAnErrorOfHisLine(t *testing.T) {
	for act, want := range map[string]string{
		"officer\n":                       "which officer?",
		"officer sara invites K7QM\n":     "nobody approves anything",
		"officer sara dances\n":           "an officer can say something, or: claims",
		"officer sara closes gleefully\n": "desk_outcome",
	} {
		if _, err := dialogue.Play(t.Context(), served(t), parse(t, escalated+"\n"+act)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", act, err)
		}
	}
}
