package converse_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows"
)

// shelves are several versions of the content, of which one is live. Those that are not at hand are fetched.
type shelves struct {
	library
	live    int
	program map[int]*flows.Program
	away    map[int]bool // not at hand yet
	fetched []int
	broken  error
}

func (s *shelves) script(number int) converse.Script {
	script := s.library.Live()
	script.Version, script.Program = number, s.program[number]
	return script
}

func (s *shelves) Live() converse.Script { return s.script(s.live) }

func (s *shelves) Version(number int) (converse.Script, bool) {
	return s.script(number), s.program[number] != nil && !s.away[number]
}

func (s *shelves) Fetch(_ context.Context, number int) error {
	s.fetched = append(s.fetched, number)
	delete(s.away, number)
	return s.broken
}

// published is a house with two versions of the content, of which 7 is live. In 8 the account is asked for in other words.
func published(t *testing.T) (*house, *shelves) {
	t.Helper()
	h := open(t)
	s := &shelves{live: 7, program: map[int]*flows.Program{7: program(t), 8: edition(t, "account", "Tell us.", "Please tell us.")}, away: map[int]bool{}}
	h.Content = s
	h.says("hello")
	h.at("home", "menu")
	return h, s
}

// edition is the content of testdata in which one script reads otherwise.
func edition(t *testing.T, flow, old, new string) *flows.Program {
	t.Helper()
	source, err := os.ReadFile("testdata/" + flow + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), old) {
		t.Fatalf("%s does not say %q", flow, old)
	}
	return programWith(t, flow, strings.ReplaceAll(string(source), old, new))
}

func TestAChatInsideAFlowThatHasSavedSomethingStaysWithItsVersion(t *testing.T) {
	h, s := published(t)
	h.says("/complaint")
	h.taps("The card")
	if c := h.chat(); c.Pinned != 7 || !c.PinnedAt.Equal(noon) || h.state().Bundle != 7 {
		t.Fatalf("pinned to %d since %v", c.Pinned, c.PinnedAt)
	}
	s.live = 8
	h.says("A long story")
	rows := h.rows()
	if last := rows[len(rows)-1]; last.Bundle != 7 || h.chat().Pinned != 7 {
		t.Errorf("played with version %d", last.Bundle)
	}
	h.says("/menu")
	if c := h.chat(); c.Pinned != 0 || !c.PinnedAt.IsZero() {
		t.Errorf("out of the flow, and pinned to %d", c.Pinned)
	}
	h.says("/account")
	h.says("Another story")
	if c := h.chat(); c.Pinned != 8 {
		t.Errorf("begun anew, and pinned to %d", c.Pinned)
	}
	if len(s.fetched) != 0 {
		t.Errorf("what was at hand was fetched: %v", s.fetched)
	}
}

func TestWhoHasSavedNothingIsWithTheLiveVersionAtOnce(t *testing.T) {
	h, s := published(t)
	h.says("/account")
	s.live = 8
	h.says("/account")
	rows := h.rows()
	if last := rows[len(rows)-1]; last.Bundle != 8 || h.chat().Pinned != 0 {
		t.Errorf("played with version %d, pinned to %d", last.Bundle, h.chat().Pinned)
	}
}

func TestAChatStaysForSevenDaysAtMost(t *testing.T) {
	h, s := published(t)
	h.says("/complaint")
	h.taps("The card")
	s.live = 8
	h.wait(flows.PinnedFor - time.Minute)
	h.says("A long story")
	if got := h.chat().Pinned; got != 7 {
		t.Errorf("before its time: version %d", got)
	}
	h.wait(time.Minute)
	h.says("More of it")
	if got := h.chat().Pinned; got != 8 {
		t.Errorf("after its time: version %d", got)
	}
}

func TestAVersionThatIsNotAtHandIsFetchedOnceAndOneThatIsLostFallsToLive(t *testing.T) {
	h, s := published(t)
	h.says("/complaint")
	h.taps("The card")
	s.live, s.away[7] = 8, true
	h.says("A long story")
	if len(s.fetched) != 1 || h.chat().Pinned != 7 {
		t.Fatalf("fetched %v, played with %d", s.fetched, h.chat().Pinned)
	}
	delete(s.program, 7)
	h.says("More of it")
	if len(s.fetched) != 2 || h.chat().Pinned != 8 || len(h.kept()) != 0 {
		t.Errorf("fetched %v, played with %d", s.fetched, h.chat().Pinned)
	}
}

func TestADatabaseThatIsAwayIsNoReasonToChangeTheVersion(t *testing.T) {
	h, s := published(t)
	h.says("/complaint")
	h.taps("The card")
	s.live, s.away[7], s.broken = 8, true, &bot.Error{Kind: bot.Unavailable, Key: "away"}
	err := h.Handle(t.Context(), h.inbound(bot.Inbound{Kind: bot.KindText, Text: "A long story"}))
	if bot.KindOf(err) != bot.Unavailable || h.chat().Pinned != 7 {
		t.Errorf("%v, pinned to %d", err, h.chat().Pinned)
	}
}

func TestAChatThatHasMovedIsPlayedWithItsOwnVersion(t *testing.T) {
	h, s := published(t)
	old := h.chat()
	h.says("/complaint")
	h.taps("The card")
	h.hot.Put(old) // this instance has not heard of it
	s.live, s.away[7] = 8, true
	h.says("A long story")
	if got := h.chat().Pinned; got != 7 || len(s.fetched) != 1 {
		t.Errorf("played with %d, fetched %v", got, s.fetched)
	}
	if len(h.kept()) != 0 {
		t.Errorf("kept %v", h.kept())
	}
}

func TestAStepThatLiveDoesNotHaveLeadsBackToTheMenu(t *testing.T) {
	h, s := published(t)
	h.says("/complaint")
	h.taps("The card")
	step := h.state().Step
	s.live, s.program[8] = 8, edition(t, "complaint", "id: "+step, "id: other")
	delete(s.program, 7)
	said := len(h.answers())
	h.says("hello again")
	h.says("/menu")
	h.at("home", "menu")
	if len(h.kept()) != 0 || len(h.answers()) < said+2 {
		t.Errorf("kept %v, said %q last", h.kept(), h.last())
	}
}
