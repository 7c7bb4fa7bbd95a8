package app

import (
	"context"
	"time"

	"javab/bot"
	"javab/webhook/auth"
	"javab/webhook/officeweb"
	"javab/webhook/page"
)

func (h *house) officePages(p *people, shell *page.Shell) *officeweb.Office {
	return &officeweb.Office{
		Shell: shell, Staff: h.store, Roster: p.roster, Content: h.library, Counts: officeCounts{h}, Hours: h.hours,
		Audit: auditPages{h.store, h.env.world()}, Ops: opsPages{h}, Fresh: auth.Fresh, Clock: h.env.world(),
	}
}

// officeCounts is what the office may know of chats: how many there are.
type officeCounts struct{ *house }

// Queues implements officeweb.Counts. They are counted as somebody sees them who stands over all units and is no named
// handler of anything: who reads the page may be one who sees no chat at all.
func (o officeCounts) Queues(ctx context.Context) ([]officeweb.Queue, error) {
	loads, err := o.store.Live(ctx, bot.Staff{Role: bot.RoleHead}, o.env.Clock())
	var queues []officeweb.Queue
	for _, l := range loads {
		if l.Staff == "" {
			queues = append(queues, officeweb.Queue{Unit: l.Unit, Waiting: l.Waiting, Held: l.Held, Snoozed: l.Snoozed, Oldest: l.Oldest})
		}
	}
	return queues, err
}

// RepliesSent implements officeweb.Counts.
func (o officeCounts) RepliesSent(ctx context.Context, since time.Time) (map[string]int, error) {
	return o.store.RepliesSent(ctx, since)
}

// Ready are the ready replies of the content, in its order.
func (l *library) Ready() []bot.ReadyReply { return l.live.Load().bundle.Replies }

// Heading names a topic of the answers; an unknown one is called by its id.
func (l *library) Heading(topic string, lang bot.Lang) string {
	if item, known := l.live.Load().bundle.Item("topics", topic); known {
		return item.Label.In(lang)
	}
	return topic
}

// Limits are the times of the desk that the content sets.
func (l *library) Limits() officeweb.Limits {
	rules, promised := l.Rules(), l.live.Load().bundle.Promises.Claim
	return officeweb.Limits{
		FirstAnswer: time.Duration(promised.FirstAnswerWorkingMinutes) * time.Minute,
		Warn:        rules.Warn, Release: rules.Release, Lost: rules.Lost, Ask: rules.Ask, Back: rules.Back,
	}
}
