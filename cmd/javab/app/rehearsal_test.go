package app

import (
	"context"
	"errors"
	"fmt"
	"runtime/metrics"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"javab/flows/scripts"
	"javab/flows/studio"
)

// rehearsed is how many dialogues an installation may have that still publishes within ten seconds.
const rehearsed = 300

// BenchmarkRehearsal plays 300 dialogues, as everybody waits for who publishes.
func BenchmarkRehearsal(b *testing.B) {
	folder, err := studio.ReadFolder(scripts.FS)
	if err != nil {
		b.Fatal(err)
	}
	own := map[string][]byte{}
	for name, body := range folder {
		if strings.HasSuffix(name, ".chat") {
			own[name] = body
		}
	}
	for n, more := 0, len(own); more < rehearsed; n++ {
		for name, body := range own {
			if more < rehearsed {
				flow, rest, _ := strings.Cut(name, ".")
				folder[fmt.Sprint(flow, ".again", n, ".", rest)] = body
				more++
			}
		}
	}
	for b.Loop() {
		said := 0
		played, err := playAll(b.Context(), folder, func(done, _ int) { said = done })
		if err != nil || len(played) != rehearsed || said != rehearsed {
			b.Fatal(len(played), said, err)
		}
	}
}

func TestDialoguesBesideMembersAreSpreadAndEndWithWhoWaitsForThem(t *testing.T) {
	own, few := builtIn(t), fstest.MapFS{}
	for _, name := range []string{"home.en.chat", "home.ar.chat", "home.fa.chat"} {
		body, err := scripts.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		few[name] = &fstest.MapFile{Data: body}
	}
	const over = 300 * time.Millisecond
	begun := time.Now()
	played, err := playBy(t.Context(), few, func(int, int) {}, own, over)
	if took := time.Since(begun); err != nil || len(played) != 3 || took < over*2/3 {
		t.Errorf("%d played after %s: %v", len(played), took, err)
	}
	ctx, leave := context.WithCancel(t.Context())
	if _, err := playBy(ctx, few, func(int, int) { leave() }, own, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestADialogueThatCannotBePlayedEndsNothingButItself(t *testing.T) {
	hollow := theatre{library: &library{}, learnt: true} // with no content in it, the first look at it is a panic
	p := hollow.playFile(t.Context(), scripts.FS, "home.en.chat")
	if p.Verdict != playedBroken || !strings.Contains(p.Error, "panic") {
		t.Errorf("%s: %.200s", p.Verdict, p.Error)
	}
}

func TestTheHeapHasRoomUntilAWhileAfterTheLastRehearsal(t *testing.T) {
	usual := heapMayGrow()
	var r rehearsals
	for range 2 {
		r.giveRoom()
		if got := heapMayGrow(); got != heapRoom {
			t.Fatalf("it may grow by %d per cent", got)
		}
	}
	r.restore.Reset(0)
	for begun := time.Now(); heapMayGrow() != usual; time.Sleep(time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("it still may grow by %d per cent, and before by %d", heapMayGrow(), usual)
		}
	}
}

// heapMayGrow is by how much, in per cent.
func heapMayGrow() int {
	sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}
