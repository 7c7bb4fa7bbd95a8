package caseweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/storage"
	"javab/webhook/page/pagetest"
)

func at(c bot.Case) string { return "/cases/" + c.Number.String() }

// busy is a case with everything that can belong to one.
func busy(h *house, become func(*bot.Case)) bot.Case {
	c := h.file("my card is late", func(c *bot.Case) {
		c.Closure = bot.Closure{Round: 2, Result: "It was posted.", By: "sara", ProposedAt: noon, Reminders: 1, RemindedAt: noon, Tried: true}
		c.Cause, c.Waits, c.External, c.Dispute, c.Alarm, c.BreachedAt = "workload", "the ministry", "M-7", true, bot.AlarmManager, noon
		become(c)
	})
	var entries []bot.CaseEntry
	for what := range looks {
		entries = append(entries, bot.CaseEntry{What: what, Author: "sara", Text: "words of " + what, Before: string(bot.Received), After: noon.Format(time.RFC3339), At: noon})
	}
	entries = append(entries,
		bot.CaseEntry{What: "edited", Author: bot.ByMember, Text: "file_no", Before: "77", After: "78", At: noon},
		bot.CaseEntry{What: cases.DidPlan, Author: "sara", Text: cases.NextReply, After: noon.Format(time.RFC3339) + " sara next.reply", At: noon},
		bot.CaseEntry{What: "of tomorrow", Author: bot.ByBot, At: noon},
	)
	h.enter(c, entries...)
	h.refer(c, func(r *bot.Referral) { r.DueAt = noon.Add(-time.Hour) })
	h.refer(c, func(r *bot.Referral) {
		r.ID, r.Unit, r.Reply, r.RepliedBy, r.RepliedAt = "r2", "card", "we did", "Mr Rad", noon
	})
	h.refer(c, func(r *bot.Referral) { r.ID, r.WithdrawnAt = "r3", noon })
	h.do(func(tx storage.Tx) error {
		for _, task := range []bot.Task{
			{ID: "t1", What: "look it up", Who: "sara", DueAt: noon.Add(-time.Hour)},
			{ID: "t2", Kind: bot.TaskCall, Unit: "trade", DueAt: noon},
			{ID: "t3", What: "gone", DoneBy: "mona", Outcome: bot.TaskDropped},
		} {
			task.Case = c.ID
			if err := tx.SaveTask(h.t.Context(), task); err != nil {
				return err
			}
		}
		for state, kind := range map[bot.ApprovalState]bot.ApprovalKind{
			bot.ApprovalAsked: bot.ApproveClosure, bot.ApprovalApproved: bot.ApproveLetter, bot.ApprovalRefused: bot.ApproveDecision,
			bot.ApprovalChanged: bot.ApproveNotice, bot.ApprovalWithdrawn: bot.ApproveClosure,
		} {
			a := bot.Approval{ID: "a-" + string(state), Kind: kind, Case: c.Number, Author: "sara", Text: "held words", State: state, AskedAt: noon, DecidedBy: "mona", Reason: "why so"}
			if err := tx.SaveApproval(h.t.Context(), a); err != nil {
				return err
			}
		}
		_, err := tx.Append(h.t.Context(), converse.Rows{Messages: []bot.Message{
			{Chat: ann, Author: bot.ByMember, Direction: bot.In, Kind: bot.KindText, Text: "any news?", At: noon},
			{Chat: ann, Author: "sara", Direction: bot.Out, Kind: bot.KindText, Text: "soon", At: noon, JobKey: "k"},
			{Chat: ann, Author: "sara", Direction: bot.Note, Kind: bot.KindText, Text: "be kind", At: noon},
			{Chat: ann, Author: bot.ByBot, Direction: bot.Out, Kind: bot.KindText, Flow: "case", JobKey: "case:" + string(c.ID) + ":1.0", Text: "it stands at work", At: noon},
		}}, bot.Lease{})
		return err
	})
	return c
}

