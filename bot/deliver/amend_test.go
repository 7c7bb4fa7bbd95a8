package deliver_test

import (
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

// lane commits jobs of one chat with their lines, born with the lease, and carries what was born.
func (o *office) lane(chat bot.ChatKey, jobs ...bot.Job) {
	o.t.Helper()
	lease := o.Reserve(chat.Channel())
	var born []bot.Job
	err := o.store.Do(o.t.Context(), func(tx storage.Tx) (err error) {
		if _, err := tx.Chat(o.t.Context(), chat); err != nil {
			return err
		}
		var rows converse.Rows
		for _, job := range jobs {
			job.Lane, job.RunAt = chat, time.Now()
			rows.Jobs = append(rows.Jobs, job)
			rows.Messages = append(rows.Messages, bot.Message{Chat: chat, Direction: bot.Out, JobKey: job.Key, At: job.RunAt})
		}
		born, err = tx.Append(o.t.Context(), rows, lease)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Carry(chat.Channel(), lease, born)
	if len(born) < len(jobs) {
		o.Wake(chat)
	}
}

func message(kind bot.JobKind, key string, m bot.Outbound) bot.Job {
	payload, _ := json.Marshal(m)
	return bot.Job{Kind: kind, Key: key, Payload: payload}
}

func says(text string) bot.Outbound { return bot.Outbound{Segments: []bot.Segment{{Text: text}}} }

func TestAnAmendmentFollowsItsMessageAlsoWhileThatIsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.answer = func(int, string, bot.Outbound) error { time.Sleep(time.Second); return nil }
		o.lane("tg:b:7", message(bot.JobSend, "o1", says("old")))
		edit, withdraw := says("new"), bot.Outbound{Amends: "o1", Withdraw: true}
		edit.Amends = "o1"
		o.lane("tg:b:7", message(bot.JobSend, "e1", edit), message(bot.JobSend, "e2", withdraw))
		time.Sleep(10 * time.Second)
		if got := o.sender.log(); !slices.Equal(got, []string{"7:old", "7:1 now new", "7:1 deleted"}) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestAnAmendmentOfWhatNeverWentOutIsGivenUpWithItsReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.lane("tg:b:7", message(bot.JobSend, "e1", bot.Outbound{Amends: "o1", Withdraw: true}), message(bot.JobSend, "o2", says("next")))
		time.Sleep(time.Second)
		up := o.givenUp()
		if len(up) != 1 || bot.FaultIn(up[0].Err) != bot.FaultNotFound {
			t.Errorf("given up %+v", up)
		}
		if got := o.sender.log(); !slices.Equal(got, []string{"7:next"}) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestAFaultIsReadBackFromTheReasonThatIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for want, refusal := range map[bot.SendFault]bot.SendFault{
			bot.FaultStale: bot.FaultStale, bot.FaultRejected: bot.FaultRejected, bot.FaultBlocked: bot.FaultBlocked, bot.FaultTooLong: bot.FaultTooLong,
		} {
			o := open(t)
			o.sender.answer = func(int, string, bot.Outbound) error { return fault(refusal, 0) }
			o.lane("tg:b:7", message(bot.JobSend, "o1", says("x")))
			time.Sleep(time.Second)
			if up := o.givenUp(); len(up) != 1 || bot.FaultIn(up[0].Err) != want {
				t.Errorf("%s is kept as %+v", want, up)
			}
			o.close()
		}
	})
}

func TestAFileTakesItsTimeInItsPlaceAndHoldsUpNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.files = 2 * time.Minute // far beyond the lease of a text
		file := says("file")
		file.File = &bot.File{ID: "f1"}
		o.lane("tg:b:7", message(bot.JobSend, "o1", says("before")), message(bot.JobUpload, "o1.1", file), message(bot.JobSend, "o2", says("after")))
		for i := range deliver.Uploaders {
			o.lane(bot.NewChatKey("tg", "b", string(rune('a'+i))), message(bot.JobUpload, string(rune('a'+i)), file))
		}
		time.Sleep(time.Second)
		o.post("tg:b:9", "elsewhere")
		time.Sleep(time.Second)
		if got := o.sender.log(); !slices.Equal(got, []string{"7:before", "9:elsewhere"}) {
			t.Errorf("while files are on their way: %q", got)
		}
		time.Sleep(10 * time.Minute)
		var own []string
		for _, sent := range o.sender.log() {
			if sent[0] == '7' {
				own = append(own, sent)
			}
		}
		if !slices.Equal(own, []string{"7:before", "7:file", "7:after"}) {
			t.Errorf("sent %q", own)
		}
	})
}

func TestAShutdownCutsAnUploadOffWithoutBurningAnAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := open(t)
		o.sender.files = time.Minute
		file := says("file")
		file.File = &bot.File{ID: "f1"}
		o.lane("tg:b:7", message(bot.JobUpload, "o1", file))
		time.Sleep(time.Second)
		o.close()
		jobs, err := o.store.Claim(t.Context(), deliver.Claim{
			Kinds: []bot.JobKind{bot.JobUpload}, N: 9, Now: time.Now(), Lease: bot.Lease{Owner: "next", Token: 99, Until: time.Now().Add(time.Minute)},
		})
		if err != nil || len(jobs) != 1 || jobs[0].Attempts != 0 {
			t.Errorf("left for the next start: %+v, %v", jobs, err)
		}
	})
}
