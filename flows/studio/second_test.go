package studio_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// four lets a second person be asked for.
func (h *house) four() {
	h.t.Helper()
	if err := h.SetRules(h.t.Context(), bob, studio.Rules{Second: true, Alone: time.Hour}); err != nil {
		h.t.Fatal(err)
	}
}

// asks lets ann ask for a change of the main menu.
func (h *house) asks() studio.Outcome {
	h.t.Helper()
	h.edit(ann, home, question, kinder)
	out := h.publish(ann)
	if out.Version != 0 || out.Waiting == "" || h.number() != 1 {
		h.t.Fatalf("%+v", out)
	}
	return out
}

func TestASecondPersonMakesItLive(t *testing.T) {
	h := open(t)
	h.four()
	out := h.asks()
	if !out.Due.IsZero() {
		t.Error("it would go out by itself")
	}
	_, err := h.Agree(t.Context(), ann, out.Waiting)
	wantKey(t, "his own", err, "studio_own")
	r, before, after, err := h.Requested(t.Context(), out.Waiting)
	if err != nil || r.By != ann || r.Note != "because" || len(studio.Compare(before, after)) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	number, err := h.Agree(t.Context(), bob, out.Waiting)
	if err != nil || number != 2 || h.number() != 2 || h.sheet(ann, home).Drafted || !strings.Contains(h.live(home), kinder) {
		t.Fatalf("version %d: %v", number, err)
	}
	v, _, err := h.Version(t.Context(), 2)
	if err != nil || v.By != ann || v.Agreed != bob {
		t.Errorf("%+v, %v", v, err)
	}
	_, err = h.Agree(t.Context(), bob, out.Waiting)
	wantKey(t, "a second time", err, "studio_decided")
	_, _, _, err = h.Requested(t.Context(), out.Waiting)
	wantKey(t, "to read what waits no longer", err, "studio_decided")
	if list, err := h.Waiting(t.Context(), 9); err != nil || len(list) != 1 || list[0].State != studio.Out || list[0].Released != 2 {
		t.Errorf("%+v, %v", list, err)
	}
	h.wantAudit("studio.rules s-bob content", "studio.drafted s-ann file home.yaml", "studio.requested s-ann request "+out.Waiting+" because",
		"studio.published s-ann version 2 because", "studio.agreed s-bob request "+out.Waiting)
}

func TestARefusalHasAReasonAndLeavesTheDrafts(t *testing.T) {
	h := open(t)
	h.four()
	out := h.asks()
	wantKey(t, "without a reason", h.Refuse(t.Context(), bob, out.Waiting, " "), "studio_reason")
	if err := h.Refuse(t.Context(), bob, out.Waiting, "too short"); err != nil {
		t.Fatal(err)
	}
	if !h.sheet(ann, home).Drafted || h.number() != 1 {
		t.Error("the draft is gone")
	}
	again := h.publish(ann)
	if err := h.Refuse(t.Context(), ann, again.Waiting, ""); err != nil {
		t.Errorf("its author takes it back: %v", err)
	}
	third := h.publish(ann)
	fourth := h.publish(ann) // takes the third one's place
	list, err := h.Waiting(t.Context(), 9)
	if err != nil || len(list) != 4 {
		t.Fatalf("%+v, %v", list, err)
	}
	states := map[string]studio.RequestState{}
	for _, r := range list {
		states[r.ID] = r.State
	}
	if states[out.Waiting] != studio.Refused || states[again.Waiting] != studio.Withdrawn || states[third.Waiting] != studio.Withdrawn || states[fourth.Waiting] != studio.Open {
		t.Errorf("%v", states)
	}
	_, err = h.Agree(t.Context(), bob, "none")
	wantKey(t, "no such request", err, "studio_request_not_found")
}

