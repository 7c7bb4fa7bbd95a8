package desk_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/deliver"
	"javab/bot/desk"
	"javab/storage"
)

func TestAClaimTellsTheMemberAndSilencesTheBot(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.stands(ann, "held sara held")
	w.tells(ann, "claimed trade")
	if len(w.put) != 1 || w.put[0].Mode != bot.ModeHeld {
		t.Errorf("the desks and the bot were told %+v", w.put)
	}
	w.ok(w.Claim(t.Context(), sara, ann))
	w.tells(ann)
	if got := w.audit(); !slices.Equal(got, []string{"sara chat.claimed chat tg:b:1 >sara"}) {
		t.Errorf("audited %q", got)
	}
}

func TestTheMemberReadsADisplayNameAndNeverTheLogin(t *testing.T) {
	w := open(t)
	shown := sara
	shown.Display = bot.Text{Fa: "Ms Rad", Ar: "Ms Rad", En: "Ms Rad"}
	w.save(shown)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), shown, ann))
	w.tells(ann, "claimed Ms Rad")
}

func TestWhoComesLateReadsWhoHasIt(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.ok(w.Claim(t.Context(), sara, ann))
	for what, err := range map[string]error{
		"chat_taken": w.Claim(t.Context(), omid, ann),
		"chat_held":  w.Reply(t.Context(), omid, ann, desk.Reply{ID: "1", Text: "mine"}),
	} {
		if refusal := w.refused(err, what); refusal.Params["Holder"] != "SARA" {
			t.Errorf("%s names %v", what, refusal.Params)
		}
	}
	w.refused(w.Transfer(t.Context(), omid, ann, desk.To{Unit: "legal", Reason: "x"}), "chat_held")
	w.refused(w.Release(t.Context(), omid, ann, ""), "chat_held")
	w.refused(w.Close(t.Context(), omid, ann, desk.Ending{Outcome: desk.Solved}), "chat_held")
	w.refused(w.Snooze(t.Context(), omid, ann, noon.Add(time.Hour)), "chat_held")
	w.stands(ann, "held sara held")
}

func TestACapIsNeverExceeded(t *testing.T) {
	w := open(t)
	for _, chat := range []bot.ChatKey{"tg:b:1", "tg:b:2", "tg:b:3", "tg:b:4"} {
		w.handOver(chat, bot.Fa)
	}
	for _, chat := range []bot.ChatKey{"tg:b:1", "tg:b:2", "tg:b:3"} {
		w.ok(w.Claim(t.Context(), sara, chat))
	}
	if refusal := w.refused(w.Claim(t.Context(), sara, "tg:b:4"), "desk_full"); refusal.Params["Capacity"] != "3" {
		t.Errorf("told %v", refusal.Params)
	}
	w.refused(w.TakeOver(t.Context(), sara, "tg:b:4", "busy"), "desk_full")
	w.ok(w.Snooze(t.Context(), sara, "tg:b:1", noon.Add(time.Hour)))
	w.ok(w.Claim(t.Context(), sara, "tg:b:4")) // what is put off is not held
}

func TestNothingIsGivenToSomebodyOnABreak(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.ok(w.Status(t.Context(), sara, bot.OnBreak))
	w.refused(w.Claim(t.Context(), sara, ann), "desk_away")
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "1", Text: "x"}), "desk_away")
	w.ok(w.Status(t.Context(), sara, bot.Available))
	w.ok(w.Claim(t.Context(), sara, ann))
}

func TestABreakKeepsChatsAndLeavingGivesThemBack(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Status(t.Context(), sara, bot.OnBreak))
	w.stands(ann, "held sara held")
	w.ok(w.Status(t.Context(), sara, bot.Away))
	w.stands(ann, "waiting waiting")
	w.tells(ann, "claimed trade", "released\nplace "+one)
	w.refused(w.Status(t.Context(), sara, "asleep"), "desk_status")
}

// one is the number 1 as a Persian member reads it.
const one = "\u06f1"

