package deliver_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
	"javab/storage/memstore"
)

// office is a courier at work over a store in memory and a messenger that answers as the test says.
type office struct {
	*deliver.Courier
	t      *testing.T
	store  *memstore.Store
	queue  *counting
	sender *messenger
	stop   context.CancelFunc
	done   chan struct{}
}

// open must be called inside a synctest bubble: its clock is the bubble's.
func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, store: memstore.New(), sender: &messenger{}, done: make(chan struct{})}
	o.queue = &counting{Queue: o.store}
	var token atomic.Int64
	o.Courier = &deliver.Courier{
		Queue: o.queue, Senders: map[bot.ChannelID]deliver.Sender{"tg": o.sender}, Owner: "here", Workers: 4, Clock: time.Now,
		Token: func() int64 { return token.Add(1) }, Log: slog.New(slog.DiscardHandler),
	}
	ctx, stop := context.WithCancel(t.Context())
	o.stop = stop
	go func() { defer close(o.done); o.Run(ctx) }()
	t.Cleanup(func() { o.close() })
	return o
}

func (o *office) close() { o.stop(); <-o.done }

// post commits messages to a chat, as a turn does, and wakes the courier.
func (o *office) post(chat bot.ChatKey, texts ...string) {
	o.t.Helper()
	err := o.store.Do(o.t.Context(), func(tx storage.Tx) error {
		if _, err := tx.Chat(o.t.Context(), chat); err != nil {
			return err
		}
		for _, text := range texts {
			if _, err := tx.Append(o.t.Context(), rows(chat, text), bot.Lease{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Wake(chat)
}

func (o *office) chat(key bot.ChatKey) bot.Chat {
	o.t.Helper()
	chat, err := o.store.ReadChat(o.t.Context(), key)
	if err != nil {
		o.t.Fatal(err)
	}
	return chat
}

func (o *office) givenUp() []storage.GivenUp {
	o.t.Helper()
	jobs, err := o.store.GivenUp(o.t.Context(), 100)
	if err != nil {
		o.t.Fatal(err)
	}
	return jobs
}

// messenger records what it is asked to send; answer decides how each try goes.
type messenger struct {
	mu     sync.Mutex
	sent   []string
	times  []time.Time
	acks   []string
	answer func(try int, chat string, m bot.Outbound) error
	tries  int
	files  time.Duration // that a file takes
}

func (s *messenger) Send(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	if m.File != nil {
		select {
		case <-time.After(s.files):
		case <-ctx.Done():
			return "", fault(bot.FaultAmbiguous, 0)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if s.answer != nil {
		if err := s.answer(s.tries, chat, m); err != nil {
			return "", err
		}
	}
	s.sent = append(s.sent, chat+":"+m.Plain())
	s.times = append(s.times, time.Now())
	return bot.Ref(fmt.Sprint(len(s.sent))), nil
}

func (s *messenger) Edit(_ context.Context, chat string, ref bot.Ref, m bot.Outbound) error {
	return s.change(chat + ":" + string(ref) + " now " + m.Plain())
}

func (s *messenger) Delete(_ context.Context, chat string, ref bot.Ref) error {
	return s.change(chat + ":" + string(ref) + " deleted")
}

func (s *messenger) change(what string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if s.answer != nil {
		if err := s.answer(s.tries, "", bot.Outbound{}); err != nil {
			return err
		}
	}
	s.sent = append(s.sent, what)
	return nil
}

func (s *messenger) AckPress(_ context.Context, id, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acks = append(s.acks, strings.TrimSpace(id+" "+text))
	return errors.New("too old")
}

func (s *messenger) log() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

func fault(f bot.SendFault, after time.Duration) error {
	return &bot.SendError{Fault: f, After: after, Err: errors.New("as the test wants")}
}

func rows(chat bot.ChatKey, text string) (r converse.Rows) {
	payload, _ := json.Marshal(bot.Outbound{Lang: bot.En, Segments: []bot.Segment{{Text: text, Style: bot.Bold}}})
	r.Jobs = []bot.Job{{Kind: bot.JobSend, Lane: chat, Key: string(chat) + text, Payload: payload, RunAt: time.Now()}}
	return r
}

func TestMessagesOfOneChatLeaveInOrderAlsoWhenTheFirstMustWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(try int, _ string, _ bot.Outbound) error {
			if try == 1 {
				return fault(bot.FaultRateLimited, 3*time.Second)
			}
			return nil
		}
		start := time.Now()
		o.post("tg:b:7", "one", "two", "three")
		time.Sleep(10 * time.Second)
		if got := o.sender.log(); !slices.Equal(got, []string{"7:one", "7:two", "7:three"}) {
			t.Errorf("sent %v", got)
		}
		o.close()
		if waited := o.sender.times[0].Sub(start); waited < 3*time.Second {
			t.Errorf("the first went out after %s, before the messenger's 3 s were over", waited)
		}
	})
}

func TestBeingToldToWaitIsNoAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(try int, _ string, _ bot.Outbound) error {
			if try <= 2*deliver.MaxAttempts {
				return fault(bot.FaultRateLimited, time.Second)
			}
			return nil
		}
		o.post("tg:b:7", "patience")
		time.Sleep(5 * time.Minute)
		if got := o.sender.log(); len(got) != 1 {
			t.Errorf("sent %v after %d refusals, want the message once", got, 2*deliver.MaxAttempts)
		}
	})
}

func TestRefusalsInSeveralChatsPauseTheChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(try int, chat string, _ bot.Outbound) error {
			if chat != "9" && try <= 4 {
				return fault(bot.FaultRateLimited, 30*time.Second)
			}
			return nil
		}
		start := time.Now()
		o.post("tg:b:1", "a")
		o.post("tg:b:2", "b")
		o.post("tg:b:3", "c")
		time.Sleep(time.Second)
		o.post("tg:b:9", "another chat")
		time.Sleep(2 * time.Minute)
		o.close()
		for i, at := range o.sender.times {
			if at.Sub(start) < 30*time.Second {
				t.Errorf("%s went out after %s, while the channel was to be quiet for 30 s", o.sender.sent[i], at.Sub(start))
			}
		}
		if len(o.sender.log()) != 4 {
			t.Errorf("sent %v, want all four in the end", o.sender.log())
		}
	})
}