func TestTheCaseIsWholeInThreeLanguagesAndInEveryState(t *testing.T) {
	for _, lang := range bot.Langs {
		for _, state := range []bot.CaseState{
			bot.Received, bot.InWork, bot.Referred, bot.WaitingMember, bot.WaitingExternal, bot.Proposed, bot.Closed, bot.Reopened, bot.Withdrawn,
		} {
			h := open(t)
			h.Me = mona
			h.alike = []bot.CaseNumber{{Year: 1405, Seq: 9}}
			h.heirs = []cases.Heir{{Member: bot.Member{Name: "Nia"}, Chat: "tg:b:2"}, {Chat: "bale:b:3", Entered: true}}
			c := busy(h, func(c *bot.Case) {
				c.State, c.Paused = state, state == bot.WaitingExternal
				if !state.Open() {
					c.Closure.ClosedAt, c.Closure.Ending, c.Closure.ReopenUntil, c.Closure.CheckAt = noon, bot.EndSolved, noon, noon
				}
			})
			shown := groups[:1]
			if state == bot.InWork {
				shown = groups
			}
			for _, show := range shown {
				html := h.get(at(c)+"?show="+show, string(lang)).Body.String()
				pagetest.Look(t, string(lang)+" "+string(state), html, lang)
				pagetest.Files(t, html, h.Assets)
			}
			if len(h.Missed()) != 0 {
				t.Errorf("%s %s: no such strings: %v", lang, state, h.Missed())
			}
		}
	}
}

func TestACaseTellsAllThatIsKnownOfIt(t *testing.T) {
	h := open(t)
	c := busy(h, func(*bot.Case) {})
	html := h.get(at(c)).Body.String()
	h.tells(
		html, "Late card", "my card is late", "Urgency: High", "Disputed", "With the managers", "Ann Arad", "Arad Ltd", "778", "M-7", "File number", "It was posted.", "Round 2",
		"Too much work", "the ministry", "Who signed it?", "overdue", "we did", "Mr Rad", "recalled", "look it up", "Call the member with the result", "Not needed",
		"held words", "why so", "any news?", "be kind", "it stands at work", "words of remark", "You will have an answer.", `href="/desk/tg:b:1"`, `href="/members/m1"`,
		"A result cannot be proposed while a referral or a task is open.", "Reminded 1 time", "<del><bdi>77</bdi></del>", "<ins><bdi>78</bdi></ins>", "Reply of the unit",
	)
	h.keeps(html, "+989121234567", "+989127654321", "0012345679", `action="`+at(c)+`/propose"`)
}

func TestTheTimelineCanBeNarrowed(t *testing.T) {
	h := open(t)
	c := busy(h, func(*bot.Case) {})
	_, notes, _ := strings.Cut(h.get(at(c)+"?show=note").Body.String(), `id="timeline"`)
	h.tells(notes, "be kind", "words of remark")
	notes, _, _ = strings.Cut(notes, "</section>")
	h.keeps(notes, "any news?", "words of referred", "it stands at work")
}

func TestTheDeadlineIsExplainedAndThePausesToldWithTheirReasons(t *testing.T) {
	h := open(t)
	c := h.file("a", func(c *bot.Case) { c.DueAt = noon.AddDate(0, 0, 2) })
	h.enter(c,
		bot.CaseEntry{What: cases.DidAwaitMember, Author: "sara", Text: "his passport", Before: "in_work", After: "waiting_member", At: noon.Add(-2 * time.Hour)},
		bot.CaseEntry{What: "added", Author: bot.ByMember, Text: "here", At: noon.Add(-time.Hour)},
		bot.CaseEntry{What: cases.DidResume, Author: "sara", Before: "waiting_member", After: "in_work", At: noon.Add(-time.Hour)},
		bot.CaseEntry{What: cases.DidStopClock, Author: "mona", Text: "a strike", At: noon.Add(-30 * time.Minute)},
	)
	html := h.get(at(c)).Body.String()
	h.tells(html, "8 hours of working time were promised", "Outside the hours", "his passport", "1 hour", "a strike", "30 minutes", "now")
}

func TestAConfidentialCaseIsNotThereForOthers(t *testing.T) {
	h := open(t)
	c := h.file("a", func(c *bot.Case) { c.Confidential = true })
	for _, asked := range []string{at(c), at(c) + "/part", at(c) + "/files", at(c) + "/file/f", "/cases/JV-1405-000999-0", "/cases/x"} {
		if answer := h.get(asked); answer.Code != http.StatusNotFound || strings.Contains(answer.Body.String(), "Ann") {
			t.Errorf("%s: %d", asked, answer.Code)
		}
	}
	if answer := h.post(at(c)+"/take", nil); answer.Code != http.StatusNotFound || len(h.done) != 0 {
		t.Errorf("%d %v", answer.Code, h.done)
	}
	h.Me.Confidential = true
	h.tells(h.get(at(c)).Body.String(), "Confidential")
}

