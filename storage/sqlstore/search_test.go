package sqlstore

import (
	"testing"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/storage"
)

func TestTheIndexForgetsWhatIsDeletedAndLearnsWhatIsReworded(t *testing.T) {
	s := openLiteStore(t)
	ctx := t.Context()
	head := bot.Staff{Role: bot.RoleHead}
	found := func(word string) int {
		hits, err := s.Search(ctx, members.Query{By: head, Words: []string{word}, Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		return len(hits)
	}
	err := s.Do(ctx, func(tx storage.Tx) error {
		_, err := tx.Append(ctx, converse.Rows{Messages: []bot.Message{
			{Chat: "tg:b:1", SearchKey: "first words"}, {Chat: "tg:b:1", SearchKey: "second words"}, {Chat: "tg:b:1"},
		}}, bot.Lease{})
		return err
	})
	if err != nil || found("words") != 2 {
		t.Fatalf("%d found, %v", found("words"), err)
	}
	for _, step := range []struct {
		query string
		want  map[string]int
	}{
		{"UPDATE messages SET search_key='third words' WHERE search_key='first words'", map[string]int{"first": 0, "third": 1, "words": 2}},
		{"UPDATE messages SET search_key='fourth' WHERE search_key=''", map[string]int{"fourth": 1}},
		{"UPDATE messages SET search_key='', unit='x' WHERE search_key='fourth'", map[string]int{"fourth": 0, "words": 2}},
		{"DELETE FROM messages WHERE search_key='third words'", map[string]int{"third": 0, "words": 1}},
		{"DELETE FROM messages", map[string]int{"words": 0, "second": 0}},
	} {
		err := s.write(ctx, func(p pool) error {
			if _, err := p.ExecContext(ctx, step.query); err != nil {
				return err
			}
			_, err := p.ExecContext(ctx, "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)")
			return err
		})
		if err != nil {
			t.Fatalf("after %s: %v", step.query, err)
		}
		for word, want := range step.want {
			if got := found(word); got != want {
				t.Errorf("after %s: %d messages with %q, want %d", step.query, got, word, want)
			}
		}
	}
}
