package dialogue

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// Difference is one place where a played conversation is not the written one.
type Difference struct {
	Line int  // of the written file
	Path bool // another step, choice, outcome or hand-over; else only other words
	Want string
	Got  string
}

// String prints the difference for people.
func (d Difference) String() string {
	return fmt.Sprintf("line %d:\n  written: %s\n  played:  %s", d.Line, d.Want, d.Got)
}

// Play plays what the member and the officers do in the file and returns the conversation as it went, in the form of a file.
func Play(ctx context.Context, w World, written *File) (*File, error) {
	c := New(w, written.Lang)
	played := &File{Notes: written.Notes, Lang: written.Lang}
	for _, b := range written.Blocks {
		if !b.played() {
			continue
		}
		played.Blocks = append(played.Blocks, b)
		answer, err := c.Do(ctx, b)
		if err != nil {
			return played, fmt.Errorf("line %d: %s: %w", b.Line, b.Head, err)
		}
		played.Blocks = append(played.Blocks, answer...)
	}
	return played, nil
}

// Do carries out what the block of a member or an officer says he does, or what a block arranges.
func (c *Conversation) Do(ctx context.Context, b Block) ([]Block, error) {
	_, act, _ := strings.Cut(b.Head, " ")
	switch b.Speaker() {
	case clock:
		return c.passes(ctx, act)
	case stage:
		return c.arrange(ctx, act)
	case officer, manager:
		return c.serve(ctx, act, strings.Join(b.Speech, "\n"))
	}
	verb, object, _ := strings.Cut(act, " ")
	words := strings.Join(b.Speech, "\n")
	switch verb {
	case "":
		return c.Say(ctx, words)
	case "taps":
		return c.Tap(ctx, object)
	case "sends":
		return c.Send(ctx, words, strings.Split(object, ", ")...)
	case "shares":
		phone, foreign := strings.CutSuffix(object, " of another")
		return c.Share(ctx, phone, !foreign)
	case "blocks":
		return c.take(ctx, bot.Inbound{Kind: bot.KindBlocked})
	case "unblocks":
		return c.take(ctx, bot.Inbound{Kind: bot.KindUnblocked})
	case "waits":
		d, err := time.ParseDuration(object)
		if err != nil {
			return nil, fmt.Errorf("how long? such as 2s, 15m or 36h: %w", err)
		}
		return c.Wait(ctx, d)
	}
	return nil, fmt.Errorf("a member can say something, or: taps LABEL, sends FILE or FILE, FILE, shares PHONE, waits TIME, blocks or unblocks (the bot)")
}

// Compare finds where the played conversation differs from the written one.
func Compare(written, played *File) []Difference {
	var found []Difference
	line := 0
	for i := range max(len(written.Blocks), len(played.Blocks)) {
		want, got := at(written, i), at(played, i)
		if want.Line > 0 {
			line = want.Line
		}
		if want.Head != got.Head || len(want.Choices) != len(got.Choices) {
			// From here on the two tell different stories; more lines would only repeat that.
			return append(found, Difference{line, true, want.path(), got.path()})
		}
		if (got.Speaker() == botSays || got.Head == reads) && !(slices.Equal(want.Speech, got.Speech) && slices.Equal(want.Choices, got.Choices)) {
			found = append(found, Difference{line, false, want.words(), got.words()})
		}
	}
	return found
}

func at(f *File, i int) Block {
	if i < len(f.Blocks) {
		return f.Blocks[i]
	}
	return Block{Head: "(the end)"}
}

func (b Block) path() string { return fmt.Sprintf("%s, %d choices", b.Head, len(b.Choices)) }

func (b Block) words() string {
	return strings.Join(append(slices.Clone(b.Speech), b.Choices...), " | ")
}