func TestAUnitReadsItsQuestionAndAnswersItAndNothingElse(t *testing.T) {
	h := open(t)
	c := busy(h, func(c *bot.Case) { c.State = bot.Referred })
	h.Me = rad
	for name := range acts {
		h.No["POST /cases/:number/"+name] = name != "answer"
	}
	html := h.get(at(c)).Body.String()
	h.tells(html, "my card is late", "Who signed it?", `action="`+at(c)+`/answer"`)
	h.keeps(html, "Ann Arad", "Arad Ltd", "any news?", "we did", "It was posted.", "words of", `/tell"`, `/recall"`, `id="timeline"`, "File number")
}

func TestEachFormDoesWhatItSays(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	due := "2026-11-22" // a Sunday: its working time ends at four in the afternoon
	for act, form := range map[string]struct {
		fields url.Values
		want   string
	}{
		"take":     {nil, "cases.Take{}"},
		"assign":   {url.Values{"to": {"mona"}}, "cases.Assign{To:mona}"},
		"begin":    {nil, "cases.Begin{}"},
		"resume":   {nil, "cases.Resume{}"},
		"plan":     {url.Values{"next": {"call"}, "next_who": {"sara"}, "next_day": {due}}, "cases.Plan{Next:{What:call Who:sara At:2026-11-22 16:00:00 +0330 +0330}}"},
		"await":    {url.Values{"whom": {"member"}, "id": {"w1"}, "reason": {" his passport "}}, "cases.AwaitMember{ID:w1 Reason:his passport}"},
		"stop":     {url.Values{"reason": {"a strike"}}, "cases.StopClock{Reason:a strike}"},
		"start":    {nil, "cases.StartClock{}"},
		"refer":    {url.Values{"id": {"f1"}, "unit": {"legal"}, "question": {"who?"}, "due": {due}}, "cases.Refer{ID:f1 Unit:legal Question:who? DueAt:2026-11-22 16:00:00 +0330 +0330}"},
		"answer":   {url.Values{"referral": {"r1"}, "reply": {"he"}}, "cases.AnswerReferral{ID:r1 Reply:he}"},
		"recall":   {url.Values{"referral": {"r1"}}, "cases.RecallReferral{ID:r1}"},
		"task":     {url.Values{"id": {"f2"}, "what": {"look"}, "who": {"sara"}, "due": {due}}, "ID:f2 Case: Kind: What:look Who:sara"},
		"endtask":  {url.Values{"task": {"t1"}, "outcome": {"done"}, "words": {"it is"}}, "cases.EndTask{ID:t1 Outcome:done Words:it is}"},
		"mark":     {url.Values{"dispute": {"1"}}, "cases.Mark{Dispute:true Financial:false}"},
		"classify": {url.Values{"cause": {"workload"}, "external": {"M-7"}}, "cases.Classify{Cause:workload External:M-7}"},
		"remark":   {url.Values{"text": {"hm"}}, "cases.Remark{Text:hm}"},
		"tell":     {url.Values{"id": {"f3"}, "text": {"which one?"}, "await": {"1"}}, "cases.Tell{ID:f3 Text:which one? Await:true}"},
		"propose":  {url.Values{"id": {"f4"}, "result": {"done"}, "cause": {"workload"}}, "cases.Propose{ID:f4 Result:done Cause:workload}"},
		"letter":   {url.Values{"id": {"f5"}, "to": {"ministry"}, "text": {"please"}}, "cases.Letter{ID:f5 To:ministry Text:please}"},
		"reopen":   {url.Values{"reason": {"it broke"}}, "cases.Reopen{Reason:it broke}"},
		"handon":   {url.Values{"chat": {"tg:b:2"}, "reason": {"he left"}}, "cases.HandOn{Chat:tg:b:2 Reason:he left}"},
	} {
		h.done = nil
		answer := h.post(at(c)+"/"+act, form.fields)
		if answer.Code != http.StatusSeeOther || !strings.HasPrefix(answer.Header().Get("Location"), at(c)) || len(h.done) != 1 || !strings.Contains(h.done[0], form.want) {
			t.Errorf("%s: %d %s %q", act, answer.Code, answer.Header().Get("Location"), h.done)
		}
	}
	if len(acts) != 21 {
		t.Errorf("%d acts: is each of them here?", len(acts))
	}
}

func TestAWaitOutsideKeepsTheNumberThere(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	h.post(at(c)+"/await", url.Values{"whom": {"outside"}, "reason": {"the ministry"}, "external": {"M-7"}})
	if want := []string{"sara 1 cases.AwaitOutside{Reason:the ministry External:M-7}"}; !slices.Equal(h.done, want) {
		t.Errorf("%q", h.done)
	}
}

