package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"javab/bot"
)

const update = `{"update_id":8841,"message":{"text":"hello"}}`

func TestADeliveryThatIsKeptIsAnswered200WithAnEmptyBody(t *testing.T) {
	h := open(t, nil)
	answer := h.deliver(t, update)
	if answer.Code != http.StatusOK || answer.Body.Len() != 0 {
		t.Fatalf("answered %d %q", answer.Code, answer.Body)
	}
	if len(h.handled) != 1 || h.handled[0].Receipt.String() != "tg:8841" || string(h.handled[0].Raw) != update {
		t.Fatalf("handled %+v", h.handled)
	}
	if !h.counts(`javab_updates_total{channel="tg",kind="text",result="accepted"} 1`) {
		t.Error("the delivery was not counted")
	}
}

func TestASecretIsTakenOnlyFromItsOwnPlace(t *testing.T) {
	for _, row := range []struct {
		what, path, header string
		code               int
	}{
		{"the right header", "/hook/tg", secret, 200},
		{"the right path", "/hook/bale/" + secret, "", 200},
		{"no secret", "/hook/tg", "", 401},
		{"a wrong header", "/hook/tg", secret + "x", 401},
		{"a prefix", "/hook/tg", secret[:8], 401},
		{"the path where the header is asked", "/hook/tg/" + secret, "", 401},
		{"both where the header is asked", "/hook/tg/" + secret, secret, 401},
		{"the header where the path is asked", "/hook/bale", secret, 401},
		{"a wrong path", "/hook/bale/guess", "", 401},
		{"an unknown channel", "/hook/nobody", secret, 404},
	} {
		t.Run(row.what, func(t *testing.T) {
			h := open(t, nil)
			if got := h.post(t, row.path, row.header, strings.NewReader(update)).Code; got != row.code {
				t.Errorf("answered %d, want %d", got, row.code)
			}
			if row.code != 200 && len(h.handled)+len(h.kept) != 0 {
				t.Error("a refused delivery had an effect")
			}
		})
	}
}

func TestAWrongSecretIsCountedAndNeverLogged(t *testing.T) {
	h := open(t, nil)
	h.post(t, "/hook/tg", "guess-of-a-stranger", strings.NewReader(update))
	h.post(t, "/hook/bale/guess-of-a-stranger", "", strings.NewReader(update))
	for _, channel := range []string{"tg", "bale"} {
		if !h.counts(`javab_hook_refused_total{channel="` + channel + `"} 1`) {
			t.Errorf("%s: the refusal was not counted", channel)
		}
	}
	if strings.Contains(h.log.String(), "guess") {
		t.Errorf("the log tells the secret: %s", h.log)
	}
}

func TestStorageAwayIs503WithRetryAfter(t *testing.T) {
	h := open(t, nil)
	h.handle = func(context.Context, bot.Inbound) error {
		return fmt.Errorf("commit: %w", &bot.Error{Kind: bot.Unavailable, Key: "unavailable"})
	}
	answer := h.deliver(t, update)
	if answer.Code != 503 || answer.Header().Get("Retry-After") != "5" || answer.Header().Get("Connection") != "" {
		t.Fatalf("answered %d %v", answer.Code, answer.Header())
	}
	if !h.counts(`javab_updates_total{channel="tg",kind="text",result="unavailable"} 1`) {
		t.Error("the delivery was not counted")
	}
}

func TestADeliveryThatTheAcceptorPutIntoQuarantineIsAnswered200(t *testing.T) {
	h := open(t, nil)
	h.handle = func(context.Context, bot.Inbound) error { return errors.New("step failed on 09121234567") }
	if answer := h.deliver(t, update); answer.Code != 200 || answer.Body.Len() != 0 {
		t.Fatalf("answered %d", answer.Code)
	}
	if len(h.kept) != 0 || !h.counts(`javab_updates_total{channel="tg",kind="text",result="quarantined"} 1`) {
		t.Errorf("kept %d a second time, or not counted", len(h.kept))
	}
	if !strings.Contains(h.log.String(), "tg:8841") || strings.Contains(h.log.String(), "0912") {
		t.Errorf("the log should name the receipt and no member: %s", h.log)
	}
}

