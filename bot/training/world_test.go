package training

import (
	"os"
	"strings"
	"testing"
	"time"

	"javab/bot"
)

// noon is when the tests happen.
var noon = time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)

// deskNotes are what the desk of the tests calls things.
var deskNotes = Notes{
	Flow: "desk", Claimed: "claimed", TakenBy: "taken_over", Transferred: "transferred", Closed: "closed", Held: "held_back",
	Refused: "refused", Changed: "change_wanted", Withdrawn: "withdrawn",
}

// omid is the persona of testdata/good.
func omid(t *testing.T) *Persona {
	t.Helper()
	all, err := Load(os.DirFS("testdata/good"))
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// talk is a record that a test writes: each line is "seconds who what", who one of member, bot, sara, ready, note, and *act
// for what the desk notes of sara.
func talk(written string) (lines []Line) {
	for i, one := range strings.Split(strings.TrimSpace(written), "\n") {
		after, rest, _ := strings.Cut(strings.TrimSpace(one), " ")
		who, what, _ := strings.Cut(rest, " ")
		d, err := time.ParseDuration(after)
		if err != nil {
			panic(err)
		}
		l := Line{ID: int64(i + 1), Message: bot.Message{At: noon.Add(d), Text: what, Direction: bot.Out, Author: "sara", Kind: bot.KindText}}
		switch {
		case who == "member":
			l.Direction, l.Author = bot.In, bot.ByMember
		case who == "bot":
			l.Author = bot.ByBot
		case who == "ready":
			l.Flow, l.Step = bot.ReadyFlow, "greet"
		case who == "note":
			l.Direction = bot.Note
		case strings.HasPrefix(who, "*"):
			l.Direction, l.Flow, l.Step = bot.Note, deskNotes.Flow, who[1:]
		}
		lines = append(lines, l)
	}
	return lines
}
