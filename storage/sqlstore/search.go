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
	ids, err := s.newestOfPostgres(ctx, words)
	return "SELECT unnest(CAST(? AS bigint[])) AS id", ids, err
}

// The index of PostgreSQL has no order: it finds all messages with a word, each time, and reads them all. So the newest are
// walked through first, as far as walked, which costs .6 µs each; and of those that have the letters of the words no more
// than sifted are read word by word, at 8 µs: letters may stand inside of other words. What is common is found there; the
// index is for the rest.
const (
	walked = 64_000
	sifted = 4_000
)

func (s *Store) newestOfPostgres(ctx context.Context, words []string) ([]int64, error) {
	var last int64
	if _, err := one(ctx, s.searching(), []any{&last}, "SELECT COALESCE(MAX(id), 0) FROM messages"); err != nil {
		return nil, err
	}
	const having, newest = "to_tsvector('simple', search_key) @@ CAST(? AS tsquery)", " ORDER BY id DESC LIMIT "
	letters, args := "", []any{last - walked}
	for _, word := range words {
		letters, args = letters+" AND strpos(search_key, CAST(? AS text))>0", append(args, word)
	}
	ids, err := s.ids(ctx, "SELECT id FROM (SELECT id, search_key FROM messages WHERE id>? AND search_key<>''"+letters+
		newest+strconv.Itoa(sifted)+") m WHERE "+having+newest+strconv.Itoa(looked), append(args, postMatch(words))...)
	if err != nil || len(ids) == looked {
		return ids, err
	}
	return s.ids(ctx, "WITH w AS MATERIALIZED (SELECT id FROM messages WHERE search_key<>'' AND "+having+
		") SELECT id FROM w"+newest+strconv.Itoa(looked), postMatch(words))
}

func (s *Store) ids(ctx context.Context, query string, args ...any) (ids []int64, err error) {
	err = each(ctx, s.searching(), func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
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
	seen, args := finds("k", q.By, "")
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

// finds is the condition on a row called name with a unit and confidentiality of its own: of the units that by serves, or
// found by another way that is given with its values, "" for none; and what is confidential for its named handlers alone.
func finds(name string, by bot.Staff, way string, values ...any) (cond string, args []any) {
	if !members.Looks(by) {
		return nobody, nil
	}
	seen, args := reads(name, by)
	others, who := unaccused(name, by)
	seen, args = seen+" AND "+others, append(args, who)
	if desk.Over(by) {
		return seen, args
	}
	own := nobody
	if len(by.Units) > 0 {
		own, values = name+".unit IN "+tuple(len(by.Units)), slices.Concat(units(by), values)
	}
	if way != "" {
		own += " OR " + way
	}
	return "(" + own + ") AND " + seen, slices.Concat(values, args)
}

// findsMessages is the condition on a message called m: also of a chat with a hand-over that by sees or a case that he finds.
func findsMessages(by bot.Staff) (cond string, args []any) {
	handed, ofHanded := sees(by)
	filed, ofFiled := finds("k", by, "")
	return finds("m", by, "EXISTS (SELECT 1 FROM handovers h WHERE h.chat=m.chat AND "+handed+
		") OR EXISTS (SELECT 1 FROM cases k WHERE k.chat=m.chat AND "+filed+")", slices.Concat(ofHanded, ofFiled)...)
}
