package desk_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/locales/text"
	"javab/storage"
)

// line returns the newest line of somebody in the chat.
func (w *world) line(by bot.Staff) desk.Line {
	w.t.Helper()
	th, err := w.store.Thread(w.t.Context(), bot.Staff{ID: "boss", Role: bot.RoleHead, Confidential: true}, ann, 0, 99)
	w.ok(err)
	for _, l := range slices.Backward(th.Lines) {
		if l.Author == by.Author() && l.Direction == bot.Out {
			return l
		}
	}
	w.t.Fatal("no such line")
	return desk.Line{}
}

// replied is a chat in which sara has replied; nothing has gone out yet.
func replied(t *testing.T, words string, files ...bot.File) *world {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: words, Files: files}))
	return w
}

// fails ends every message that is on its way.
func (w *world) fails(reason string) {
	w.t.Helper()
	for {
		jobs, err := w.store.Claim(w.t.Context(), deliver.Claim{
			Kinds: []bot.JobKind{bot.JobSend, bot.JobUpload}, Channel: "tg", N: 9, Now: time.Unix(1<<34, 0), Lease: bot.Lease{Owner: "f", Token: 9, Until: time.Unix(1<<35, 0)},
		})
		w.ok(err)
		if len(jobs) == 0 {
			w.born = nil
			return
		}
		for _, job := range jobs {
			_, err := w.store.Finish(w.t.Context(), []deliver.Finish{{Job: job.ID, Token: 9, Ending: deliver.GaveUp, Err: reason, At: w.now}})
			w.ok(err)
		}
	}
}

// idle lets nobody be at work: what is written stays in its lane, on its way to nobody.
func (w *world) idle() {
	w.born = nil
	w.ok(w.store.Release(w.t.Context(), "w"))
}

func TestAReplyCarriesItsFilesInOrderAndOnce(t *testing.T) {
	files := []bot.File{{ID: "f1", Name: "card.pdf", State: bot.FileStored, Size: 7}, {ID: "f2", State: bot.FileStored}}
	w := replied(t, "here", files...)
	again := desk.Reply{ID: "r1", Text: "here", Files: files}
	w.ok(w.Reply(t.Context(), sara, ann, again))
	w.tells(ann, "claimed trade", "file f1: here", "file f2")
	again.Files = []bot.File{{ID: "f3"}, {ID: "f2"}}
	w.refused(w.Reply(t.Context(), sara, ann, again), "desk_repeated")
	if l := w.line(sara); l.Kind != bot.KindFile || len(l.Files) != 1 || l.Files[0].ID != "f2" || l.Sent != desk.SentDone {
		t.Errorf("the record has %+v", l)
	}
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Files: files[:1]}))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Files: files[:1]}))
	w.tells(ann, "file f1")
}

func TestWordsThatDoNotFitBelowAFileGoBeforeIt(t *testing.T) {
	long := strings.Repeat("\U0001F4C4", captionRoom/2) // two units each
	w := replied(t, long, bot.File{ID: "f1"})
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: long + "!", Files: []bot.File{{ID: "f1"}, {ID: "f2"}}}))
	w.tells(ann, "claimed trade", "file f1: "+long, long+"!", "file f1", "file f2")
	w.caps.MaxCaption = 0 // a channel without captions
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r3", Text: "here", Files: []bot.File{{ID: "f1"}}}))
	w.tells(ann, "here", "file f1")
}

func TestTheWordsBelowAFileAreChangedAsFarAsTheyFit(t *testing.T) {
	w := replied(t, "your card", bot.File{ID: "f1"})
	w.tells(ann, "claimed trade", "file f1: your card")
	l := w.line(sara)
	long := strings.Repeat("x", captionRoom+1)
	if refusal := w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: long}), "desk_caption"); refusal.Params["Max"] != itoa(captionRoom) {
		t.Errorf("told %v", refusal.Params)
	}
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "your new card"}))
	w.tells(ann, "or1 now: file f1: your new card")
	if l := w.line(sara); l.Text != "your new card" || len(l.Files) != 1 || l.Earlier[0].Text != "your card" {
		t.Errorf("the record has %+v", l)
	}
}

func TestAFileThatWaitsGoesOutWithItsNewWordsAlone(t *testing.T) {
	w := replied(t, "old", bot.File{ID: "f1"})
	w.idle()
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: w.line(sara).ID, Text: "new"}))
	w.fails("send: rejected: 400 Bad Request")
	w.ok(w.Retry(t.Context(), sara, ann, w.line(sara).ID))
	w.tells(ann, "file f1: new")
}