func TestAReplyIsSentOnceHoweverOftenItIsPosted(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	reply := desk.Reply{ID: "r1", Text: " Your card was posted. ", Ready: "card_posted@7"}
	for range 3 {
		w.ok(w.Reply(t.Context(), sara, ann, reply))
	}
	w.tells(ann, "claimed trade", "Your card was posted.")
	w.stands(ann, "held sara held")
	th, err := w.store.Thread(t.Context(), sara, ann, 0, 9)
	w.ok(err)
	last := th.Lines[len(th.Lines)-1]
	if last.Author != "sara" || last.Flow != "replies" || last.Step != "card_posted" || last.Bundle != 7 || last.Sent != desk.SentDone {
		t.Errorf("the record has %+v", last)
	}
	if h := w.hand(ann); !h.AnsweredAt.Equal(noon) {
		t.Errorf("answered at %s", h.AnsweredAt)
	}
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r1", Text: "something else"}), "desk_repeated")
	w.refused(w.Reply(t.Context(), omid, ann, desk.Reply{ID: "r1", Text: "Your card was posted."}), "desk_repeated")
}

func TestRepliesKeepTheirOrderInTheLaneBehindWhatIsNotSentYet(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "a", Text: "one"}))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "b", Text: "two"}))
	if len(w.born) != 1 || !slices.Equal(w.woken, []bot.ChatKey{ann, ann}) {
		t.Fatalf("born leased %d, woken %v", len(w.born), w.woken)
	}
	// Whoever was told that it is queued may pull the plug: once the lease is over another worker sends it, in order.
	later := time.Unix(1<<33, 0).Add(time.Second)
	var sent []string
	for range 3 {
		lease := bot.Lease{Owner: "after the crash", Token: 2, Until: later.Add(time.Minute)}
		jobs, err := w.store.Claim(t.Context(), deliver.Claim{Kinds: []bot.JobKind{bot.JobSend}, N: 9, Now: later, Lease: lease})
		w.ok(err)
		for _, job := range jobs {
			var out bot.Outbound
			w.ok(json.Unmarshal(job.Payload, &out))
			sent = append(sent, out.Plain())
			_, err := w.store.Finish(t.Context(), []deliver.Finish{{Job: job.ID, Token: 2, Ending: deliver.Done, At: later}})
			w.ok(err)
		}
	}
	if len(sent) != 3 || sent[1] != "one" || sent[2] != "two" {
		t.Errorf("sent %q", sent)
	}
}

func TestANoteReachesNoChannel(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	note := desk.Note{ID: "n", Text: "he is angry", Mentions: []bot.StaffID{"omid"}}
	w.ok(w.Note(t.Context(), omid, ann, note))
	w.ok(w.Note(t.Context(), omid, ann, note))
	w.tells(ann)
	counts, err := w.store.Count(t.Context())
	w.ok(err)
	if counts.OpenJobs != 0 {
		t.Error("a note made a job")
	}
	th, err := w.store.Thread(t.Context(), sara, ann, 0, 9)
	w.ok(err)
	if len(th.Lines) != 1 || th.Lines[0].Direction != bot.Note || th.Row.LastText != "" {
		t.Errorf("the record has %+v, the row says %q", th.Lines, th.Row.LastText)
	}
	w.stands(ann, "waiting waiting") // a note claims nothing
}

func TestWhatCannotBeSentIsRefusedBeforeItIsSaid(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "  "}), "desk_empty")
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{Text: "x"}), "desk_id")
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "x", Files: make([]bot.File, 11)}), "desk_files")
	w.refused(w.TakeOver(t.Context(), sara, ann, ""), "desk_reason")
	w.refused(w.Transfer(t.Context(), sara, ann, desk.To{Unit: "legal"}), "desk_reason")
	w.refused(w.Transfer(t.Context(), sara, ann, desk.To{Unit: "nowhere", Reason: "x"}), "desk_unit")
	w.refused(w.Close(t.Context(), sara, ann, desk.Ending{Outcome: "bored"}), "desk_outcome")
	w.refused(w.Snooze(t.Context(), sara, ann, noon), "desk_past")
	w.stands(ann, "waiting waiting")
}