func TestAnActCanSayWhatComesNext(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	h.post(at(c)+"/remark", url.Values{"text": {"hm"}, "next": {"call"}, "next_day": {"2026-11-22"}})
	if len(h.done) != 1 || !strings.Contains(h.done[0], "cases.Then{Act:{Text:hm} Next:{What:call Who: At:2026-11-22") {
		t.Errorf("%q", h.done)
	}
}

func TestWhatIsRefusedIsToldWithWhatWasTypedAndItsFormOpen(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "case_open_task"}
	answer := h.post(at(c)+"/propose", url.Values{"result": {"It is <b>done</b>"}, "cause": {"workload"}})
	html := answer.Body.String()
	if answer.Code != http.StatusConflict {
		t.Errorf("%d", answer.Code)
	}
	h.tells(html, "A task of this case is still open", "It is &lt;b&gt;done&lt;/b&gt;", `value="workload" selected`)
	h.keeps(html, "<b>done</b>")
	for act, fields := range map[string]url.Values{
		"plan": {"next": {"call"}, "next_day": {"some day"}}, "task": {"what": {"x"}, "due": {"some day"}}, "refer": {"unit": {"legal"}, "due": {"some day"}},
	} {
		if answer := h.post(at(c)+"/"+act, fields); answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), "not a date") {
			t.Errorf("%s: %d", act, answer.Code)
		}
	}
	if answer := h.post(at(c)+"/plan", nil); answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("a plan without words: %d", answer.Code)
	}
}

func TestAManagerChoosesToWhomHeHandsACaseOn(t *testing.T) {
	h := open(t)
	c := h.file("a", func(*bot.Case) {})
	h.heirs = []cases.Heir{
		{Member: bot.Member{Name: "Nia Rad", Phone: "+989121112222"}, Chat: "tg:b:2"}, {Member: bot.Member{Name: "Omid", Phone: "+989123334444"}, Chat: "bale:b:3", Entered: true},
	}
	h.keeps(h.get(at(c)).Body.String(), "handon", "Nia Rad") // an officer hands nothing on
	h.Me = mona
	html := h.get(at(c)).Body.String()
	h.tells(html, `<select name="chat"`, `value="tg:b:2"`, "Nia Rad", "2222", "Telegram", "only he says", `value="bale:b:3"`, "staff entered the membership number")
	h.keeps(html, `<input name="chat"`, "+989121112222")
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "chat_blocked"}
	h.tells(h.post(at(c)+"/handon", url.Values{"chat": {"bale:b:3"}, "reason": {"he left"}}).Body.String(), `value="bale:b:3" selected`, "he left")
	h.heirs = nil
	html = h.get(at(c)).Body.String()
	h.tells(html, "No other representative")
	h.keeps(html, `name="chat"`, at(c)+`/handon"><button`)
}

func TestAReplyLinkIsShownOnce(t *testing.T) {
	h := open(t)
	c := busy(h, func(c *bot.Case) { c.State = bot.Referred })
	h.tells(h.post(at(c)+"/link", url.Values{"referral": {"r1"}}).Body.String(), `value="https://desk.example/referral/tok-en"`)
	h.keeps(h.get(at(c)).Body.String(), "tok-en")
	h.deny = &bot.Error{Kind: bot.Conflict, Key: "case_replied"}
	if answer := h.post(at(c)+"/link", url.Values{"referral": {"r1"}}); answer.Code != http.StatusConflict || strings.Contains(answer.Body.String(), "tok-en") {
		t.Errorf("%d", answer.Code)
	}
}

func TestWhatPeopleWriteIsNeverMarkup(t *testing.T) {
	h := open(t)
	evil := `<script>alert(1)</script><img src=x>`
	c := h.file(evil, func(c *bot.Case) {
		c.Waits, c.Cause, c.External, c.Next.What, c.Closure.Result = evil, evil, evil, evil, evil
	})
	h.enter(c, bot.CaseEntry{What: "edited", Text: evil, Before: evil, After: evil, At: noon}, bot.CaseEntry{What: evil, Text: evil, At: noon})
	h.refer(c, func(r *bot.Referral) { r.Question, r.Reply, r.RepliedBy, r.RepliedAt = evil, evil, evil, noon })
	for _, shown := range []string{"/cases", at(c), at(c) + "/part"} {
		h.keeps(h.get(shown).Body.String(), "<script>alert", "<img")
	}
}

func TestThePartHasNoForm(t *testing.T) {
	h := open(t)
	c := busy(h, func(*bot.Case) {})
	html := h.get(at(c) + "/part?show=said").Body.String()
	h.tells(html, `id="case-head"`, `id="timeline"`, `id="promise"`, "any news?")
	h.keeps(html, "<form", "<html")
	pagetest.Look(t, "part", html, bot.En)
}