func TestAnEditIsHeldBackByTheSameHintsAsAReply(t *testing.T) {
	w := replied(t, "a word")
	w.told(ann)
	w.Lexicons = lists{}
	line, reply := w.line(sara).ID, desk.Reply{ID: "r2", Text: "You idiot, here are 5 rials."}
	edit := desk.Change{Line: line, Text: reply.Text}
	for _, sure := range [][]desk.Hint{nil, {desk.HintRude}, {desk.HintAmount}} {
		reply.Sure, edit.Sure = sure, sure
		w.refused(w.Reply(t.Context(), sara, ann, reply), "desk_hint")
		w.refused(w.Edit(t.Context(), sara, ann, edit), "desk_hint")
	}
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: line, Text: "by {due}"}), "desk_open")
	w.tells(ann)
	reply.Sure, edit.Sure = []desk.Hint{desk.HintRude, desk.HintAmount}, []desk.Hint{desk.HintRude, desk.HintAmount}
	w.ok(w.Edit(t.Context(), sara, ann, edit))
	w.ok(w.Reply(t.Context(), sara, ann, reply))
	w.tells(ann, "or1 now: "+edit.Text, reply.Text)
}

func TestAReplyThatBeginsWithAFigureIsSentOnceInPersianToo(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	for range 2 {
		w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "1405"}))
	}
	w.tells(ann, "claimed trade", "1405")
}

func TestAnEditFollowsAMessageThatWentOutAndKeepsTheOldWords(t *testing.T) {
	w := replied(t, "your card was lost")
	w.tells(ann, "claimed trade", "your card was lost")
	l := w.line(sara)
	w.now = w.now.Add(time.Minute)
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: " your card was posted "}))
	w.tells(ann, "or1 now: your card was posted")
	now := w.line(sara)
	want := []bot.Wording{{Text: "your card was lost", Until: w.now}}
	if now.Text != "your card was posted" || !now.EditedAt.Equal(w.now) || !slices.Equal(now.Earlier, want) || now.SearchKey != text.Fold(now.Text) || now.Amended != desk.SentDone {
		t.Errorf("the record has %+v", now)
	}
	if got := w.audit(); got[len(got)-1] != "sara message.edited message "+itoa(l.ID)+" >chat tg:b:1" {
		t.Errorf("audited %q", got)
	}
	audited := len(w.audit())
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "your card was posted"}))
	if w.tells(ann); len(w.audit()) != audited {
		t.Error("an edit that changes nothing is a change")
	}
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "your card was lost"})) // the form once more
	w.tells(ann)
}

func TestAMessageThatWaitsGoesOutWithItsNewWordsAlone(t *testing.T) {
	w := replied(t, "old")
	w.idle()
	l := w.line(sara)
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "new"}))
	w.tells(ann, "claimed trade", "new")
	if l := w.line(sara); l.Amended != desk.SentNot || len(l.Earlier) != 1 {
		t.Errorf("the record has %+v", l)
	}
}

func TestAMessageOnItsWayIsChangedAfterIt(t *testing.T) {
	w := replied(t, "first")
	w.tells(ann, "claimed trade", "first")
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Text: "old"})) // born leased: a worker has it
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: w.line(sara).ID, Text: "new"}))
	w.tells(ann, "old", "or2 now: new")
}

func TestADeletedMessageGoesFromTheMemberAndStaysInTheRecord(t *testing.T) {
	w := replied(t, "wrong chat")
	w.tells(ann, "claimed trade", "wrong chat")
	l := w.line(sara)
	for range 2 {
		w.ok(w.Delete(t.Context(), sara, ann, l.ID))
	}
	w.tells(ann, "or1 withdrawn")
	if l := w.line(sara); l.Text != "wrong chat" || !l.DeletedAt.Equal(w.now) {
		t.Errorf("the record has %+v", l)
	}
	if got := w.audit(); got[len(got)-1] != "sara message.deleted message "+itoa(l.ID)+" >chat tg:b:1" || len(got) != 2 {
		t.Errorf("audited %q", got)
	}
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "again"}), "desk_amend_deleted")
}

func TestAMessageThatIsDeletedBeforeItWentOutNeverGoes(t *testing.T) {
	w := replied(t, "wrong chat", bot.File{ID: "f1"}, bot.File{ID: "f2"})
	w.idle()
	w.ok(w.Delete(t.Context(), sara, ann, w.line(sara).ID))
	w.tells(ann, "claimed trade", "file f1: wrong chat")
	if l := w.line(sara); l.Sent != desk.SentNot || l.DeletedAt.IsZero() {
		t.Errorf("the record has %+v", l)
	}
}