func TestAMemberWhoBlockedUsIsToldNothing(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.Fa)
	w.do(func(tx storage.Tx) error { return block(t, tx) })
	w.ok(w.Claim(t.Context(), sara, ann))
	w.refused(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "hello?"}), "chat_blocked")
	w.tells(ann)
}

func TestATransferToAUnitMovesTheChatAndTellsWhere(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Unit: "legal", Reason: "a contract"}))
	w.stands(ann, "waiting waiting")
	w.tells(ann, "claimed trade", "to_unit legal\nplace 1")
	w.refused(w.Claim(t.Context(), sara, ann), "chat_not_found") // no longer hers to see
	w.ok(w.Claim(t.Context(), lily, ann))
	if got := w.audit()[1]; got != "sara chat.transferred chat tg:b:1 sara> a contract" {
		t.Errorf("audited %q", got)
	}
}

func TestTheUnitThatAChatLeavesIsToldAsWellAsTheOneItGoesTo(t *testing.T) {
	w := open(t)
	var left []bot.HandOver
	w.Left = func(_ context.Context, before bot.HandOver) { left = append(left, before) }
	w.handOver(ann, bot.En)
	w.ok(w.Accuse(t.Context(), boss, ann, omid.ID, "he shouted"))
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Staff: nada.ID, Reason: "x"}))
	w.ok(w.Transfer(t.Context(), nada, ann, desk.To{Unit: "legal", Reason: "a contract"}))
	w.ok(w.Claim(t.Context(), lily, ann))
	if len(left) != 1 || left[0].Chat != ann || left[0].Unit != "trade" || left[0].Named != nada.ID || !slices.Equal(left[0].About, []bot.StaffID{omid.ID}) {
		t.Errorf("told of %+v", left)
	}
}

func TestATransferToAColleagueWaitsForHim(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Claim(t.Context(), sara, ann))
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Staff: "lily", Reason: "she knows him"}))
	w.stands(ann, "waiting lily waiting")
	w.refused(w.Claim(t.Context(), omid, ann), "chat_named")
	w.ok(w.TakeOver(t.Context(), omid, ann, "she is ill"))
	w.stands(ann, "held omid held")
	if err := w.Transfer(t.Context(), omid, ann, desk.To{Staff: "nobody", Reason: "x"}); bot.KindOf(err) == "" {
		t.Errorf("to nobody: %v", err)
	}
}

func TestWhoIsOnLeaveHasASubstitute(t *testing.T) {
	w := open(t)
	away := lily
	away.Status, away.Substitute = bot.Away, omid.ID
	w.save(away)
	w.handOver(ann, bot.En)
	w.ok(w.Transfer(t.Context(), sara, ann, desk.To{Staff: "lily", Reason: "a contract"}))
	w.stands(ann, "waiting omid waiting")
}

func TestWhoeverGoesOnLeaveLeavesHisChatsToHisSubstitute(t *testing.T) {
	w := open(t)
	leaving := sara
	leaving.Substitute = lily.ID // of another unit: what waits for her by name she sees
	w.save(leaving)
	w.handOver(ann, bot.En)
	w.handOver("tg:b:2", bot.En)
	w.ok(w.Claim(t.Context(), leaving, ann))
	w.ok(w.Snooze(t.Context(), leaving, "tg:b:2", noon.Add(time.Hour)))
	w.ok(w.Status(t.Context(), leaving, bot.Away))
	w.stands(ann, "waiting lily waiting")
	w.stands("tg:b:2", "waiting lily waiting")
	w.tells(ann, "claimed trade", "to_colleague trade\nplace 1")
	w.ok(w.Claim(t.Context(), lily, ann))
}

