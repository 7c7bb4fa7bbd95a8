package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/worktime"
	"javab/bot/worktime/worktimetest"
)

// line is the smallest Tx that keeps the contract of store.go: one unit's queue. When down is set, every call fails.
type line struct {
	waiting []bot.HandOver
	members map[bot.ChatKey]bot.Member
	cases   []bot.Case
	staff   []bot.Staff
	paused  bot.UnitID // this unit's queue is
	down    error
}

func (l *line) at(chat bot.ChatKey) int {
	return slices.IndexFunc(l.waiting, func(h bot.HandOver) bool { return h.Chat == chat })
}

func (l *line) Enqueue(_ context.Context, h bot.HandOver) error {
	if l.at(h.Chat) < 0 {
		l.waiting = append(l.waiting, h)
	}
	slices.SortStableFunc(l.waiting, func(a, b bot.HandOver) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), b.Priority-a.Priority, a.At.Compare(b.At))
	})
	return l.down
}

func (l *line) Leave(_ context.Context, chat bot.ChatKey) (bool, error) {
	i := l.at(chat)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	return i >= 0, l.down
}

func (l *line) Place(_ context.Context, chat bot.ChatKey) (int, error) { return l.at(chat) + 1, l.down }

func (l *line) MemberOf(_ context.Context, chat bot.ChatKey) (bot.Member, error) {
	m, ok := l.members[chat]
	if l.down != nil || !ok {
		return m, cmp.Or(l.down, error(&bot.Error{Kind: bot.NotFound, Key: "member"}))
	}
	return m, nil
}

func (l *line) Running(_ context.Context, chat bot.ChatKey) (bot.HandOver, error) {
	i := l.at(chat)
	if l.down != nil || i < 0 {
		return bot.HandOver{}, cmp.Or(l.down, error(&bot.Error{Kind: bot.NotFound, Key: "chat"}))
	}
	return l.waiting[i], nil
}

func (l *line) Cases(context.Context, cases.Owner, int) ([]bot.Case, error) { return l.cases, l.down }

func (l *line) Wake(context.Context, bot.ChatKey, time.Time) (bool, error) { return false, l.down }

func (l *line) About(context.Context, bot.ChatKey) ([]bot.StaffID, error) { return nil, l.down }

func (l *line) Paused(_ context.Context, unit bot.UnitID) (Pause, error) {
	if l.down != nil || unit == "" || unit != l.paused {
		return Pause{}, cmp.Or(l.down, error(&bot.Error{Kind: bot.NotFound, Key: "pause"}))
	}
	return Pause{Unit: unit}, nil
}

func (l *line) Staff(_ context.Context, id bot.StaffID) (bot.Staff, error) {
	for _, s := range l.staff {
		if s.ID == id {
			return s, l.down
		}
	}
	return bot.Staff{}, &bot.Error{Kind: bot.NotFound, Key: "staff_unknown"}
}

// urgencies is a content with sentences that tell their id and values.
type urgencies map[string]int

func (u urgencies) Priority(topic string) int {
	if n, ok := u[topic]; ok {
		return n
	}
	return 2
}

func (u urgencies) FirstAnswer(topic string) time.Duration {
	if topic == "categories/training" {
		return 8 * time.Hour
	}
	return 30 * time.Minute
}

func (u urgencies) Text(id string) bot.Text {
	words := id
	for _, name := range TextIDs[id] {
		words += " {" + name + "}"
	}
	return bot.Text{Fa: words, Ar: words, En: words}
}

func (u urgencies) UnitName(unit bot.UnitID) bot.Text {
	if unit == "nowhere" {
		return bot.Text{}
	}
	return bot.Text{Fa: "unit " + string(unit), Ar: "unit " + string(unit), En: "unit " + string(unit)}
}

func (u urgencies) Rules() Rules {
	return Rules{Warn: 15 * time.Minute, Release: 30 * time.Minute, Lost: 5 * time.Minute, Ask: 24 * time.Hour, Back: 48 * time.Hour}
}

// noon is Wednesday 2026-11-25, 12:00 in Tehran.
var noon = time.Date(2026, time.November, 25, 8, 30, 0, 0, time.UTC)

func queue(t *testing.T) *Queue {
	t.Helper()
	return &Queue{Content: urgencies{"categories/card_misuse": 4, "categories/training": 1}, Hours: worktimetest.Book(t, noon)}
}

