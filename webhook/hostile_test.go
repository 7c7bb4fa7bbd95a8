package webhook

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the members' side and strangers can send, each as one file. How the telegram adapter reads them is tested there;
// here it counts that each is answered 2xx and is either handled or kept.
func TestEveryHostileDeliveryIsAnsweredAndNothingIsLost(t *testing.T) {
	files, err := filepath.Glob("testdata/hostile/*.json")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	h := open(t, nil)
	for i, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		answer := h.post(t, "/hook/tg", secret, bytes.NewReader(raw))
		if answer.Code != 200 || answer.Body.Len() != 0 {
			t.Errorf("%s: answered %d %q", file, answer.Code, answer.Body)
		}
		if len(h.handled)+len(h.kept) != i+1 {
			t.Fatalf("%s: handled %d, kept %d of %d", file, len(h.handled), len(h.kept), i+1)
		}
	}
	if strings.Contains(h.log.String(), "passwd") {
		t.Error("the log tells what was in a delivery")
	}
}
