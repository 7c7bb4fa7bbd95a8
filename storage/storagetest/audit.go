package storagetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
)

// told is an entry of the audit.
func told(what, subject string) bot.AuditEntry {
	return bot.AuditEntry{
		At: noon, By: "s1", What: what, Subject: subject, Before: "b\x00ad", After: "\u06cc", Reason: "because", From: "192.0.2.1",
	}
}

func (w world) tell(entries ...bot.AuditEntry) {
	w.t.Helper()
	w.do(func(tx storage.Tx) error {
		for _, e := range entries {
			if err := tx.Audit(w.ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w world) chain(since staff.Mark) staff.Chain {
	w.t.Helper()
	return read(w.VerifyAudit(w.ctx, since))(w.t)
}

// seqs are the places of what a question found.
func (w world) seqs(q staff.AuditQuery) (seqs []int64) {
	w.t.Helper()
	for _, line := range read(w.AuditLines(w.ctx, q))(w.t) {
		seqs = append(seqs, line.Seq)
	}
	return seqs
}

// audits is what staff.Tx and staff.Reads promise of the audit.
func audits() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"an empty audit holds": func(t *testing.T, w world) {
			equal(t, "chain", w.chain(staff.Mark{}), staff.Chain{})
			equal(t, "lines", w.seqs(staff.AuditQuery{Limit: 9}), []int64(nil))
		},
		"entries of one closure and of the next are one chain": func(t *testing.T, w world) {
			w.tell(told("signin", "staff s1"), told("chat.claimed", "chat tg:b:1"))
			first := w.chain(staff.Mark{})
			w.tell(told("signout", "staff s1"))
			second := w.chain(first.Head)
			equal(t, "rows", []any{first.Rows, second.Rows, first.Broken, second.Broken}, []any{2, 3, nil, nil})
			equal(t, "head", []any{second.Head.Seq, len(second.Head.Hash), string(first.Head.Hash) != string(second.Head.Hash)}, []any{3, 32, true})
			got := read(w.AuditLines(w.ctx, staff.AuditQuery{Limit: 1}))(t)[0]
			got.Before = "" // stores differ in what they can keep of a broken text; the chain holds over what is kept
			want := told("signout", "staff s1")
			want.Before = ""
			equal(t, "line", got, staff.AuditLine{Seq: 3, AuditEntry: want})
		},
		"what a failed closure told is in no chain": func(t *testing.T, w world) {
			w.tell(told("signin", "staff s1"))
			before := w.chain(staff.Mark{})
			broken := errors.New("broken")
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				return errors.Join(tx.Audit(w.ctx, told("signout", "staff s1")), broken)
			})
			if !errors.Is(err, broken) {
				t.Error(err)
			}
			equal(t, "chain", w.chain(staff.Mark{}), before)
		},
		"many who write at once make one chain": func(t *testing.T, w world) {
			var wg sync.WaitGroup
			for i := range 50 {
				wg.Go(func() {
					w.tell(told("chat.claimed", fmt.Sprint("chat ", i)), told("chat.replied", fmt.Sprint("chat ", i)))
				})
			}
			for range 5 {
				wg.Go(func() {
					if c := w.chain(staff.Mark{}); c.Broken != nil {
						t.Errorf("a walk meanwhile finds %+v", *c.Broken)
					}
				})
			}
			wg.Wait()
			c := w.chain(staff.Mark{})
			equal(t, "rows", []any{c.Rows, c.Broken}, []any{100, nil})
		},
		"a mark that the chain does not have is missed": func(t *testing.T, w world) {
			w.tell(told("signin", "staff s1"), told("signout", "staff s1"))
			head := w.chain(staff.Mark{}).Head
			equal(t, "cut", *w.chain(staff.Mark{Seq: 7, Hash: head.Hash}).Broken, staff.Break{Seq: 7, Why: staff.Missing})
			equal(t, "made anew", *w.chain(staff.Mark{Seq: 1, Hash: head.Hash}).Broken, staff.Break{Seq: 1, Why: staff.Unmarked, At: noon})
		},
		"the audit is asked by person, by thing and by kind of act, page by page": func(t *testing.T, w world) {
			other := told("signin_other", "staff s2")
			other.By, other.At = "s2", noon.Add(time.Minute)
			last := told("chat.claimed", "chat 1")
			last.At = noon.Add(2 * time.Minute)
			w.tell(told("signin", "staff s1"), told("signin.refused", "staff s2"), other, last)
			for _, c := range []struct {
				q    staff.AuditQuery
				want []int64
			}{
				{staff.AuditQuery{Limit: 9}, []int64{4, 3, 2, 1}},
				{staff.AuditQuery{Limit: 2}, []int64{4, 3}},
				{staff.AuditQuery{Limit: 2, Skip: 3}, []int64{1}},
				{staff.AuditQuery{Limit: 2, Skip: 9}, nil},
				{staff.AuditQuery{Limit: 9, From: noon.Add(time.Minute), To: noon.Add(2 * time.Minute)}, []int64{3}},
				{staff.AuditQuery{Limit: 9, To: noon.Add(time.Minute)}, []int64{2, 1}},
				{staff.AuditQuery{Limit: 9, By: "s2"}, []int64{3}},
				{staff.AuditQuery{Limit: 9, Subject: "staff s2"}, []int64{3, 2}},
				{staff.AuditQuery{Limit: 9, What: "signin"}, []int64{3, 2, 1}},
				{staff.AuditQuery{Limit: 9, What: "signin."}, []int64{2}},
				{staff.AuditQuery{Limit: 9, What: "signin_"}, []int64{3}},
			} {
				equal(t, fmt.Sprintf("%+v", c.q), w.seqs(c.q), c.want)
			}
		},
		"a walk over more rows than a slice finds its end": func(t *testing.T, w world) {
			w.do(func(tx storage.Tx) error {
				for i := range 2500 {
					if err := tx.Audit(w.ctx, bot.AuditEntry{At: noon.Add(time.Duration(i) * time.Second), What: "signin"}); err != nil {
						return err
					}
				}
				return nil
			})
			c := w.chain(staff.Mark{})
			equal(t, "rows", []any{c.Rows, c.Head.Seq, c.Broken}, []any{2500, 2500, nil})
		},
	}
}
