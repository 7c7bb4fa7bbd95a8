package app

import (
	"fmt"
	"strings"
	"testing"

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
