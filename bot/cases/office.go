package cases

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"javab/bot"
	"javab/bot/approve"
)

// Office carries out what officers do to cases. Each act commits the case, its timeline, what the member is told and the
// audit in one transaction. Its fields are set once; it is safe for concurrent use.
type Office struct {
	*Keeper // the times of promises, the words to members, clock and randomness
	Store   OfficeStore
	Units   Units
	// Approvals holds what an officer may not say or decide alone; nil: he may say everything.
	Approvals *approve.Office
}

// Do carries out an act of by. What he does not see is bot.NotFound. A move that the procedure does not know is refused as
// bot.Conflict, and the audit tells of it.
func (o *Office) Do(ctx context.Context, by bot.Staff, number bot.CaseNumber, act Act) error {
	return o.begin(ctx, number, chatsOf(act), func(ctx context.Context, d *deed) error {
		d.by = by
		if err := d.may(ctx, act); err != nil {
			return err
		}
		err := act.do(ctx, d)
		if illegal(err) {
			d.refused, err = err, nil
		}
		return err
	})
}

// deed is one act on one case while its transaction runs: chat and case are locked.
type deed struct {
	pass
	office *Office
	tx     OfficeTx
	by     bot.Staff // no id: nobody of the staff
	bench  approve.Bench
	about  []bot.StaffID
	chats  map[bot.ChatKey]bot.Chat // that are locked
	audit  []bot.AuditEntry
	idle   bool // it was done before: nothing is to be written

	refused error // the procedure has no such move: the audit alone is written
}

// begin locks the case and runs f, which may run twice. Chats are locked before the case, in one order.
func (o *Office) begin(ctx context.Context, number bot.CaseNumber, also []bot.ChatKey, f func(context.Context, *deed) error) error {
	found, err := o.Store.ReadCase(ctx, number)
	if bot.KindOf(err) == bot.NotFound {
		return hidden(number)
	}
	if err != nil {
		return fmt.Errorf("find case %s: %w", number, err)
	}
	bench, err := o.bench(ctx)
	if err != nil {
		return err
	}
	var done *deed
	rev, now := int64(o.Random()>>1)|1, o.Clock()
	err = o.Store.Do(ctx, func(tx OfficeTx) (err error) {
		done = &deed{office: o, tx: tx, bench: bench, pass: pass{Keeper: o.Keeper, tx: tx, letter: letter{texts: o.Words, now: now}}}
		if err := done.open(ctx, found, also); err != nil {
			return err
		}
		if err := f(ctx, done); err != nil || done.idle {
			return err
		}
		if done.refused != nil {
			return done.auditRefusal(ctx)
		}
		return done.write(ctx, rev)
	})
	if err != nil || done.refused != nil {
		return cmp.Or(err, done.refused)
	}
	o.afterwards(done)
	return nil
}

// bench is who decides what is held; it is read before the transaction.
func (o *Office) bench(ctx context.Context) (approve.Bench, error) {
	if o.Approvals == nil {
		return approve.Bench{}, nil
	}
	return o.Approvals.Bench(ctx)
}

// afterwards is what nobody waits for.
func (o *Office) afterwards(done *deed) {
	if done.idle {
		return
	}
	if len(done.rows.Jobs) > 0 {
		o.Post.Wake(done.chat.Key)
	}
	o.Hot.Put(done.chat)
	o.tellMoved(done.c.Number)
}

// open locks the chats and the case, and brings its dates up to what has happened since they were counted.
func (d *deed) open(ctx context.Context, found bot.Case, also []bot.ChatKey) (err error) {
	if err := d.lock(ctx, found.Chat, also); err != nil {
		return err
	}
	if d.c, err = d.tx.Case(ctx, found.Number); err != nil {
		return fmt.Errorf("lock case %s: %w", found.Number, err)
	}
	if d.c.Chat != d.chat.Key { // handed on while we looked
		return conflict("case_changed")
	}
	if d.about, err = d.tx.About(ctx, d.c.Chat); err != nil {
		return fmt.Errorf("read whom case %s is about: %w", d.c.Number, err)
	}
	book := d.Hours.Book()
	d.promise = promise{book.For(d.c.Unit), d.Catalog.PromiseRules(), book.Version}
	if !d.c.State.Open() {
		return nil
	}
	return d.count(ctx)
}

// move takes the case to another state now.
func (d *deed) move(to bot.CaseState) (err error) {
	d.c, err = d.promise.move(d.c, to, d.now)
	return err
}

// log is a line of the timeline, and an entry of the audit that says the same without the words; a reason is in both.
func (d *deed) log(what, words, reason, before, after string) {
	d.line(what, cmp.Or(words, reason), before, after)
	d.audits("case."+what, reason, before, after)
}

// line is a line of the timeline by whoever acts.
func (d *deed) line(what, words, before, after string) {
	author := d.by.Author()
	if d.by.ID == "" {
		author = bot.ByBot
	}
	d.entries = append(d.entries, bot.CaseEntry{Case: d.c.ID, What: what, Author: author, Text: words, Before: before, After: after, At: d.now})
}

// audits adds an entry of the audit. Its subject is the chat: whom that is about finds nothing of it there.
func (d *deed) audits(what, reason, before, after string) {
	d.audit = append(d.audit, bot.AuditEntry{
		At: d.now, By: d.by.ID, What: what, Subject: "chat " + string(d.c.Chat), Before: before,
		After: spaced("case", d.c.Number.String(), after), Reason: reason,
	})
}

// plan says what is done next by whoever works on the case.
func (d *deed) plan(what string, at time.Time) {
	d.c.Next = bot.Next{What: what, Who: d.c.Holder, At: at}
}

// soon is an instant of working time from now.
func (d *deed) soon(after time.Duration) (time.Time, error) { return d.calendar.Add(d.now, after) }

// write commits the act: the case with its dates counted anew, what was said in its chat, and the audit last, whose head is
// locked.
func (d *deed) write(ctx context.Context, rev int64) error {
	if !d.c.State.Open() {
		d.c.Next = bot.Next{}
	}
	if err := d.promise.count(&d.c); err != nil {
		return err
	}
	if err := d.wake(&d.c, d.now); err != nil {
		return err
	}
	if err := d.tx.SaveCase(ctx, d.c, d.entries...); err != nil {
		return fmt.Errorf("save case %s: %w", d.c.Number, err)
	}
	d.chat.Rev = rev // whoever looks at the chat sees that its case has changed
	d.rows.Chat = &d.chat
	if _, err := d.tx.Append(ctx, d.rows, bot.Lease{}); err != nil {
		return fmt.Errorf("write to chat %s: %w", d.chat.Key, err)
	}
	return d.auditAll(ctx)
}

func (d *deed) auditAll(ctx context.Context) error {
	for _, entry := range d.audit {
		if err := d.tx.Audit(ctx, entry); err != nil {
			return fmt.Errorf("audit %s: %w", entry.What, err)
		}
	}
	return nil
}
