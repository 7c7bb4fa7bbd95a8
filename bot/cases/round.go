package cases

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// Keeper keeps the promises of cases: it tells members on the way, calls people when time runs out, brings what was proposed
// to its end, asks how it was, and counts dates anew when the working time has changed. Its fields are set once; it is safe for use from anywhere.
type Keeper struct {
	Procedure
	Store  Store
	Words  Words
	Hot    Hot
	Post   Post
	Why    Why // nil where nobody knows
	Clock  func() time.Time
	Random func() uint64 // cryptographic: revisions come from it
	// Moved is told of each case that has changed, after the commit. It must not wait; nil: nobody need hear of it.
	Moved func(number bot.CaseNumber)
}

// Hot is told of every chat that moved.
type Hot interface{ Put(chat bot.Chat) }

// Post is told of a lane that has something to carry.
type Post interface{ Wake(lane bot.ChatKey) }

// Why says why working time was changed.
type Why interface {
	// ChangedSince returns the changes after a version by which deadlines may move, oldest first. It is asked outside any
	// transaction.
	ChangedSince(ctx context.Context, version int64) ([]Changed, error)
}

// Changed is one change of working time.
type Changed struct {
	Unit   bot.UnitID // whose deadlines it may move; empty: everybody's
	Reason string     // in the words of who changed it
}

// batch bounds the cases of one round, each a short transaction: what is more waits for the next.
const batch = 200

// Round does what time has brought to cases. It may be run as often as one likes, and by several at once: each thing
// happens once. A case that fails stands in nobody else's way.
func (k *Keeper) Round(ctx context.Context) error {
	due, err := k.Store.DueCases(ctx, k.Clock(), k.Hours.Book().Version, batch)
	if err != nil {
		return fmt.Errorf("find the cases that time has come for: %w", err)
	}
	var errs []error
	for _, d := range due {
		if err := k.keep(ctx, d); err != nil {
			errs = append(errs, fmt.Errorf("keep case %s: %w", d.Number, err))
		}
	}
	return errors.Join(errs...)
}

// keep does what time has brought to one case, in one transaction: the chat is locked first, as a turn does.
func (k *Keeper) keep(ctx context.Context, due Due) error {
	var done *pass
	rev, now, book := int64(k.Random()>>1)|1, k.Clock(), k.Hours.Book()
	changes, err := k.changes(ctx, due, book.Version)
	if err != nil {
		return err
	}
	err = k.Store.Do(ctx, func(tx RoundTx) (err error) {
		done = &pass{Keeper: k, tx: tx, letter: letter{texts: k.Words, now: now}, changes: changes}
		if done.chat, err = tx.Chat(ctx, due.Chat); err != nil {
			return fmt.Errorf("lock chat %s: %w", due.Chat, err)
		}
		if done.c, err = tx.Case(ctx, due.Number); err != nil {
			return err
		}
		if done.c.Chat != due.Chat { // handed on meanwhile: the next round finds it there
			return nil
		}
		done.promise = promise{book.For(done.c.Unit), k.Catalog.PromiseRules(), book.Version}
		if err := done.run(ctx); err != nil {
			return err
		}
		return done.write(ctx, rev)
	})
	if err == nil && len(done.entries) > 0 {
		k.tellMoved(due.Number)
	}
	if err != nil || len(done.rows.Messages) == 0 {
		return err
	}
	k.Post.Wake(done.chat.Key)
	k.Hot.Put(done.chat)
	return nil
}

func (k *Keeper) tellMoved(number bot.CaseNumber) {
	if k.Moved != nil {
		k.Moved(number)
	}
}

// changes are the changes of working time since the dates of a case were counted, when there are any.
func (k *Keeper) changes(ctx context.Context, due Due, version int64) ([]Changed, error) {
	if k.Why == nil || due.Version >= version {
		return nil, nil
	}
	changes, err := k.Why.ChangedSince(ctx, due.Version)
	if err != nil {
		return nil, fmt.Errorf("read why the working time has changed: %w", err)
	}
	return changes, nil
}

// pass is one look at one case while its transaction runs.
type pass struct {
	*Keeper
	promise
	tx RoundTx
	letter
	c       bot.Case
	facts   facts
	changes []Changed
	entries []bot.CaseEntry
}

// steps bounds what time can do to the case itself in one pass, beside what it does to its parts; each thing happens once,
// so there are never more.
const steps = 16

func (p *pass) run(ctx context.Context) error {
	if err := p.learn(ctx); err != nil {
		return err
	}
	for range steps + 2*len(p.facts.referrals) + len(p.facts.tasks) {
		all, err := p.moments(p.c, p.facts, p.now)
		if err != nil {
			return err
		}
		if len(all) == 0 || all[0].at.After(p.now) {
			return p.sleep(&p.c, p.facts, p.now)
		}
		if err := p.happen(ctx, all[0]); err != nil {
			return err
		}
	}
	return fmt.Errorf("time goes in circles")
}

