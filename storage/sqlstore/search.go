package sqlstore

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/storage"
)

// Search implements members.Reads.
func (s *Store) Search(ctx context.Context, q members.Query) (hits []members.Hit, err error) {
	if !members.Looks(q.By) || len(q.Words) == 0 {
		return nil, nil
	}
	for _, find := range []func(context.Context, members.Query) ([]members.Hit, error){s.findMembers, s.findCase, s.findMessages} {
		found, err := find(ctx, q)
		if err != nil {
			return nil, err
		}
		hits = append(hits, found...)
	}
	return hits, nil
}

// looked is how many of the newest messages with the words are looked at: the index does not know who may see them, and
// a word that a third of all messages have must not cost a reading of them all.
const looked = 1000

func (s *Store) findMessages(ctx context.Context, q members.Query) (hits []members.Hit, err error) {
	seen, args := findsMessages(q.By)
	err = s.guard(ctx, func() error {
		words, wanted, err := s.newest(ctx, q.Words)
		if err != nil {
			return err
		}
		hits = nil
		return each(ctx, s.searching(), func(scan func(...any) error) error {
			h, at := members.Hit{Kind: members.HitMessage}, int64(0)
			err := scan(&h.Line, &h.Chat, &h.Author, &h.Unit, &h.Text, &at, &h.Member, &h.Name)
			h.At = storage.Instant(at)
			hits = append(hits, h)
			return err
		}, "SELECT m.id, m.chat, m.author, m.unit, m.text, m.at, COALESCE(c.member, ''), COALESCE(p.name, '') FROM ("+
			"SELECT m.id, m.chat, m.author, m.unit, m.text, m.at FROM ("+words+") w JOIN messages m ON m.id=w.id WHERE "+seen+
			" ORDER BY m.id DESC LIMIT "+strconv.Itoa(q.Limit)+") m LEFT JOIN chats c ON c.key=m.chat"+
			" LEFT JOIN members p ON p.id=c.member ORDER BY m.id DESC", append([]any{wanted}, args...)...)
	})
	return hits, err
}

// newest is a query for the newest messages with the words, and its parameter.
func (s *Store) newest(ctx context.Context, words []string) (query string, wanted any, err error) {
	if s.dialect() == liteSQL { // walks its index from the newest to the oldest and stops at the limit
		return "SELECT rowid AS id FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT " +
			strconv.Itoa(looked), liteMatch(words), nil
	}
	ids, err := s.newestByWindow(ctx, postMatch(words))
	return "SELECT unnest(CAST(? AS bigint[])) AS id", ids, err
}

// windows are how many of the newest messages are searched, one after the other, until looked are found; 0 is all. The
// index of PostgreSQL has no order: it finds all messages with a word, each time, and reads those of the window. So there
// are few windows, and the first is wide.
var windows = [...]int64{64_000, 256_000, 0}

func (s *Store) newestByWindow(ctx context.Context, wanted string) (ids []int64, err error) {
	var last int64
	if _, err := one(ctx, s.searching(), []any{&last}, "SELECT COALESCE(MAX(id), 0) FROM messages"); err != nil {
		return nil, err
	}
	for _, window := range windows {
		within, args := "", []any{wanted}
		if window > 0 {
			within, args = " AND id>?", append(args, last-window)
		}
		ids = ids[:0]
		err := each(ctx, s.searching(), func(scan func(...any) error) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, "WITH w AS MATERIALIZED (SELECT id FROM messages WHERE search_key<>'' AND to_tsvector('simple', search_key) @@ CAST(? AS tsquery)"+within+
			") SELECT id FROM w ORDER BY id DESC LIMIT "+strconv.Itoa(looked), args...)
		if err != nil || len(ids) == looked || last <= window {
			return ids, err
		}
	}
	return ids, nil
}

// begins reports whether the last word may be the beginning of one: a single letter begins too many.
func begins(word string) bool { return len([]rune(word)) > 1 }

// liteMatch writes folded words as FTS5 wants them; they have no quotation marks.
func liteMatch(words []string) string {
	return match(words, `"`, " AND ", "*")
}

// postMatch writes them as a tsquery.
func postMatch(words []string) string {
	return match(words, "'", " & ", ":*")
}

func match(words []string, quote, and, beginning string) string {
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteString(and)
		}
		b.WriteString(quote + word + quote)
		if i == len(words)-1 && begins(word) {
			b.WriteString(beginning)
		}
	}
	return b.String()
}

func (s *Store) findCase(ctx context.Context, q members.Query) ([]members.Hit, error) {
	if q.Number == (bot.CaseNumber{}) {
		return nil, nil
	}
	seen, args := finds("k", q.By)
	query := "SELECT k.* FROM cases k WHERE k.year=? AND k.seq=? AND " + seen
	found, err := outside(ctx, s, func(db *gorm.DB) ([]bot.Case, error) {
		return s.cases(db.Raw(query, append([]any{q.Number.Year, q.Number.Seq}, args...)...))
	})
	var hits []members.Hit
	for _, c := range found {
		hits = append(hits, members.Hit{
			Kind: members.HitCase, Member: c.Member, Number: c.Number, Chat: c.Chat, Unit: c.Unit, Text: c.Text, At: c.OpenedAt,
		})
	}
	return hits, err
}

// finds is the condition on a row called name with a unit and confidentiality of its own: of the units that by serves,
// and what is confidential for its named handlers alone.
func finds(name string, by bot.Staff) (cond string, args []any) {
	seen, args := reads(name, by)
	others, who := unaccused(name, by)
	seen, args = seen+" AND "+others, append(args, who)
	switch {
	case !members.Looks(by):
		return nobody, nil
	case desk.Over(by):
		return seen, args
	case len(by.Units) == 0:
		return nobody, nil
	}
	return name + ".unit IN " + tuple(len(by.Units)) + " AND " + seen, append(units(by), args...)
}

// findsMessages is the condition on a message called m: of the units that by serves, or of a chat with a hand-over that he
// sees or a case that he finds.
func findsMessages(by bot.Staff) (cond string, args []any) {
	seen, args := reads("m", by)
	others, who := unaccused("m", by)
	seen, args = seen+" AND "+others, append(args, who)
	switch {
	case !members.Looks(by):
		return nobody, nil
	case desk.Over(by):
		return seen, args
	}
	own, ofOwn := finds("m", by)
	handed, ofHanded := sees(by)
	filed, ofFiled := finds("k", by)
	return seen + " AND (" + own + " OR EXISTS (SELECT 1 FROM handovers h WHERE h.chat=m.chat AND " + handed +
		") OR EXISTS (SELECT 1 FROM cases k WHERE k.chat=m.chat AND " + filed + "))", slices.Concat(args, ofOwn, ofHanded, ofFiled)
}