func do(t *testing.T, q *Queue, tx QueueTx, action string, chat bot.ChatKey, now time.Time) bot.Result {
	t.Helper()
	result, err := q.Actions()[action](t.Context(), tx, bot.Call{Action: action, Chat: bot.Chat{Key: chat}, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func clock(v bot.Value) string {
	return time.UnixMilli(v.At).In(time.FixedZone("", 3*3600+1800)).Format("Mon 15:04")
}

func TestTheQueueIsOrderedByPromiseThenUrgencyThenKeyAccountThenAge(t *testing.T) {
	q := queue(t)
	l := &line{members: map[bot.ChatKey]bot.Member{"key": {ID: "m1", KeyAccount: true}, "plain": {ID: "m2"}}}
	for i, h := range []bot.HandOver{
		{Chat: "small", Topic: "categories/training"},
		{Chat: "plain", Topic: "services/renewal"},
		{Chat: "later"},
		{Chat: "key"},
		{Chat: "urgent", Topic: "categories/card_misuse"},
	} {
		h.At = noon.Add(time.Duration(i) * time.Second)
		if err := q.HandOver(t.Context(), l, h); err != nil {
			t.Fatal(err)
		}
	}
	var order []string
	for _, h := range l.waiting {
		order = append(order, string(h.Chat))
	}
	if got := strings.Join(order, " "); got != "urgent key plain later small" {
		t.Errorf("they wait as %s", got)
	}
	if h := l.waiting[1]; h.Member != "m1" || h.Priority != 3 {
		t.Errorf("the key account waits as %+v", h)
	}
}

func TestAPromiseOfAnOpenCaseBringsItsMemberForward(t *testing.T) {
	q := queue(t)
	l := &line{cases: []bot.Case{
		{State: bot.Closed, DueAt: noon.Add(-time.Hour)},
		{State: bot.InWork, DueAt: noon.Add(10 * time.Minute)},
		{State: bot.InWork, DueAt: noon.Add(time.Hour)},
	}}
	for chat, want := range map[bot.ChatKey]time.Duration{"case": 10 * time.Minute, "none": 30 * time.Minute} {
		if chat == "none" {
			l.cases = nil
		}
		if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: chat, At: noon}); err != nil {
			t.Fatal(err)
		}
		if h, _ := l.Running(t.Context(), chat); chat == "none" && !h.DueAt.Equal(noon.Add(want)) {
			t.Errorf("%s is due %s", chat, h.DueAt)
		}
	}
}

func TestATargetIsCountedInWorkingTime(t *testing.T) {
	q, l := queue(t), &line{}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a", At: noon.Add(4*time.Hour - 10*time.Minute)}); err != nil {
		t.Fatal(err)
	}
	if got := clock(bot.Value{At: l.waiting[0].DueAt.UnixMilli()}); got != "Sat 08:20" {
		t.Errorf("thirty working minutes after Wednesday 15:50 are %s", got)
	}
}

type always struct{}

func (always) Wait(bot.UnitID, int) (Span, bool) {
	return Span{10 * time.Minute, 25 * time.Minute}, true
}

func TestAWaitingMemberIsToldHowLongWhenThatIsKnown(t *testing.T) {
	q, l := queue(t), &line{}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a", At: noon}); err != nil {
		t.Fatal(err)
	}
	if told := do(t, q, l, "queue.place", "a", noon); told.Vars["wait.from"].Text != "" {
		t.Errorf("without samples he is told %v", told.Vars)
	}
	q.Waits = always{}
	told := do(t, q, l, "queue.place", "a", noon)
	if told.Vars["wait.from"].Text != "10" || told.Vars["wait.to"].Text != "25" {
		t.Errorf("he is told %v", told.Vars)
	}
}

func TestOfAPausedQueueNobodySaysWhenItAnswers(t *testing.T) {
	q, l := queue(t), &line{paused: "trade"}
	q.Waits = always{}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a", Unit: "trade", At: noon}); err != nil {
		t.Fatal(err) // a new chat is never refused
	}
	told := do(t, q, l, "queue.place", "a", noon)
	if _, known := told.Vars["wait.from"]; known || told.Vars["place"].Text != "1" {
		t.Errorf("who waits is told %v", told.Vars)
	}
	if told := do(t, q, l, "hours.now", "a", noon); told.Outcome != "paused" || len(told.Vars) != 0 {
		t.Errorf("the hours of the queue in which he waits: %v", told)
	}
	for unit, want := range map[string]string{"trade": "paused", "legal": "open", "": "open"} {
		told, err := q.Now(t.Context(), l, bot.Call{Chat: bot.Chat{Key: "b"}, With: map[string]string{"unit": unit}, Now: noon})
		if err != nil || told.Outcome != want {
			t.Errorf("the hours of %q: %v %v", unit, told, err)
		}
	}
}

func TestAChatThatIsHeldHasNoPlace(t *testing.T) {
	q, l := queue(t), &line{}
	held := bot.Call{Action: "queue.place", Chat: bot.Chat{Key: "a", Mode: bot.ModeHeld}, Now: noon}
	if told, err := q.Place(t.Context(), l, held); err != nil || told.Outcome != "held" {
		t.Errorf("%v %v", told, err)
	}
}

