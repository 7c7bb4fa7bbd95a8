package dialogue_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/dialogue"
	"javab/storage"
	"javab/storage/memstore"
)

// treated is a stage whose complaints are real cases.
func treated(t *testing.T) dialogue.World {
	t.Helper()
	w, store := served(t), memstore.New()
	procedure := cases.Procedure{Catalog: catalog{}, Hours: hours(t)}
	keeper := &cases.Keeper{Procedure: procedure, Store: storage.As[cases.RoundTx](store), Words: ids{}}
	w.Store, w.Actions = storage.As[converse.Tx](store), filing{desk{}, &procedure}
	w.Desk.Store = deskStore(store)
	w.Cases = dialogue.Cases{
		Keeper: keeper, Office: &cases.Office{Keeper: keeper, Store: storage.As[cases.OfficeTx](store), Units: ids{}},
	}
	return w
}

// filing is the desk of the other tests, with the real procedure.
type filing struct {
	desk
	procedure *cases.Procedure
}

func (f filing) Do(ctx context.Context, tx converse.Tx, call bot.Call) (bot.Result, error) {
	return f.procedure.Actions()[call.Action](ctx, tx.(storage.Tx), call)
}

// catalog has one category.
type catalog struct{}

func (catalog) Category(kind bot.CaseKind, id string) (bot.Category, bool) {
	return bot.Category{ID: id, Unit: "finance", SLAHours: 80, FirstResponseHours: 16}, kind == bot.Complaint
}

func (catalog) List(bot.CaseKind) string { return "categories" }

func (catalog) PromiseRules() cases.Rules {
	return cases.Rules{
		NoticeEvery: 100 * time.Hour, NoticeAhead: time.Hour, NoticeShare: 1, RiskShare: 0.9, HeadAfter: 8 * time.Hour,
		Confirm: []bot.CaseKind{bot.Complaint}, Remind: []time.Duration{8 * time.Hour, 24 * time.Hour}, CloseAfter: 40 * time.Hour,
		CallWithin: 8 * time.Hour, ReplyWithin: 16 * time.Hour, ReopenFor: 240 * time.Hour, LowRating: 2,
		SurveyAfter: 1000 * time.Hour, CheckAfter: 1000 * time.Hour,
		Clock: map[bot.CaseState]cases.ClockRule{
			bot.Received: cases.ClockRuns, bot.InWork: cases.ClockRuns, bot.Referred: cases.ClockRuns, bot.Reopened: cases.ClockRuns,
			bot.WaitingExternal: cases.ClockRuns, bot.WaitingMember: cases.ClockPaused, bot.Proposed: cases.ClockStopped,
			bot.Closed: cases.ClockStopped, bot.Withdrawn: cases.ClockStopped,
		},
	}
}

func (ids) StateName(s bot.CaseState) bot.Text {
	return bot.Text{Fa: string(s), Ar: string(s), En: string(s)}
}

// filed is a conversation in which a complaint was filed, and proposed one to whose member a result was told.
const (
	filed    = short + "\nmember\n  Where is it?\n\nmember taps Done\n\nmember taps Submit\n"
	proposed = filed + "\nofficer sara begins\n\nofficer sara proposes\n  It was posted.\n"
)

// goes fails the test unless the heads of a played conversation end like this.
func goes(t *testing.T, source string, want ...string) *dialogue.File {
	t.Helper()
	played, err := dialogue.Play(t.Context(), treated(t), parse(t, source))
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for _, b := range played.Blocks {
		heads = append(heads, b.Head)
	}
	if got := strings.Join(heads, "\n"); !strings.HasSuffix(got, "\n"+strings.Join(want, "\n")) {
		t.Errorf("played\n%s\nwant at its end\n%s", got, strings.Join(want, "\n"))
	}
	return played
}

func TestAMemberAnswersTheResultByItsButton(t *testing.T) {
	played := goes(t, proposed+"\nmember taps case.button.solved\n", "officer sara begins", "case in_work", "officer sara proposes",
		"case proposed", "bot case/proposed", "member taps case.button.solved", "program case.solved number=JV-1405-000001-8 round=1: ok",
		"case closed: solved", "bot solved/thanks", "bot home/menu")
	for _, b := range played.Blocks {
		if b.Head == "bot case/proposed" && len(b.Choices) != 2 {
			t.Errorf("the result has the buttons %q", b.Choices)
		}
	}
}

func TestAButtonOfACaseIsTappedOnAnyLaterDay(t *testing.T) {
	goes(t, proposed+"\nmember\n  hello\n\nmember waits 24h\n\nmember taps case.button.solved\n\nmember taps case.button.solved\n",
		"member taps case.button.solved", "program case.solved number=JV-1405-000001-8 round=1: ok", "case closed: solved", "bot solved/thanks",
		"bot home/menu", "member taps case.button.solved", "program case.solved number=JV-1405-000001-8 round=1: old", "bot solved/old",
		"bot home/menu")
}

func TestTimeBringsEverythingInItsOrder(t *testing.T) {
	goes(t, proposed+"\ntime passes 50 working hours\n\nofficer sara calls not_reached\n\ntime passes 5 days\n",
		"time passes 50 working hours", "bot case/reminded", "bot case/reminded", "officer sara calls not_reached", "time passes 5 days",
		"case closed: silence", "bot case/closed")
}

func TestWhoHasBlockedTheBotIsCalled(t *testing.T) {
	goes(t, filed+"\nmember blocks\n\nofficer sara begins\n\nofficer sara proposes\n  It was posted.\n\ntime passes 1 working hours\n\n"+
		"officer sara calls solved\n\nmember unblocks\n",
		"officer sara proposes", "case proposed", "time passes 1 working hours", "officer sara calls solved", "case closed: called",
		"member unblocks")
}

func TestAUnitIsAskedAndReplies(t *testing.T) {
	goes(t, filed+"\nofficer sara begins\n\nofficer sara refers post\n  Where is it?\n\nofficer omid replies\n  Lost.\n\n"+
		"officer sara tells\n  We are looking for it.\n",
		"officer sara refers post", "case referred", "officer omid replies", "case in_work", "officer sara tells", "member reads")
}

func TestWhatCannotBeDoneToACaseIsAnErrorOfItsLine(t *testing.T) {
	for act, want := range map[string]string{
		short + "\nofficer sara begins\n":            "there is no case yet",
		filed + "\nofficer sara proposes\n  Done.\n": "case.transition",
		proposed + "\nofficer sara calls solved\n":   "nobody is to call",
		short + "\ntime passes quickly\n":            "how much time?",
		short + "\ntime passes 3 moons\n":            "how much time?",
	} {
		if _, err := dialogue.Play(t.Context(), treated(t), parse(t, act)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", act[len(act)-40:], err)
		}
	}
}
