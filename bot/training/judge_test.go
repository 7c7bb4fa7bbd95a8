package training

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// judged is a checklist in words: "claimed+ answered-4 closed?", + met, - unmet, ? not asked, then the line.
func judged(t *testing.T, r Record) map[string]string {
	t.Helper()
	r.Began, r.Notes = noon, deskNotes
	if r.Lang == "" {
		r.Lang = bot.En
	}
	if r.Did == nil {
		r.Did = func(string) bool { return true }
	}
	signs := map[Verdict]string{Met: "+", Unmet: "-", NotAsk: "?"}
	all := map[string]string{}
	for _, f := range Judge(omid(t), r) {
		all[f.ID] = signs[f.Verdict]
		if f.Line > 0 {
			all[f.ID] += string(rune('0' + f.Line))
		}
	}
	return all
}

func TestEachCheckIsJudgedByWhatStandsInTheRecord(t *testing.T) {
	trade, finance := bot.HandOver{Unit: "trade"}, bot.HandOver{Unit: "finance"}
	for _, one := range []struct {
		says, talk, want string
		hand             bot.HandOver
	}{
		{says: "a chat that is taken in time", talk: "120s *claimed", want: "claimed+1 answered- greeted-"},
		{says: "one that is taken too late", talk: "121s *claimed", want: "claimed-1"},
		{says: "one that is taken over", talk: "5s *taken_over", want: "claimed+1"},
		{says: "one that nobody takes", talk: "1s member hello", want: "claimed- answered- recorded- closed- language? secrets? discreet? unpromised?"},
		{says: "the first answer counts", talk: "181s sara hello\n182s sara hello", want: "answered-1 greeted+1"},
		{says: "a greeting comes first or not at all", talk: "1s sara yes\n2s sara hello", want: "answered+1 greeted-"},
		{says: "a bot greets for nobody", talk: "1s bot hello\n2s member hello", want: "greeted- answered-"},
		{says: "a secret is not asked for", talk: "1s sara hello\n2s sara your password", want: "secrets-2"},
		{says: "nor in words that were held back", talk: "1s *held_back your password", want: "secrets-1"},
		{says: "another language is seen", talk: "1s sara hello\n2s sara \u0633\u0644\u0627\u0645\u060c \u067e\u06cc\u0627\u0645 \u0634\u0645\u0627 \u0631\u0633\u06cc\u062f", want: "language-2"},
		{says: "the own one as well", talk: "1s sara Good morning, your papers have come", want: "language+"},
		{says: "figures that the member wrote are his own", talk: "1s member my number is 660112\n2s sara is it \u06f6\u06f6\u06f0\u06f1\u06f1\u06f2?", want: "discreet+"},
		{says: "and what the bot said", talk: "1s bot JV-1405-000001-8\n2s sara JV-1405-000001-8", want: "discreet+"},
		{says: "others are not", talk: "1s member my number is 660112\n2s sara 660112\n3s sara call 09351112233", want: "discreet-3"},
		{says: "short ones are nobody's", talk: "1s sara room 12345", want: "discreet+"},
		{says: "a promise", talk: "1s sara hello\n2s sara I promise", want: "unpromised-2"},
		{says: "one that is held back and left so", talk: "1s sara hello\n2s *held_back I promise\n3s sara so it is", want: "unpromised-2"},
		{says: "one that is taken back and said otherwise", talk: "1s *held_back I promise\n2s *change_wanted no\n3s sara hello", want: "unpromised+"},
		{says: "one that is taken back, and no word after it", talk: "1s sara hello\n2s *held_back I promise\n3s *withdrawn no", want: "unpromised-2"},
		{says: "the second of two", talk: "1s *held_back a\n2s *refused no\n3s sara hello\n4s *held_back b", want: "unpromised-4"},
		{says: "a note", talk: "1s note he called", want: "recorded+1"},
		{says: "a ready reply", talk: "1s ready hello", want: "recorded+1 greeted+1"},
		{says: "what the desk notes is no note", talk: "1s *claimed", want: "recorded-"},
		{says: "the right unit", talk: "1s *transferred theirs", hand: trade, want: "passed_on+1 closed?1"},
		{says: "a wrong unit", talk: "1s *transferred theirs", hand: finance, want: "passed_on-1"},
		{says: "nobody passed it on", talk: "1s sara hello", hand: trade, want: "passed_on-"},
	} {
		got := judged(t, Record{Lines: talk(one.talk), Hand: one.hand})
		for want := range strings.FieldsSeq(one.want) {
			at := strings.IndexAny(want, "+-?")
			if got[want[:at]] != want[at:] {
				t.Errorf("%s: %s is %q, want %q", one.says, want[:at], got[want[:at]], want[at:])
			}
		}
	}
}

func TestAChatIsClosedWithTheMembersKnowledgeOrItIsNot(t *testing.T) {
	lines := talk("10s sara hello\n20s *closed solved")
	for content, want := range map[time.Duration]string{0: "-2", 15 * time.Second: "+2", 25 * time.Second: "-2"} {
		r := Record{Lines: lines}
		if content > 0 {
			r.Content = noon.Add(content)
		}
		if got := judged(t, r)["closed"]; got != want {
			t.Errorf("content after %v: %s, want %s", content, got, want)
		}
	}
}

func TestAnItemAppliesOnlyAfterWhatItAsksFor(t *testing.T) {
	never := func(string) bool { return false }
	if got := judged(t, Record{Lines: talk("1s sara hello"), Did: never})["passed_on"]; got != "?" {
		t.Errorf("got %s", got)
	}
}

func TestAMessageThatWasDeletedReachedNobody(t *testing.T) {
	lines := talk("1s sara hello")
	lines[0].DeletedAt = noon
	if got := judged(t, Record{Lines: lines})["greeted"]; got != "-" {
		t.Errorf("got %s", got)
	}
}

func TestTheScoreLeavesOutWhatDidNotApply(t *testing.T) {
	met, of := Score([]Finding{{Verdict: Met}, {Verdict: Unmet}, {Verdict: NotAsk}, {Verdict: Met}})
	if met != 2 || of != 3 {
		t.Errorf("%d of %d", met, of)
	}
}