func TestAConfidentialChatIsNotThereForWhoIsNotNamed(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.do(func(tx storage.Tx) error {
		h, err := tx.Running(t.Context(), ann)
		if err != nil {
			return err
		}
		h.Confidential = true
		return tx.SaveHandOver(t.Context(), h)
	})
	handler := sara
	handler.Confidential = true
	w.save(handler)
	for what, err := range map[string]error{
		"claim": w.Claim(t.Context(), omid, ann), "reply": w.Reply(t.Context(), omid, ann, desk.Reply{ID: "r", Text: "x"}),
		"note":      w.Note(t.Context(), omid, ann, desk.Note{ID: "n", Text: "x"}),
		"take over": w.TakeOver(t.Context(), omid, ann, "x"), "close": w.Close(t.Context(), omid, ann, desk.Ending{Outcome: desk.Solved}),
		"of another unit": w.Claim(t.Context(), lily, ann),
	} {
		if bot.KindOf(err) != bot.NotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	w.refused(w.Transfer(t.Context(), handler, ann, desk.To{Staff: "omid", Reason: "x"}), "desk_colleague")
	w.ok(w.Reply(t.Context(), handler, ann, desk.Reply{ID: "r", Text: "secret"}))
	th, err := w.store.Thread(t.Context(), handler, ann, 0, 9)
	w.ok(err)
	if last := th.Lines[len(th.Lines)-1]; !last.Confidential || last.Unit != "trade" {
		t.Errorf("the answer is kept as %+v", last)
	}
}

func TestClosingHandsTheChatBackToTheBot(t *testing.T) {
	for _, c := range []struct {
		ending desk.Ending
		event  bot.EventName
		told   []string
	}{
		{desk.Ending{Outcome: desk.Solved}, bot.EventClosed, []string{"claimed trade", "handed_back"}},
		{desk.Ending{Outcome: desk.PassedOn, Greet: true}, bot.EventGreet, []string{"claimed trade", "handed_back"}},
		{desk.Ending{Outcome: desk.Spam, Greet: true}, "", []string{"claimed trade"}},
	} {
		w := open(t)
		w.handOver(ann, bot.En)
		w.ok(w.Claim(t.Context(), sara, ann))
		w.woken = nil
		w.ok(w.Close(t.Context(), sara, ann, c.ending))
		w.stands(ann, "ended sara "+c.ending.Outcome+" bot")
		jobs, err := w.store.Claim(t.Context(), deliver.Claim{Kinds: []bot.JobKind{bot.JobEvent}, N: 9, Now: w.now, Lease: bot.Lease{Until: w.now.Add(time.Minute)}})
		w.ok(err)
		var events []bot.EventName
		for _, job := range jobs {
			var in bot.Inbound
			w.ok(json.Unmarshal(job.Payload, &in))
			if in.Flow != "officer" || in.Chat != ann {
				t.Errorf("the event is %+v", in)
			}
			events = append(events, in.Event)
		}
		if len(events) > 1 || len(events) == 1 && events[0] != c.event || len(events) == 0 && c.event != "" {
			t.Errorf("%+v: events %v, want %s", c.ending, events, c.event)
		}
		if c.event != "" && !slices.Contains(w.woken, "") {
			t.Error("nobody was woken for the event")
		}
		w.tells(ann, c.told...)
		w.refused(w.Close(t.Context(), sara, ann, c.ending), "chat_not_found")
	}
}

func TestWhatAnOfficerBeganToWriteIsForgottenOnceItIsSent(t *testing.T) {
	w := open(t)
	w.handOver(ann, bot.En)
	w.ok(w.Keep(t.Context(), sara, ann, desk.ModeReply, "half a sen"))
	w.ok(w.Keep(t.Context(), sara, ann, desk.ModeNote, "ask omid"))
	w.ok(w.Reply(t.Context(), sara, ann, desk.Reply{ID: "r", Text: "half a sentence"}))
	reply, note, err := w.store.Kept(t.Context(), sara.ID, ann)
	w.ok(err)
	if reply != "" || note != "ask omid" {
		t.Errorf("kept %q and %q", reply, note)
	}
	if err := w.Keep(t.Context(), sara, ann, "song", "la"); bot.KindOf(err) != bot.Invalid {
		t.Errorf("a song is kept: %v", err)
	}
}
