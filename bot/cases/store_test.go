package cases_test

import (
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/bot/worktime/worktimetest"
	"javab/storage"
	"javab/storage/memstore"
)

// shop is a catalog in which everything is a small matter of one unit.
type shop struct{}

func (shop) Category(_ bot.CaseKind, id string) (bot.Category, bool) {
	return bot.Category{ID: id, Unit: "member_relations", SLAHours: 8, FirstResponseHours: 1}, true
}

func (shop) List(bot.CaseKind) string { return "categories" }

func (shop) PromiseRules() cases.Rules { return cases.Rules{NoticeEvery: 16 * time.Hour} }

var monday = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

// onStore calls an action on a real store, in a transaction of its own, and keeps what it says of the chat as a turn
// would.
func onStore(t *testing.T, store storage.Store, chat *bot.Chat, call bot.Call) bot.Result {
	t.Helper()
	procedure := &cases.Procedure{Catalog: shop{}, Hours: worktimetest.Book(t, monday)}
	call.Chat, call.Now = *chat, monday
	var result bot.Result
	err := store.Do(t.Context(), func(tx storage.Tx) (err error) {
		if act, ok := procedure.Actions()[call.Action]; ok {
			result, err = act(t.Context(), tx, call)
		} else {
			result, err = members.Register{}.Actions()[call.Action](t.Context(), tx, call)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", call.Action, err)
	}
	if result.Member != "" {
		chat.Member = result.Member
	}
	return result
}

// seat makes a chat with the pieces of a form.
func seat(t *testing.T, store storage.Store, key bot.ChatKey, pieces ...bot.Piece) *bot.Chat {
	t.Helper()
	chat := bot.Chat{Key: key, Rev: 1, Lang: bot.En, Mode: bot.ModeBot, Since: monday}
	err := store.Do(t.Context(), func(tx storage.Tx) error {
		receipt := bot.ReceiptKey{Source: key.Channel(), ID: string(key)}
		if _, err := tx.Accept(t.Context(), converse.Acceptance{Receipt: receipt, At: monday, Chat: chat}); err != nil {
			return err
		}
		_, err := tx.Append(t.Context(), converse.Rows{Pieces: pieces}, bot.Lease{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return &chat
}

func TestACaseFiledBeforeThePhoneWasProvenStaysHis(t *testing.T) {
	store := memstore.New()
	piece := bot.Piece{Draft: "d1", Field: "description", Text: "my card is late", Append: true, At: monday}
	first := seat(t, store, "tg:javab:77", piece)
	onStore(t, store, first, bot.Call{Action: "member.save", Event: "e0", With: map[string]string{"field": "name", "value": "Sara"}})
	filed := onStore(t, store, first, bot.Call{Action: "case.open", Event: "e1", Draft: "d1", With: map[string]string{"kind": "complaint", "category": "card"}})
	number := filed.Vars["case.number"].Text

	other := seat(t, store, "bale:javab:5")
	onStore(t, store, other, bot.Call{Action: "member.verify", Event: "e2", With: map[string]string{"phone": "+989121234567"}})
	onStore(t, store, first, bot.Call{Action: "member.verify", Event: "e3", With: map[string]string{"phone": "+989121234567"}})

	show := bot.Call{Action: "case.show", Event: "e4", With: map[string]string{"number": strings.ToLower(number)}}
	if shown := onStore(t, store, first, show); shown.Outcome != "found" || shown.Vars["case.text"].Text != "my card is late" {
		t.Errorf("in the chat that filed it: %v", shown)
	}
	if shown := onStore(t, store, other, show); shown.Outcome != "unknown" {
		t.Errorf("a case without a proven owner is told elsewhere: %v", shown)
	}

	second := onStore(t, store, first, bot.Call{Action: "case.open", Event: "e5", Draft: "d2", With: map[string]string{"kind": "complaint", "category": "card"}})
	show.With = map[string]string{"number": second.Vars["case.number"].Text}
	if shown := onStore(t, store, other, show); shown.Outcome != "found" {
		t.Errorf("a case of the proven member is not his on his other channel: %v", shown)
	}
	if list := onStore(t, store, first, bot.Call{Action: "case.list", Event: "e6"}); len(list.Vars["cases"].Items) != 2 {
		t.Errorf("his list is %v", list)
	}
}

func TestTriesAreCountedPerChatAndDay(t *testing.T) {
	store := memstore.New()
	chat, other := seat(t, store, "tg:javab:77"), seat(t, store, "tg:javab:78")
	show := bot.Call{Action: "case.show", With: map[string]string{"number": bot.CaseNumber{Year: 1405, Seq: 9}.String()}}
	var outcomes []string
	for range 6 {
		outcomes = append(outcomes, onStore(t, store, chat, show).Outcome)
	}
	if got := strings.Join(outcomes, " "); got != "unknown unknown unknown unknown unknown too_many" {
		t.Errorf("six tries end %s", got)
	}
	if got := onStore(t, store, other, show).Outcome; got != "unknown" {
		t.Errorf("another chat's first try ends %s", got)
	}
}
