package converse_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/memstore"
)

// chamber is a house whose desk opens real cases.
func chamber(t testing.TB) *house {
	t.Helper()
	h := meet(t)
	procedure := &cases.Procedure{Catalog: catalog{}, Hours: worktimetest.Book(t, noon)}
	h.desk.on("case.open", func(ctx context.Context, tx storage.Tx, call bot.Call) (bot.Result, error) {
		return procedure.Open(ctx, tx, call)
	})
	return h
}

type catalog struct{}

func (catalog) Category(_ bot.CaseKind, id string) (bot.Category, bool) {
	units := map[string]bot.UnitID{"card": "finance", "corruption": "ethics"}
	return bot.Category{ID: id, Unit: units[id], Confidential: id == "corruption", SLAHours: 8, FirstResponseHours: 1}, units[id] != ""
}

func (catalog) List(bot.CaseKind) string { return "categories" }

func (catalog) PromiseRules() cases.Rules { return cases.Rules{NoticeEvery: 16 * time.Hour} }

const long = "My card was to come three weeks ago, and at the counter nobody knows where it is now."

// complain walks to the summary of a complaint.
func (h *house) complain(category string) {
	h.t.Helper()
	h.says("/complaint")
	h.taps(category)
	h.at("complaint", "describe")
	h.says(long)
	h.taps("label.done")
	h.at("complaint", "confirm")
	h.hears(long)
}

func TestAComplaintIsFiledWithWhatWasWritten(t *testing.T) {
	h := chamber(t)
	h.complain("The card")
	h.taps("Submit")
	h.hears("Your number is JV-1405-000001-")
	got, err := h.store.CasesAfter(t.Context(), bot.CaseNumber{}, 10)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d cases, %v", len(got), err)
	}
	if c := got[0]; c.Text != long || c.Unit != "finance" || c.Chat != ann {
		t.Errorf("filed: %+v", c)
	}
	h.settled()
}

func TestTheSameDeliveryIsAnsweredOnceHoweverOftenItComes(t *testing.T) {
	h := meet(t)
	in := h.inbound(bot.Inbound{Kind: bot.KindText, Text: "/complaint"})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if err := h.Handle(t.Context(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	h.wait(time.Hour)
	h.says("something else, later")
	before := len(h.rows())
	h.take(in)
	if after := len(h.rows()); after != before || before != 6 {
		t.Errorf("%d rows, then %d; want 6 both times", before, after)
	}
	h.settled()
}

func TestAStaleHotCopyLosesAgainstTheRow(t *testing.T) {
	h := meet(t)
	h.says("/complaint")
	stale := h.chat()
	h.taps("The card")
	h.at("complaint", "describe")
	h.hot.Put(stale)
	h.says("It never came.")
	h.hears("account.first")
	h.at("complaint", "describe")
	if got, _, _ := h.hot.Load(t.Context(), ann); got.Rev != h.chat().Rev {
		t.Error("the hot store still holds the old copy")
	}
}

func TestTheHotStoreMayVanishOrFail(t *testing.T) {
	want := meet(t)
	want.complain("The card")
	for name, h := range map[string]*house{"gone": meet(t), "failing": meet(t)} {
		if name == "failing" {
			h.Hot = failingHot{}
		} else {
			h.Hot = forgetful{h.hot}
		}
		h.complain("The card")
		equalRows(t, name, h.rows(), want.rows())
	}
}

type failingHot struct{}

func (failingHot) Load(context.Context, bot.ChatKey) (bot.Chat, int, error) {
	return bot.Chat{}, 0, errors.New("connection refused")
}
func (failingHot) Put(bot.Chat) {}

// forgetful is flushed before every look.
type forgetful struct{ *memstore.Hot }

func (f forgetful) Load(ctx context.Context, key bot.ChatKey) (bot.Chat, int, error) {
	f.Flush()
	return f.Hot.Load(ctx, key)
}

// equalRows compares records; ids that are random are not part of them.
func equalRows(t *testing.T, what string, got, want []bot.Message) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = fmt.Sprintf("%+v", got[i])
		}
		if i < len(want) {
			w = fmt.Sprintf("%+v", want[i])
		}
		if g != w {
			t.Fatalf("%s: row %d\n got %s\nwant %s", what, i, g, w)
		}
	}
}