func TestAMemberWhoBlockedTheBotIsSentNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(int, string, bot.Outbound) error { return fault(bot.FaultBlocked, 0) }
		o.post("tg:b:7", "one", "two", "three")
		time.Sleep(time.Minute)
		o.close()
		if o.sender.tries != 1 {
			t.Errorf("%d tries, want one", o.sender.tries)
		}
		if !o.chat("tg:b:7").Blocked {
			t.Error("the chat is not marked as blocked")
		}
	})
}

func TestAFaultOnTheWayIsTriedAgainAndInTheEndGivenToTheOperator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(int, string, bot.Outbound) error { return fault(bot.FaultTransient, 0) }
		o.post("tg:b:7", "never", "next")
		time.Sleep(2 * time.Hour)
		o.sender.mu.Lock()
		o.sender.answer = nil
		o.sender.mu.Unlock()
		time.Sleep(20 * time.Minute)
		if up := o.givenUp(); len(up) != 1 || up[0].Err == "" {
			t.Errorf("given up: %+v, want the first message with its reason", up)
		}
		if got := o.sender.log(); !slices.Equal(got, []string{"7:next"}) {
			t.Errorf("sent %v: the lane must go on after a message that was given up", got)
		}
	})
}

func TestARefusedTokenPausesTheChannelAndBurnsNoJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(try int, _ string, _ bot.Outbound) error {
			if try <= 30 {
				return fault(bot.FaultUnauthorized, 0)
			}
			return nil
		}
		o.post("tg:b:7", "one")
		time.Sleep(time.Hour)
		if got := o.sender.log(); len(got) != 1 || len(o.givenUp()) != 0 {
			t.Errorf("sent %v, given up %v; want the message once a new token works", got, o.givenUp())
		}
	})
}

func TestMarkupThatTheMessengerCannotReadIsSentPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(_ int, _ string, m bot.Outbound) error {
			if m.Segments[0].Style != bot.Plain {
				return fault(bot.FaultMarkup, 0)
			}
			return nil
		}
		o.post("tg:b:7", "bold")
		time.Sleep(time.Second)
		if got := o.sender.log(); !slices.Equal(got, []string{"7:bold"}) {
			t.Errorf("sent %v", got)
		}
	})
}

func TestAMessageThatIsRefusedFreesItsLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(_ int, _ string, m bot.Outbound) error {
			if m.Plain() == "bad" {
				return fault(bot.FaultRejected, 0)
			}
			return nil
		}
		o.post("tg:b:7", "bad", "good")
		time.Sleep(time.Second)
		if got := o.sender.log(); !slices.Equal(got, []string{"7:good"}) || len(o.givenUp()) != 1 {
			t.Errorf("sent %v, given up %d", got, len(o.givenUp()))
		}
	})
}

