package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/storage"
)

const withTelegram = "JAVAB_TELEGRAM_TOKEN=100001:replay-replay-replay-replay-replay"

// hold puts a delivery of Telegram into the quarantine, as a turn that failed does.
func (i *installation) hold(update int, raw string) {
	i.t.Helper()
	store, _ := i.opened()
	receipt := bot.ReceiptKey{Source: "tg", ID: fmt.Sprint(update)}
	err := store.Do(i.t.Context(), func(tx storage.Tx) error {
		if _, err := tx.Accept(i.t.Context(), converse.Acceptance{Receipt: receipt, At: morning}); err != nil {
			return err
		}
		return tx.Quarantine(i.t.Context(), converse.Quarantined{
			Receipt: receipt, Chat: sara, Raw: []byte(raw), Reason: "a bug of ours", Bundle: 1, At: morning,
		})
	})
	if err != nil {
		i.t.Fatal(err)
	}
}

func start(update int) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":5,"date":1795329000,"text":"/start",
		"from":{"id":77,"is_bot":false,"first_name":"Sara","language_code":"en"},"chat":{"id":77,"type":"private","first_name":"Sara"}}}`, update)
}

func quarantined(t *testing.T) *installation {
	t.Helper()
	i := install(t, withTelegram)
	i.want(i.run("migrate"), 0)
	i.hold(8, start(8))
	return i
}

func TestWhatWaitsIsListedWithItsReason(t *testing.T) {
	i := quarantined(t)
	got := i.run("replay")
	i.want(got, 0, "tg:8", string(sara), "a bug of ours", "Waiting: 1")
	list := decoded[struct{ Waiting []listed }](i, i.run("replay", "--json"))
	if len(list.Waiting) != 1 || list.Waiting[0].Receipt != "tg:8" || !list.Waiting[0].At.Equal(morning) {
		t.Errorf("got %+v", list)
	}
}

func TestAReplayedDeliveryIsHandledOnceAndLeavesTheRepliesToTheServer(t *testing.T) {
	i := quarantined(t)
	i.want(i.run("replay", "1"), 0, "1: handled")
	store, _ := i.opened()
	messages, err := store.ReadMessages(t.Context(), sara, 10)
	if err != nil || len(messages) != 2 || messages[0].Text != "/start" {
		t.Fatalf("%v %+v", err, messages)
	}
	counts, err := store.Count(t.Context())
	if err != nil || counts.Quarantined != 0 || counts.OpenJobs == 0 {
		t.Errorf("%v %+v", err, counts)
	}
	free, err := store.Claim(t.Context(), deliver.Claim{
		Kinds: []bot.JobKind{bot.JobSend}, N: 9, Now: morning.Add(time.Second), Lease: bot.Lease{Owner: "server", Token: 1, Until: morning.Add(time.Minute)},
	})
	if err != nil || len(free) == 0 {
		t.Errorf("the reply is held by nobody's lease: %d free, %v", len(free), err)
	}
	i.want(i.run("replay", "1"), 1, "Delivery 1 does not wait")
}

func TestAReplayThatWasCutShortActsOnce(t *testing.T) {
	i := quarantined(t)
	config, err := LoadConfig(i.vars, i.dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err := openAnnex(t.Context(), i.environment(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	kept, err := h.store.Quarantined(t.Context(), 10)
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	in, err := h.reread(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := h.turn.Handle(t.Context(), in); err != nil { // and here the machine went away
		t.Fatal(err)
	}
	i.want(i.run("replay", "--all"), 0, "1: handled")
	if messages, err := h.store.ReadMessages(t.Context(), sara, 10); err != nil || len(messages) != 2 {
		t.Errorf("%d messages, %v", len(messages), err)
	}
}

func TestWhatCannotBeReadStays(t *testing.T) {
	i := quarantined(t)
	i.hold(9, `{"update_id":9,"message":`)
	i.want(i.run("replay", "--all"), 1, "1: handled", "2: still waits")
	i.want(i.run("replay"), 0, "Waiting: 1")
	got := decoded[struct {
		Replayed []replayed
		Failed   int
	}](i, i.run("replay", "--all", "--json"))
	if got.Failed != 1 || len(got.Replayed) != 1 || got.Replayed[0].Outcome != "stays" || got.Replayed[0].Reason == "" {
		t.Errorf("got %+v", got)
	}
}

func TestADeliveryOfAChannelThatIsNotSetUpStays(t *testing.T) {
	i := quarantined(t)
	i.vars = i.vars[:2] // without the token
	i.want(i.run("replay", "1"), 1, "1: still waits", "tg")
}

func TestARefusedNumberReplaysNothing(t *testing.T) {
	i := quarantined(t)
	i.want(i.run("replay", "1", "2"), 1, "Delivery 2 does not wait")
	if got := i.run("replay"); !strings.Contains(got.out, "Waiting: 1") {
		t.Error(got.out)
	}
}