func TestTwoPressesOnSubmitAtOnceOpenOneCase(t *testing.T) {
	h := chamber(t)
	for round := range 80 {
		h.complain("The card")
		press := h.press("Submit")
		var wg sync.WaitGroup
		for range 2 {
			in := h.inbound(press)
			wg.Go(func() {
				if err := h.Handle(t.Context(), in); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		h.deliver()
		if got := h.counts().Cases; got != round+1 {
			t.Fatalf("round %d: %d cases", round, got)
		}
	}
	h.settled()
}

func TestAClosureThatRunsTwiceWritesOnce(t *testing.T) {
	once, again := chamber(t), chamber(t)
	again.Store = twice{again.Store}
	for _, h := range []*house{once, again} {
		h.complain("Corruption")
		h.taps("Submit")
		h.says("/officer")
	}
	equalRows(t, "record", again.rows(), once.rows())
	got, want := again.counts(), once.counts()
	if got != want || got.Cases != 1 || got.Waiting != 1 {
		t.Errorf("counts are %+v, want %+v", got, want)
	}
	if len(again.post.born) != len(once.post.born) {
		t.Errorf("%d jobs were born, want %d", len(again.post.born), len(once.post.born))
	}
}

// twice runs each closure two times; what the first wrote is undone.
type twice struct{ converse.Store }

// CommitTurn leaves everything to Do, which is what is tried here.
func (s twice) CommitTurn(context.Context, converse.Acceptance, converse.Rows, bot.Lease) (converse.Verdict, []bot.Job, error) {
	return converse.Moved, nil, nil
}

func (s twice) Do(ctx context.Context, f func(converse.Tx) error) error {
	errAgain := errors.New("again")
	err := s.Store.Do(ctx, func(tx converse.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Do(ctx, f)
}

// A plan that was made outside, on the chat as it was, and one that is made again inside, under the lock, must not
// differ in anything that is written.
func TestThePlanMadeInsideIsThePlanMadeOutside(t *testing.T) {
	outside, inside := chamber(t), chamber(t)
	inside.Store = moving{inside.Store}
	for _, h := range []*house{outside, inside} {
		h.says("hello")
		h.complain("Corruption")
		h.take(bot.Inbound{Kind: bot.KindFile, Files: []bot.File{{ID: "f1", Handle: "x", Kind: "photo"}}, Album: "a"})
		h.says("and one word more")
		h.taps("Submit")
		h.says("/note")
		h.says(long)
		h.says("/officer")
	}
	equalRows(t, "record", inside.rows(), outside.rows())
	got, want := inside.chat(), outside.chat()
	if string(got.State) != string(want.State) || got.Mode != want.Mode || got.Lang != want.Lang {
		t.Errorf("chat is %+v, want %+v", got, want)
	}
	if got, want := inside.counts(), outside.counts(); got != want {
		t.Errorf("counts are %+v, want %+v", got, want)
	}
	for _, kind := range []bot.JobKind{bot.JobFile, bot.JobEvent} {
		if got, want := fmt.Sprint(inside.due(kind)), fmt.Sprint(outside.due(kind)); len(got) != len(want) {
			t.Errorf("jobs of kind %s are %s, want %s", kind, got, want)
		}
	}
}

// moving is a store on which every chat has moved since it was read.
type moving struct{ converse.Store }

// CommitTurn leaves everything to Do, which is what is tried here.
func (s moving) CommitTurn(context.Context, converse.Acceptance, converse.Rows, bot.Lease) (converse.Verdict, []bot.Job, error) {
	return converse.Moved, nil, nil
}

func (s moving) Do(ctx context.Context, f func(converse.Tx) error) error {
	return s.Store.Do(ctx, func(tx converse.Tx) error { return f(moved{tx.(storage.Tx)}) })
}

type moved struct{ storage.Tx }

func (tx moved) Accept(ctx context.Context, a converse.Acceptance) (converse.Verdict, error) {
	a.From++
	return tx.Tx.Accept(ctx, a)
}

func TestJobsAreCarriedInOrder(t *testing.T) {
	h := open(t)
	h.desk.on("member.copy", ends(bot.Result{Outcome: "sent", Send: []bot.Outbound{{Document: &bot.Document{Name: "copy.json"}}}}))
	h.says("hello")
	h.says("/help")
	var keys []string
	for _, j := range h.post.born {
		keys = append(keys, j.Key)
	}
	if want := []string{"utg:1.0", "utg:2.0", "utg:2.1"}; !slices.Equal(keys, want) {
		t.Errorf("born: %v, want %v", keys, want)
	}
	h.settled()
}

func TestMessagesThatMustWaitForOthersWakeAWorker(t *testing.T) {
	h := open(t)
	for range 2 {
		if err := h.Handle(t.Context(), h.inbound(bot.Inbound{Kind: bot.KindText, Text: "/menu"})); err != nil {
			t.Fatal(err)
		}
	}
	if got := h.post.notes(); len(h.post.born) != 1 || got[len(got)-1] != "wake tg:javab:1" {
		t.Errorf("%d were born; noted: %v", len(h.post.born), got)
	}
	h.deliver()
	if len(h.post.messages()) != 2 {
		t.Errorf("%d messages left, want 2", len(h.post.messages()))
	}
	h.settled()
}

func TestACommitThatFailsCarriesNothing(t *testing.T) {
	h := meet(t)
	born, store := len(h.post.born), h.Store
	h.Store = diskFull{store}
	in := h.inbound(words("/complaint"))
	wantUnavailable(t, h.Handle(t.Context(), in))
	if got := len(h.post.born); got != born {
		t.Errorf("%d messages left that were never stored", got-born)
	}
	h.settled()
	h.Store = store
	h.take(in)
	h.hears("What is it about?")
}

// diskFull lets every closure run and then cannot commit it.
type diskFull struct{ converse.Store }

// CommitTurn leaves everything to Do, which is what is tried here.
func (s diskFull) CommitTurn(context.Context, converse.Acceptance, converse.Rows, bot.Lease) (converse.Verdict, []bot.Job, error) {
	return converse.Moved, nil, nil
}

func (s diskFull) Do(ctx context.Context, f func(converse.Tx) error) error {
	return s.Store.Do(ctx, func(tx converse.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return storage.Unavailable(errors.New("disk full"))
	})
}

func TestARepeatLeavesTheHotStateAlone(t *testing.T) {
	h := meet(t)
	in := h.inbound(words("/complaint"))
	h.take(in)
	h.taps("The card")
	want := h.chat().Rev
	h.take(in)
	if got, _, err := h.hot.Load(t.Context(), ann); err != nil || got.Rev != want {
		t.Errorf("the hot chat is at %d (%v), want %d", got.Rev, err, want)
	}
	if _, _, err := h.hot.Load(t.Context(), ""); bot.KindOf(err) != bot.NotFound {
		t.Error("a chat without a name was put")
	}
}

// The messenger may bring a press and a text of one member together: there is no order between them, but there is one
// in the record, and the messages leave in that order.
func TestAPressAndATextAtOnceAreBothAnsweredInTheOrderOfTheRecord(t *testing.T) {
	h := meet(t)
	for range 50 {
		rows, sent := len(h.rows()), len(h.post.messages())
		var wg sync.WaitGroup
		for _, in := range []bot.Inbound{h.inbound(h.press("File a complaint")), h.inbound(words("/menu"))} {
			wg.Go(func() {
				if err := h.Handle(t.Context(), in); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		h.deliver()
		var said []string
		for _, m := range h.rows()[rows:] {
			if m.Direction == bot.Out {
				said = append(said, m.Text)
			}
		}
		var left []string
		for _, m := range h.post.messages()[sent:] {
			left = append(left, m.Plain())
		}
		if len(said) != 2 || !slices.Equal(said, left) {
			t.Fatalf("recorded %q, left %q", said, left)
		}
		h.says("/menu")
	}
}
