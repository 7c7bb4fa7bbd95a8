package deliver_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/bot/deliver"
)

// counting is a queue that counts its claims.
type counting struct {
	deliver.Queue
	claims atomic.Int32
}

func (q *counting) Claim(ctx context.Context, want deliver.Claim) ([]bot.Job, error) {
	q.claims.Add(1)
	return q.Queue.Claim(ctx, want)
}

func TestAMessageThatWaitsBehindOneInFlightFollowsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(int, string, bot.Outbound) error { time.Sleep(30 * time.Millisecond); return nil }
		lease := o.Reserve("tg")
		o.Carry("tg", lease, o.append("tg:b:7", "first", lease))
		synctest.Wait()
		o.post("tg:b:7", "second")
		time.Sleep(100 * time.Millisecond) // two sends; a poll would come later than both
		if got := o.sender.log(); !slices.Equal(got, []string{"7:first", "7:second"}) {
			t.Errorf("sent %v", got)
		}
	})
}

func TestAMessageThatFoundNoWorkerIsTakenByTheFirstThatIsFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		time.Sleep(10 * time.Millisecond) // the claim at the start is over
		var leases []bot.Lease
		for range o.Workers {
			leases = append(leases, o.Reserve("tg"))
		}
		o.post("tg:b:9", "late")
		time.Sleep(10 * time.Millisecond)
		o.Carry("tg", leases[0], o.append("tg:b:7", "early", leases[0]))
		time.Sleep(10 * time.Millisecond) // a poll would come later
		if got := o.sender.log(); !slices.Equal(got, []string{"7:early", "9:late"}) {
			t.Errorf("sent %v", got)
		}
		for _, lease := range leases[1:] {
			o.Carry("tg", lease, nil)
		}
	})
}

func TestAWorkerThatEndedLooksForNoMoreWhenNothingWasLeftBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		time.Sleep(10 * time.Millisecond) // the claim at the start is over
		before := o.queue.claims.Load()
		for i := range 20 {
			lease := o.Reserve("tg")
			o.Carry("tg", lease, o.append("tg:b:7", fmt.Sprint("now", i), lease))
			synctest.Wait()
		}
		if claims := o.queue.claims.Load() - before; claims != 0 || len(o.sender.log()) != 20 {
			t.Errorf("%d claims for %d messages that were born leased", claims, len(o.sender.log()))
		}
	})
}