// learn brings the case up to what has happened since the last look, and reads what belongs to it.
func (p *pass) learn(ctx context.Context) (err error) {
	if !p.c.State.Open() {
		p.c.HoursVersion = p.version
		return nil
	}
	if p.facts.referrals, err = p.tx.Referrals(ctx, p.c.ID); err != nil {
		return fmt.Errorf("read its referrals: %w", err)
	}
	if p.facts.tasks, err = p.tx.Tasks(ctx, p.c.ID); err != nil {
		return fmt.Errorf("read its tasks: %w", err)
	}
	p.c.Overdue = overdue(p.facts.tasks)
	if err := p.count(ctx); err != nil {
		return err
	}
	p.facts.closure, err = p.climb(ctx)
	return err
}

// count brings the dates up to what has happened since they were counted: staff has written, the working time has changed.
func (p *pass) count(ctx context.Context) error {
	if p.c.Clock.Promised == 0 {
		category, known := p.Catalog.Category(p.c.Kind, p.c.Category)
		if !known {
			return fmt.Errorf("no promise is known for category %s", p.c.Category)
		}
		p.adopt(&p.c, category)
	}
	if err := p.arrived(ctx); err != nil {
		return err
	}
	first, last, err := p.tx.Answered(ctx, p.c.Chat, p.c.ToldAt)
	if err != nil {
		return fmt.Errorf("read what was said: %w", err)
	}
	if !last.IsZero() {
		p.c.ToldAt = last
		if p.c.AnsweredAt.IsZero() {
			p.c.AnsweredAt = first
		}
	}
	before, counted := p.c.DueAt, p.c.HoursVersion
	if err := p.promise.count(&p.c); err != nil {
		return err
	}
	if counted != p.c.HoursVersion && !before.Equal(p.c.DueAt) {
		p.note(Recounted, before, p.c.DueAt)
		p.entries[len(p.entries)-1].Text = p.why()
	}
	return nil
}

// why are the reasons of the changes that may have moved the dates of the case.
func (p *pass) why() string {
	var reasons []string
	for _, c := range p.changes {
		if (c.Unit == "" || c.Unit == p.c.Unit) && c.Reason != "" && !slices.Contains(reasons, c.Reason) {
			reasons = append(reasons, c.Reason)
		}
	}
	return strings.Join(reasons, "; ")
}

// happen does one thing.
func (p *pass) happen(ctx context.Context, m moment) error {
	switch m.what {
	case FirstLate:
		p.c.FirstLateAt = p.c.FirstAnswerAt
		p.note(FirstLate, p.c.FirstAnswerAt, time.Time{})
	case AtRisk:
		p.c.Alarm = bot.AlarmOfficer
		p.note(AtRisk, time.Time{}, p.c.DueAt)
	case Breached:
		return p.breach(ctx)
	case ToHead:
		p.c.Alarm = bot.AlarmHead
		p.note(ToHead, p.c.BreachedAt, time.Time{})
	case ReferralNear, ReferralLate, TaskLate:
		return p.part(ctx, m)
	case Undelivered, Reminded, CallMade, Ended:
		return p.silence(ctx, m.what)
	case Surveyed:
		return p.ask(ctx)
	case Checked:
		p.checkIn()
	default:
		return p.tell(m.what)
	}
	return nil
}

// breach notes that the promise is broken, and calls the manager.
func (p *pass) breach(ctx context.Context) error {
	was := p.c.Escalated()
	p.c.BreachedAt = p.c.DueAt
	if p.c.Alarm != bot.AlarmHead {
		p.c.Alarm = bot.AlarmManager
	}
	p.c.ToldDue = time.Time{} // the member is told that it has passed, when the chamber is open
	p.note(Breached, p.c.DueAt, time.Time{})
	return p.escalated(ctx, was)
}

// moved adds a line that says from which state to which the case went, and how.
func (p *pass) moved(what string, before bot.CaseState, how string) {
	p.entries = append(p.entries, bot.CaseEntry{
		Case: p.c.ID, What: what, Author: bot.ByBot, Text: how, Before: string(before), After: string(p.c.State), At: p.now,
	})
}

// note adds a line to the timeline, with the dates before and after.
func (p *pass) note(what string, before, after time.Time) {
	p.entries = append(p.entries, bot.CaseEntry{Case: p.c.ID, What: what, Author: bot.ByBot, Before: date(before), After: date(after), At: p.now})
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (p *pass) write(ctx context.Context, rev int64) error {
	if err := p.tx.SaveCase(ctx, p.c, p.entries...); err != nil {
		return err
	}
	if len(p.rows.Messages) == 0 {
		return nil
	}
	p.chat.Rev = rev
	p.rows.Chat = &p.chat
	_, err := p.tx.Append(ctx, p.rows, bot.Lease{})
	return err
}