func TestOnlyOnesOwnMessagesAreChangedAndOnlyWhereTheChannelCan(t *testing.T) {
	w := replied(t, "mine")
	words := w.line(sara).ID
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r2", Files: []bot.File{{ID: "f1"}}}))
	w.tells(ann, "claimed trade", "mine", "file f1")
	file := w.line(sara).ID
	w.refused(w.Edit(t.Context(), omid, ann, desk.Change{Line: words, Text: "his"}), "desk_amend_own")
	w.refused(w.Delete(t.Context(), omid, ann, words), "desk_amend_own")
	w.refused(w.Edit(t.Context(), lily, ann, desk.Change{Line: words, Text: "his"}), "chat_not_found")
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: words + 1000, Text: "none"}), "message_not_found")
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: words, Text: " "}), "desk_empty")
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: file, Text: "caption"}), "desk_amend_file")
	w.handOver("tg:b:2", bot.En)
	w.refused(w.Edit(t.Context(), sara, "tg:b:2", desk.Change{Line: words, Text: "through another chat"}), "message_not_found")
	w.now = w.now.Add(49 * time.Hour)
	if refusal := w.refused(w.Delete(t.Context(), sara, ann, words), "desk_amend_old"); refusal.Params["Hours"] != "48" {
		t.Errorf("told %v", refusal.Params)
	}
	w.caps = bot.Caps{}
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: words, Text: "new"}), "desk_amend_never")
	w.refused(w.Delete(t.Context(), sara, ann, words), "desk_amend_never")
	w.tells(ann)
	if l := w.line(sara); l.DeletedAt != (time.Time{}) || l.EditedAt != (time.Time{}) {
		t.Errorf("the record has %+v", l)
	}
}

func TestAMessageCanBeTakenBackAfterTheChatWasClosed(t *testing.T) {
	w := replied(t, "too early")
	w.ok(w.Close(t.Context(), sara, ann, desk.Ending{Outcome: desk.Solved}))
	w.told(ann)
	w.ok(w.Delete(t.Context(), sara, ann, w.line(sara).ID))
	w.tells(ann, "or1 withdrawn")
	w.stands(ann, "ended sara solved bot")
}

func TestAMessageThatFailedIsSentAgainAndIsNoSecondOne(t *testing.T) {
	w := replied(t, "hello")
	w.idle()
	w.fails("send: rejected: 400 Bad Request")
	l := w.line(sara)
	if l.Sent != desk.SentFailed || l.Fault != bot.FaultRejected {
		t.Fatalf("the record has %+v", l)
	}
	lines, woken := len(w.lines()), len(w.woken)
	w.refused(w.Retry(t.Context(), omid, ann, l.ID), "chat_held")
	for range 2 { // pressed twice it is sent once
		w.ok(w.Retry(t.Context(), sara, ann, l.ID))
	}
	w.tells(ann, "hello")
	if len(w.lines()) != lines || w.line(sara).Sent != desk.SentDone || len(w.woken) == woken {
		t.Errorf("%d lines, %+v", len(w.lines()), w.line(sara))
	}
	if got := w.audit(); !slices.Equal(got[1:], []string{"sara message.retried message " + itoa(l.ID) + " >chat tg:b:1"}) {
		t.Errorf("audited %q", got)
	}
}

func TestAFailedMessageIsSentAgainAsItReadsNow(t *testing.T) {
	w := replied(t, "old")
	w.idle()
	w.fails("send: ambiguous: reset")
	l := w.line(sara)
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "new"}))
	w.tells(ann)
	w.ok(w.Retry(t.Context(), sara, ann, l.ID))
	w.tells(ann, "new")
}

func TestAChangeThatTheMessengerRefusedSaysSoAtItsLineAndCanBeTriedAgain(t *testing.T) {
	w := replied(t, "old")
	w.tells(ann, "claimed trade", "old")
	l := w.line(sara)
	w.ok(w.Edit(t.Context(), sara, ann, desk.Change{Line: l.ID, Text: "new"}))
	w.idle()
	w.fails("send: stale: 400 message can't be edited")
	if l := w.line(sara); l.Sent != desk.SentDone || l.Amended != desk.SentFailed || l.Fault != bot.FaultStale {
		t.Errorf("the record has %+v", l)
	}
	w.ok(w.Retry(t.Context(), sara, ann, l.ID))
	w.tells(ann, "or1 now: new")
}

func TestNobodyWhoBlockedUsIsWrittenToByAChange(t *testing.T) {
	w := replied(t, "old")
	w.tells(ann, "claimed trade", "old")
	w.do(func(tx storage.Tx) error { return block(t, tx) })
	id := w.line(sara).ID
	w.refused(w.Edit(t.Context(), sara, ann, desk.Change{Line: id, Text: "new"}), "chat_blocked")
	w.refused(w.Delete(t.Context(), sara, ann, id), "chat_blocked")
	w.refused(w.Retry(t.Context(), sara, ann, id), "chat_blocked")
	if l := w.line(sara); l.Text != "old" || !l.DeletedAt.IsZero() {
		t.Errorf("the record has %+v", l)
	}
}

func TestADownloadIsInTheAudit(t *testing.T) {
	w := open(t)
	w.ok(w.Downloaded(t.Context(), sara, ann, "f1"))
	if got := w.audit(); !slices.Equal(got, []string{"sara file.downloaded file f1 >chat tg:b:1"}) {
		t.Errorf("audited %q", got)
	}
}

func (w *world) lines() []bot.Message {
	w.t.Helper()
	list, err := w.store.ReadMessages(w.t.Context(), ann, 99)
	w.ok(err)
	return list
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
