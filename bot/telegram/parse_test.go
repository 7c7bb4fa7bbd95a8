package telegram

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

var rewrite = flag.Bool("update", false, "write the expected Inbounds anew")

func telegramReceiver() *Receiver {
	return &Receiver{Dialect: Telegram(), Account: "1000", Secrets: []string{"now", "before"}}
}

// expected is what a delivery should read as, in a form that a person can review.
type expected struct {
	Error   string       `json:",omitempty"`
	Inbound *bot.Inbound `json:",omitempty"`
}

func TestEveryHostileUpdateIsReadAsItsExpectationSays(t *testing.T) {
	files, err := filepath.Glob("testdata/updates/*.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("only %d updates in testdata: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := telegramReceiver()
			if strings.Contains(name, "bale") {
				r.Dialect = Bale()
			}
			compare(t, strings.TrimSuffix(file, ".json")+".want", read(t, r, raw))
		})
	}
}

func read(t *testing.T, r *Receiver, raw []byte) []byte {
	t.Helper()
	in, err := r.Parse(raw)
	if !bytes.Equal(in.Raw, raw) {
		t.Error("the delivery's own bytes are not kept")
	}
	if key, _ := r.Key(raw); key != in.Receipt.ID || key == "" {
		t.Errorf("Key says %q, Parse says %q", key, in.Receipt.ID)
	}
	in.Raw = nil
	if !in.At.IsZero() {
		in.At = in.At.UTC()
	}
	if len(in.Text) > 200 {
		in.Text = in.Text[:40] + "..."
	}
	want := expected{Inbound: &in}
	if err != nil {
		want.Error = err.Error()
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(want); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func compare(t *testing.T, file string, got []byte) {
	t.Helper()
	if *rewrite {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s: got\n%swant\n%s", file, got, want)
	}
}

func TestASecretIsComparedWithTheCurrentAndTheFormerOneAndAnEmptyOneNeverMatches(t *testing.T) {
	r := telegramReceiver()
	for _, c := range []struct {
		got  string
		good bool
	}{{"now", true}, {"before", true}, {"", false}, {"No", false}, {"now ", false}} {
		if err := r.Verify(c.got); (err == nil) != c.good {
			t.Errorf("Verify(%q) = %v", c.got, err)
		}
	}
	for _, secrets := range [][]string{nil, {""}, {"", ""}} {
		r.Secrets = secrets
		if r.Verify("") == nil {
			t.Errorf("an empty secret passes with %q", secrets)
		}
	}
}

func TestDeliveriesWithoutAUsableIdDoNotSwallowOneAnother(t *testing.T) {
	r := telegramReceiver()
	var keys []string
	for _, raw := range []string{`{"update_id":0,"a":1}`, `{"update_id":0,"a":2}`, `{"update_id":-1}`, `{}`, `[]`, ``, `{"update_id":"7x"}`, `{"update_id":{}}`} {
		key, err := r.Key([]byte(raw))
		if err != nil || !strings.HasPrefix(key, "sha256-") {
			t.Errorf("Key(%s) = %q, %v", raw, key, err)
		}
		if slices.Contains(keys, key) {
			t.Errorf("Key(%s) is another's", raw)
		}
		keys = append(keys, key)
	}
}

func TestTheIdOfAFileIsTheSameAtEveryDeliveryAndAnotherInEveryMessage(t *testing.T) {
	r := telegramReceiver()
	parse := func(update, message string) string {
		in, err := r.Parse([]byte(`{"update_id":` + update + `,"message":{"message_id":` + message + `,"chat":{"id":7,"type":"private"},"document":{"file_id":"F"}}}`))
		if err != nil || len(in.Files) != 1 {
			t.Fatalf("%v, %d files", err, len(in.Files))
		}
		return in.Files[0].ID
	}
	if parse("1", "5") != parse("2", "5") {
		t.Error("a re-delivered message has another file")
	}
	if parse("1", "5") == parse("1", "6") {
		t.Error("two messages share a file")
	}
}

func FuzzParseNeverPanicsAndAlwaysReceipts(f *testing.F) {
	files, _ := filepath.Glob("testdata/updates/*.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	r := telegramReceiver()
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := r.Parse(raw)
		key, _ := r.Key(raw)
		if in.Receipt.ID == "" || in.Receipt.ID != key || in.Receipt.Source != "tg" {
			t.Fatalf("receipt %v, key %q", in.Receipt, key)
		}
		if err == nil && in.Kind != bot.KindIgnored && in.Chat.Native() == "" {
			t.Fatalf("%s without a chat", in.Kind)
		}
		if strings.ContainsRune(in.Text+in.From.Name, 0) {
			t.Fatal("a NUL came through")
		}
		if in.Press != nil && len(in.Press.Data) > maxPress {
			t.Fatal("press data over the limit")
		}
	})
}

func BenchmarkParseOfATextUpdate(b *testing.B) {
	raw, err := os.ReadFile("testdata/updates/text_persian.json")
	if err != nil {
		b.Fatal(err)
	}
	r := telegramReceiver()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}