func TestAnAcceptorThatPanicsLosesNothing(t *testing.T) {
	h := open(t, nil)
	h.handle = func(context.Context, bot.Inbound) error { panic("our own bug") }
	if answer := h.deliver(t, update); answer.Code != 200 {
		t.Fatalf("answered %d", answer.Code)
	}
	if len(h.kept) != 1 || h.kept[0].Receipt.ID != "8841" || string(h.kept[0].Raw) != update {
		t.Fatalf("kept %+v", h.kept)
	}
	h.keepErr = errors.New("disk full")
	if answer := h.deliver(t, update); answer.Code != 503 {
		t.Errorf("with the quarantine away too: answered %d", answer.Code)
	}
}

func TestATurnThatRunsOutOfTimeIs503(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, nil)
		h.handle = func(ctx context.Context, _ bot.Inbound) error {
			<-ctx.Done()
			return fmt.Errorf("wait for the lock: %w", ctx.Err())
		}
		began := time.Now()
		if answer := h.deliver(t, update); answer.Code != 503 {
			t.Errorf("answered %d", answer.Code)
		}
		if took := time.Since(began); took != HandleLimit {
			t.Errorf("took %s", took)
		}
	})
}

func TestAnUnreadableDeliveryIsKeptUnderItsOwnIDOrItsBytes(t *testing.T) {
	h := open(t, nil)
	for _, body := range []string{`{"update_id":5,"x":"BREAK"}`, `{"no":"id"}`, `{"no":"id"}`, `{"cut`} {
		if answer := h.deliver(t, body); answer.Code != 200 || answer.Body.Len() != 0 {
			t.Fatalf("%s: answered %d", body, answer.Code)
		}
	}
	if len(h.handled) != 0 || len(h.kept) != 4 {
		t.Fatalf("handled %d, kept %d", len(h.handled), len(h.kept))
	}
	if h.kept[0].Receipt.ID != "5" {
		t.Errorf("a delivery with an id is kept under %s", h.kept[0].Receipt)
	}
	if a, b, c := h.kept[1].Receipt, h.kept[2].Receipt, h.kept[3].Receipt; a != b || a == c || !strings.HasPrefix(a.ID, "sha256-") {
		t.Errorf("keys by bytes: %s %s %s", a, b, c)
	}
	if !h.counts(`javab_updates_total{channel="tg",kind="unreadable",result="quarantined"} 4`) {
		t.Error("the deliveries were not counted")
	}
}

func TestAnUnreadableDeliveryThatCannotBeKeptIs503(t *testing.T) {
	h := open(t, nil)
	h.keepErr = errors.New("database is away")
	if answer := h.deliver(t, `[]`); answer.Code != 503 || answer.Header().Get("Retry-After") != "5" {
		t.Fatalf("answered %d", answer.Code)
	}
}

func TestADeliveryThatWasAskedForIsHandledAsOneThatWasSent(t *testing.T) {
	d := &desk{}
	hooks := &Hooks{
		Channels: []Channel{{ID: "tg", Receiver: reader{panicOn: "BREAK"}}}, Acceptor: d, Quarantine: d,
		Metrics: NewMetrics(nil), Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
	for _, row := range []struct {
		what, channel, raw string
		kept               bool
	}{
		{"an update", "tg", update, true},
		{"one that breaks the reader", "tg", `{"update_id":8842,"text":"BREAK"}`, true},
		{"one that is no update", "tg", `{"update_id`, true},
		{"one of a channel that is not served", "bale", update, false},
	} {
		if kept := hooks.Take(t.Context(), bot.ChannelID(row.channel), []byte(row.raw)); kept != row.kept {
			t.Errorf("%s: kept %t", row.what, kept)
		}
	}
	if len(d.handled) != 1 || len(d.kept) != 2 {
		t.Errorf("handled %d, in quarantine %d; want 1 and 2", len(d.handled), len(d.kept))
	}
	d.handle = func(context.Context, bot.Inbound) error { return &bot.Error{Kind: bot.Unavailable} }
	if hooks.Take(t.Context(), "tg", []byte(update)) {
		t.Error("kept, although nothing could be stored")
	}
}