func TestTheContentOfAnOnlyAdminGoesOutAfterItsTime(t *testing.T) {
	h := open(t)
	h.four()
	h.dismiss(bob)
	out := h.asks()
	if !out.Due.Equal(h.now.Add(time.Hour)) {
		t.Fatalf("due %v", out.Due)
	}
	if err := h.Round(t.Context(), h.now.Add(59*time.Minute)); err != nil || h.number() != 1 {
		t.Fatalf("early: version %d, %v", h.number(), err)
	}
	h.now = h.now.Add(time.Hour)
	if err := h.Round(t.Context(), h.now); err != nil || h.number() != 2 || len(h.told) != 1 {
		t.Fatalf("version %d, %v", h.number(), err)
	}
	if err := h.Round(t.Context(), h.now); err != nil || h.number() != 2 {
		t.Fatalf("a second round: version %d, %v", h.number(), err)
	}
	lines := h.audit()
	if last := lines[len(lines)-1]; last != "studio.alone  request "+out.Waiting {
		t.Errorf("the audit ends with %q", last)
	}
}

func TestTheWaitFollowsWhoIsThere(t *testing.T) {
	h := open(t)
	h.four()
	out := h.asks()
	round := func() studio.Request {
		if err := h.Round(t.Context(), h.now); err != nil {
			t.Fatal(err)
		}
		r, _, _, err := h.Requested(t.Context(), out.Waiting)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	h.dismiss(bob)
	if r := round(); !r.Due.Equal(h.now.Add(time.Hour)) {
		t.Errorf("alone: %+v", r)
	}
	h.hire(bob)
	h.now = h.now.Add(2 * time.Hour)
	if r := round(); !r.Due.IsZero() || r.State != studio.Open || h.number() != 1 {
		t.Errorf("another has come: %+v", r)
	}
}

func TestWhatAnotherVersionHasOvertakenIsVoid(t *testing.T) {
	h := open(t)
	h.four()
	out := h.asks()
	if err := h.SetRules(t.Context(), bob, studio.Rules{}); err != nil {
		t.Fatal(err)
	}
	h.edit(bob, answers, "topics:", "# new\ntopics:")
	h.publish(bob)
	_, err := h.Agree(t.Context(), bob, out.Waiting)
	wantKey(t, "made of another version", err, "studio_moved")
	if err := h.Round(t.Context(), h.now); err != nil {
		t.Fatal(err)
	}
	if list, _ := h.Waiting(t.Context(), 1); list[0].State != studio.Void || !h.sheet(ann, home).Drafted {
		t.Errorf("%+v", list)
	}
}

// breaks makes a request one that another program has proven and this one cannot read.
func (h *house) breaks(id string) {
	h.t.Helper()
	broken := []byte("flow: home\nsteps: none\n")
	err := storage.As[studio.Tx](h.store).Do(h.t.Context(), func(tx studio.Tx) error {
		r, err := tx.PublishRequest(h.t.Context(), id)
		if err != nil {
			return err
		}
		r.Files[home] = studio.File{Hash: studio.HashOf(broken)}
		return errors.Join(tx.KeepBodies(h.t.Context(), map[studio.Hash][]byte{studio.HashOf(broken): broken}), tx.SavePublishRequest(h.t.Context(), r))
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestWhatThisProgramCannotReadDoesNotGoLiveByASecondPersonsYes(t *testing.T) {
	h := open(t)
	h.four()
	out := h.asks()
	h.breaks(out.Waiting)
	_, err := h.Agree(t.Context(), bob, out.Waiting)
	wantKey(t, "what cannot be played", err, "studio_unreadable")
	if h.number() != 1 {
		t.Errorf("version %d is live", h.number())
	}
	if err := h.Refuse(t.Context(), bob, out.Waiting, "cannot be read"); err != nil {
		t.Error(err)
	}
}

func TestWhatThisProgramCannotReadIsVoidWhenItsHourHasCome(t *testing.T) {
	h := open(t)
	var log bytes.Buffer
	h.Log = slog.New(slog.NewTextHandler(&log, nil))
	h.four()
	h.dismiss(bob)
	out := h.asks()
	h.breaks(out.Waiting)
	for _, wait := range []time.Duration{59 * time.Minute, time.Hour, 2 * time.Hour} {
		if err := h.Round(t.Context(), h.now.Add(wait)); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := h.Waiting(t.Context(), 9); err != nil || list[0].State != studio.Void || h.number() != 1 || !h.sheet(ann, home).Drafted {
		t.Errorf("version %d, %+v, %v", h.number(), list, err)
	}
	if told := log.String(); strings.Count(told, "level=ERROR") != 1 || !strings.Contains(told, "request="+out.Waiting) {
		t.Errorf("the log tells %q", told)
	}
	if lines := h.audit(); !strings.HasPrefix(lines[len(lines)-1], "studio.void  request "+out.Waiting) {
		t.Errorf("the audit tells %q", lines)
	}
}

func TestRulesHaveBounds(t *testing.T) {
	h := open(t)
	for _, wait := range []time.Duration{time.Second, -time.Hour, 31 * 24 * time.Hour} {
		wantKey(t, wait.String(), h.SetRules(t.Context(), ann, studio.Rules{Second: true, Alone: wait}), "studio_wait")
	}
	if err := h.SetRules(t.Context(), ann, studio.Rules{Second: true}); err != nil {
		t.Fatal(err)
	}
	if rules, err := h.Rules(t.Context()); err != nil || !rules.Second || rules.Wait() != studio.UsualWait {
		t.Errorf("%+v, %v", rules, err)
	}
}

func TestAProposalIsAnsweredOnceAndItsOfficerReadsTheAnswer(t *testing.T) {
	h := open(t)
	_, err := h.Propose(t.Context(), clerk, studio.Proposal{Entry: "answers/fees"})
	wantKey(t, "nothing said", err, "studio_proposal_empty")
	_, err = h.Propose(t.Context(), clerk, studio.Proposal{Wrong: strings.Repeat("x", 3000)})
	wantKey(t, "too long", err, "studio_proposal_long")
	_, err = h.Propose(t.Context(), clerk, studio.Proposal{Wrong: "x", Lang: "de"})
	wantKey(t, "no such language", err, "studio_lang")
	p, err := h.Propose(t.Context(), clerk, studio.Proposal{Entry: "answers/fees", Chat: "tg:b:7", Lang: bot.Fa, Wrong: " last year's ", Words: "5", State: studio.Taken, Seen: true})
	if err != nil || p.ID == "" || p.State != studio.Proposed || p.Seen || p.Wrong != "last year's" || p.By != clerk {
		t.Fatalf("%+v, %v", p, err)
	}
	if list, err := h.Proposals(t.Context(), true, 9); err != nil || len(list) != 1 || list[0].Chat != "tg:b:7" {
		t.Errorf("%+v, %v", list, err)
	}
	wantKey(t, "read before it is answered", h.Seen(t.Context(), clerk, p.ID), "studio_proposal_not_found")
	for key, d := range map[string]studio.Decision{"studio_decision": {State: studio.Proposed}, "studio_reason": {State: studio.Declined}} {
		_, err := h.Decide(t.Context(), ann, p.ID, d)
		wantKey(t, key, err, key)
	}
	if _, err := h.Decide(t.Context(), ann, p.ID, studio.Decision{State: studio.Reworded, Answer: "thank you"}); err != nil {
		t.Fatal(err)
	}
	_, err = h.Decide(t.Context(), bob, p.ID, studio.Decision{State: studio.Taken})
	wantKey(t, "a second time", err, "studio_decided")
	if list, err := h.Verdicts(t.Context(), clerk); err != nil || len(list) != 1 || list[0].State != studio.Reworded || list[0].Answer != "thank you" {
		t.Errorf("%+v, %v", list, err)
	}
	wantKey(t, "read by another", h.Seen(t.Context(), bob, p.ID), "studio_proposal_not_found")
	if err := h.Seen(t.Context(), clerk, p.ID); err != nil {
		t.Fatal(err)
	}
	if list, _ := h.Verdicts(t.Context(), clerk); len(list) != 0 {
		t.Errorf("still unread: %+v", list)
	}
	h.wantAudit("studio.proposed o-clerk proposal "+p.ID, "studio.reworded s-ann proposal "+p.ID)
}
