package sqlstore

import (
	"strings"

	"javab/bot"
	"javab/storage"
)

type handoverRow struct {
	ID           string
	Chat         string
	Name         string
	Member       string
	Unit         string
	Topic        string
	Reason       string
	Flow         string
	Step         string
	Bundle       int
	Draft        string
	Lang         string
	Priority     int
	At           int64
	State        string
	DueAt        int64
	Holder       string
	Named        string
	ClaimedAt    int64
	AnsweredAt   int64
	SnoozedUntil int64
	Confidential bool
	Outcome      string
	EndedAt      int64
	about        string // rows of their own; gorm passes it by
}

func (handoverRow) TableName() string { return "handovers" }

// handoverColumns are what scan reads, of the table called h.
const handoverColumns = "h.id, h.chat, h.name, h.member, h.unit, h.topic, h.reason, h.flow, h.step, h.bundle, h.draft, h.lang," +
	" h.priority, h.at, h.state, h.due_at, h.holder, h.named, h.claimed_at, h.answered_at, h.snoozed_until," +
	" h.confidential, h.outcome, h.ended_at," +
	" COALESCE((SELECT string_agg(a.staff, ' ' ORDER BY a.staff) FROM accused a WHERE a.chat=h.chat), '')"

func (r *handoverRow) scan() []any {
	return []any{
		&r.ID, &r.Chat, &r.Name, &r.Member, &r.Unit, &r.Topic, &r.Reason, &r.Flow, &r.Step, &r.Bundle, &r.Draft, &r.Lang,
		&r.Priority, &r.At, &r.State, &r.DueAt, &r.Holder, &r.Named, &r.ClaimedAt, &r.AnsweredAt, &r.SnoozedUntil,
		&r.Confidential, &r.Outcome, &r.EndedAt, &r.about,
	}
}

func handoverRowOf(h bot.HandOver) handoverRow {
	return handoverRow{
		ID: h.ID, Chat: string(h.Chat), Name: clean(h.Name), Member: string(h.Member), Unit: string(h.Unit), Topic: clean(h.Topic),
		Reason: h.Reason, Flow: h.Flow, Step: h.Step, Bundle: h.Bundle, Draft: string(h.Draft), Lang: string(h.Lang),
		Priority: h.Priority, At: storage.Millis(h.At), State: string(h.State), DueAt: storage.Millis(h.DueAt),
		Holder: string(h.Holder), Named: string(h.Named), ClaimedAt: storage.Millis(h.ClaimedAt),
		AnsweredAt: storage.Millis(h.AnsweredAt), SnoozedUntil: storage.Millis(h.SnoozedUntil),
		Confidential: h.Confidential, Outcome: h.Outcome, EndedAt: storage.Millis(h.EndedAt),
	}
}

func (r handoverRow) handOver() bot.HandOver {
	h := bot.HandOver{
		ID: r.ID, Chat: bot.ChatKey(r.Chat), Name: r.Name, Member: bot.MemberID(r.Member), Unit: bot.UnitID(r.Unit), Topic: r.Topic,
		Reason: r.Reason, Flow: r.Flow, Step: r.Step, Bundle: r.Bundle, Draft: bot.DraftID(r.Draft), Lang: bot.Lang(r.Lang),
		Priority: r.Priority, At: storage.Instant(r.At), State: bot.HandOverState(r.State), DueAt: storage.Instant(r.DueAt),
		Holder: bot.StaffID(r.Holder), Named: bot.StaffID(r.Named), ClaimedAt: storage.Instant(r.ClaimedAt),
		AnsweredAt: storage.Instant(r.AnsweredAt), SnoozedUntil: storage.Instant(r.SnoozedUntil),
		Confidential: r.Confidential, Outcome: r.Outcome, EndedAt: storage.Instant(r.EndedAt),
	}
	for _, who := range strings.Fields(r.about) {
		h.About = append(h.About, bot.StaffID(who))
	}
	return h
}
