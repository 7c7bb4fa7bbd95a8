package training

import (
	"testing"
	"time"

	"javab/bot"
)

// stage is an actor and what it has done.
type stage struct {
	*testing.T
	Actor
}

func enters(t *testing.T) *stage {
	s := &stage{t, Actor{Persona: omid(t), Notes: deskNotes}}
	s.Begin(0, noon)
	return s
}

// does compares what the member does by a time with what he should.
func (s *stage) does(after time.Duration, want ...string) {
	s.Helper()
	got := ""
	for _, m := range s.Due(noon.Add(after)) {
		got += "|" + m.Say.En + m.Tap.En + string(m.Press)
	}
	wanted := ""
	for _, w := range want {
		wanted += "|" + w
	}
	if got != wanted {
		s.Errorf("after %v he does %q, want %q", after, got, wanted)
	}
}

func TestAMemberAnswersWhatHeHearsOnceItHasTakenHimHisTime(t *testing.T) {
	s := enters(t)
	s.Hear(talk("10s *claimed\n20s sara Hello, Omid"))
	s.does(24 * time.Second)
	s.does(25*time.Second, "Hello")
	s.does(time.Hour)
	if !s.Did("greeted") || s.Did("other") {
		t.Error("he does not know what he has done")
	}
}

func TestWhatIsToldTwiceIsHeardOnce(t *testing.T) {
	s := enters(t)
	lines := talk("10s sara hello\n20s sara hello again")
	s.Hear(lines[:1])
	s.Hear(lines)
	s.Hear(lines)
	s.does(time.Minute, "Hello", "What?")
}

func TestAReactionNeedsWhatMustHaveComeBeforeAndNotWhatHeMustNotHear(t *testing.T) {
	s := enters(t)
	s.Hear(talk("10s sara a password"))
	s.does(13*time.Second, "What?")
	lines := talk("10s sara a password\n20s sara hello\n30s sara I promise, a password\n40s sara a password")
	s.Hear(lines)
	s.does(30*time.Second, "Hello")
	s.does(49*time.Second, "What?")
	if !s.Content().IsZero() {
		t.Error("he is content before he has said so")
	}
	s.does(50*time.Second, "Thanks")
	if !s.Content().Equal(noon.Add(50 * time.Second)) {
		t.Errorf("he is content since %v", s.Content())
	}
}

func TestAReactionComesNoMoreOftenThanItMay(t *testing.T) {
	s := enters(t)
	s.Hear(talk("1s sara a\n2s sara b\n3s sara c"))
	s.does(time.Minute, "What?", "What?")
}

func TestWhoIsLeftAloneMakesHimselfHeardAndWhoIsAnsweredDoesNot(t *testing.T) {
	s := enters(t)
	s.does(59 * time.Second)
	s.does(60*time.Second, "Are you there?")
	s.Hear(talk("60s member Are you there?"))
	s.does(149 * time.Second)
	s.does(150*time.Second, "Where are you?")

	s = enters(t)
	s.Hear(talk("50s *claimed"))
	s.does(100 * time.Second) // a claim is heard of too
	s.does(110*time.Second, "Are you there?")

	s = enters(t)
	s.Hear(talk("50s sara hello\n55s *held_back I promise"))
	s.does(55*time.Second, "Hello")
	s.does(time.Hour)
	s.Hear(talk("50s sara hello\n55s *held_back I promise\n56s member Hello"))
	s.does(116*time.Second, "Are you there?") // what is held back is no answer
}

func TestAProposedResultIsAnsweredByItsOwnButtonAndAClosedTalkByWhatTheBotAsks(t *testing.T) {
	s := enters(t)
	lines := talk("10s bot Is it solved?\n20s *closed solved")
	press := bot.CasePress{Button: bot.ButtonSolved, Number: bot.CaseNumber{Year: 1405, Seq: 1}}
	lines[0].Choices = []bot.Choice{{Label: "Yes", Data: press.Data()}}
	s.Hear(lines[:1])
	s.does(13*time.Second, "not_solved")
	s.Hear(lines)
	s.does(time.Hour, "No") // and nobody waits any more
}

func TestWhatHeWasAboutToSayIsNotSaidIntoATalkThatIsOver(t *testing.T) {
	s := enters(t)
	s.Hear(talk("10s sara hello\n11s *closed solved"))
	s.does(time.Hour, "No")
}

func TestWhatTheBotSaysAndWhatColleaguesNoteIsNotHeard(t *testing.T) {
	s := enters(t)
	s.Hear(talk("10s bot hello\n11s note hello\n12s *linked hello\n13s member hello"))
	s.does(30 * time.Second)
}