func TestAJobBornLeasedIsSentWithoutAClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		lease := o.Reserve("tg")
		born := o.append("tg:b:7", "now", lease)
		o.Carry("tg", lease, born)
		synctest.Wait()
		if got := o.sender.log(); !slices.Equal(got, []string{"7:now"}) {
			t.Errorf("sent %v before any poll", got)
		}
	})
}

func (o *office) append(chat bot.ChatKey, text string, lease bot.Lease) (born []bot.Job) {
	o.t.Helper()
	err := o.store.Do(o.t.Context(), func(tx storage.Tx) (err error) {
		if _, err := tx.Chat(o.t.Context(), chat); err != nil {
			return err
		}
		born, err = tx.Append(o.t.Context(), rows(chat, text), lease)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return born
}

func TestWhenAllWorkersAreSpokenForNoJobIsBornLeased(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		var leases []bot.Lease
		for range o.Workers {
			leases = append(leases, o.Reserve("tg"))
		}
		if extra := o.Reserve("tg"); extra != (bot.Lease{}) {
			t.Errorf("a fifth of four workers was lent out: %+v", extra)
		}
		for _, lease := range leases {
			o.Carry("tg", lease, nil)
		}
		if again := o.Reserve("tg"); again == (bot.Lease{}) {
			t.Error("workers that were given back are not free")
		} else {
			o.Carry("tg", again, nil)
		}
	})
}

func TestAShutdownEndsWhatIsInFlightAndClaimsNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(int, string, bot.Outbound) error {
			time.Sleep(2 * time.Second)
			return nil
		}
		o.post("tg:b:7", "one", "two")
		time.Sleep(time.Second)
		o.close()
		if got := o.sender.log(); !slices.Equal(got, []string{"7:one"}) {
			t.Errorf("sent %v, want only what was in flight", got)
		}
		jobs, err := o.store.Claim(context.Background(), deliver.Claim{
			Kinds: []bot.JobKind{bot.JobSend}, N: 10, Now: time.Now(), Lease: bot.Lease{Owner: "next", Token: 99, Until: time.Now().Add(time.Minute)},
		})
		if err != nil || len(jobs) != 1 {
			t.Errorf("left for the next start: %d jobs, %v; want the second message", len(jobs), err)
		}
	})
}

func TestAnErrandThatFailsIsRunAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		runs := 0
		o := hire(t, memstore.New(), "here", map[bot.JobKind]deliver.Handler{bot.JobEvent: func(context.Context, bot.Job) error {
			if runs++; runs < 3 {
				return errors.New("not yet")
			}
			return nil
		}})
		o.order(bot.JobEvent, "k")
		time.Sleep(time.Minute)
		o.close()
		if runs != 3 {
			t.Errorf("%d runs, want three", runs)
		}
	})
}

func TestAPressIsAcknowledgedBesideEverythingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.Ack("tg:b:7", "press-1")
		o.Ack("tg:b:7", "")
		o.Ack("unknown:b:7", "press-2")
		synctest.Wait()
		if !slices.Equal(o.sender.acks, []string{"press-1"}) {
			t.Errorf("acknowledged %v", o.sender.acks)
		}
	})
}

func TestWhileNothingCanBeStoredAMemberIsToldOnceInTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		sorry := bot.Outbound{Lang: bot.En, Segments: []bot.Segment{{Text: "try again shortly"}}}
		for range 4 {
			o.Excuse("tg:b:7", "", sorry)
			time.Sleep(3 * time.Minute)
		}
		if got := o.sender.log(); !slices.Equal(got, []string{"7:try again shortly"}) {
			t.Errorf("within nine minutes: %v", got)
		}
		o.Excuse("tg:b:7", "", sorry)
		synctest.Wait()
		if got := o.sender.log(); len(got) != 2 {
			t.Errorf("after twelve minutes: %v", got)
		}
	})
}

func TestExcusesAreFewHoweverManyMembersWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		for i := range 200 {
			o.Excuse(bot.ChatKey(fmt.Sprintf("tg:b:%d", i)), "", bot.Outbound{})
		}
		synctest.Wait()
		if got := len(o.sender.log()); got != 10 {
			t.Errorf("%d in one second, want ten", got)
		}
	})
}

func TestAPressIsExcusedOnItsButton(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		for _, press := range []string{"p1", "p2"} {
			o.Excuse("tg:b:7", press, bot.Outbound{Segments: []bot.Segment{{Text: "shortly"}}})
			synctest.Wait()
		}
		if !slices.Equal(o.sender.acks, []string{"p1 shortly", "p2 shortly"}) {
			t.Errorf("acknowledged %v", o.sender.acks)
		}
	})
}