func TestTheWaitIsARangeAndUnknownUnderFiveSamples(t *testing.T) {
	ten := []time.Duration{10 * time.Minute, 10 * time.Minute, 2 * time.Minute, time.Hour, 10 * time.Minute}
	for _, c := range []struct {
		place, present int
		handling       []time.Duration
		want           string
	}{
		{1, 1, ten[:4], "unknown"},
		{1, 0, ten, "unknown"},
		{0, 1, ten, "unknown"},
		{1, 1, ten, "10m0s-20m0s"},
		{4, 2, ten, "15m0s-35m0s"},
		{40, 2, ten, "2h30m0s-5h5m0s"},
	} {
		got := "unknown"
		if span, known := Estimate(c.place, c.handling, c.present); known {
			got = span.From.String() + "-" + span.To.String()
		}
		if got != c.want {
			t.Errorf("place %d of %d samples with %d present: %s, want %s", c.place, len(c.handling), c.present, got, c.want)
		}
	}
}

func TestAChatThatWaitsKeepsItsPlace(t *testing.T) {
	q, l := queue(t), &line{}
	for _, chat := range []bot.ChatKey{"a", "b", "a"} {
		if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: chat, At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	for chat, want := range map[bot.ChatKey]string{"a": "1", "b": "2"} {
		if told := do(t, q, l, "queue.place", chat, noon); told.Outcome != "waiting" || told.Vars["place"].Text != want {
			t.Errorf("%s is told %v, want place %s", chat, told, want)
		}
	}
	if told := do(t, q, l, "queue.place", "c", noon); told.Outcome != "not_waiting" {
		t.Errorf("a chat that does not wait is told %v", told)
	}
}

func TestAWaitingMemberIsToldWhenOfficersAnswer(t *testing.T) {
	q, l := queue(t), &line{}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a", At: noon}); err != nil {
		t.Fatal(err)
	}
	if told := do(t, q, l, "queue.place", "a", noon); clock(told.Vars["opening"]) != "Wed 12:00" {
		t.Errorf("during work: %s", clock(told.Vars["opening"]))
	}
	if told := do(t, q, l, "queue.place", "a", noon.Add(20*time.Hour)); clock(told.Vars["opening"]) != "Sat 08:00" {
		t.Errorf("on Thursday: %s", clock(told.Vars["opening"]))
	}
}

func TestAMemberTakesHisChatBack(t *testing.T) {
	q, l := queue(t), &line{}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a", At: noon}); err != nil {
		t.Fatal(err)
	}
	if left := do(t, q, l, "queue.leave", "a", noon); left.Outcome != "left" || left.Mode != bot.ModeBot {
		t.Errorf("leaving: %v", left)
	}
	if again := do(t, q, l, "queue.leave", "a", noon); again.Outcome != "not_waiting" || again.Mode != "" {
		t.Errorf("a chat that does not wait is not given to the bot: %v", again)
	}
}

func TestTheHoursAreThoseOfTheChamber(t *testing.T) {
	q, l := queue(t), &line{}
	for offset, want := range map[time.Duration]string{
		0:                             "open closing Wed 16:00",
		4*time.Hour - time.Second:     "open closing Wed 16:00",
		4 * time.Hour:                 "closed opening Sat 08:00",
		-5 * time.Hour:                "closed opening Wed 08:00",
		2*24*time.Hour + 20*time.Hour: "open closing Sat 16:00",
		2*24*time.Hour + 19*time.Hour: "closed opening Sat 08:00",
	} {
		told := do(t, q, l, "hours.now", "a", noon.Add(offset))
		for name, v := range told.Vars {
			if got := told.Outcome + " " + name + " " + clock(v); got != want {
				t.Errorf("%s after noon: %s, want %s", offset, got, want)
			}
		}
	}
}

func TestADatabaseThatIsAwayStopsTheTurn(t *testing.T) {
	q, l := queue(t), &line{down: &bot.Error{Kind: bot.Unavailable, Key: "store_unavailable"}}
	if err := q.HandOver(t.Context(), l, bot.HandOver{Chat: "a"}); bot.KindOf(err) != bot.Unavailable {
		t.Errorf("hand-over: %v", err)
	}
	for _, action := range []string{"queue.leave", "queue.place"} {
		if _, err := q.Actions()[action](t.Context(), l, bot.Call{Chat: bot.Chat{Key: "a"}, Now: noon}); bot.KindOf(err) != bot.Unavailable {
			t.Errorf("%s: %v", action, err)
		}
	}
}

func TestBeyondTheCalendarIsAnError(t *testing.T) {
	q, l := queue(t), &line{waiting: []bot.HandOver{{Chat: "a"}}}
	for _, action := range []string{"queue.place", "hours.now"} {
		call := bot.Call{Chat: bot.Chat{Key: "a"}, Now: noon.AddDate(1, 0, 0)}
		if _, err := q.Actions()[action](t.Context(), l, call); !errors.Is(err, worktime.ErrHorizon) {
			t.Errorf("%s: %v", action, err)
		}
	}
}
