package sqlstore

import (
	"context"
	"time"

	"javab/bot"
	"javab/bot/funnel"
	"javab/storage"
)

// botSaid is the condition on a message called m that the bot said it, as the index messages_said has it.
const botSaid = "m.direction='out' AND m.author='bot'"

// funnelStops counts chats, not messages: a chat that came twice to a step came there. The next thing that the bot says
// in the chat, of whatever flow, tells who has asked for an officer.
const funnelStops = `
WITH said AS (
	SELECT m.chat, m.step, m.bundle, m.at, ROW_NUMBER() OVER (PARTITION BY m.chat ORDER BY m.id DESC) AS back, COALESCE((
		SELECT n.flow FROM messages n WHERE n.chat=m.chat AND n.id>m.id AND n.direction='out' AND n.author='bot' ORDER BY n.id LIMIT 1
	), '') AS next
	FROM messages m WHERE ` + botSaid + ` AND m.at>=? AND m.at<? AND m.flow=?
), been AS (
	SELECT chat, step, bundle, MAX(CASE WHEN back=1 AND at<? AND next<>? THEN 1 ELSE 0 END) AS last, MAX(CASE WHEN next=? THEN 1 ELSE 0 END) AS officer
	FROM said GROUP BY chat, step, bundle
)
SELECT b.step, b.bundle, c.lang, COUNT(*), SUM(b.last), SUM(b.officer) FROM been b JOIN chats c ON c.key=b.chat GROUP BY b.step, b.bundle, c.lang`

// FunnelStops implements funnel.Reads.
func (s *Store) FunnelStops(ctx context.Context, q funnel.Query) (list []funnel.Stop, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var stop funnel.Stop
			var lang string
			err := scan(&stop.Step, &stop.Version, &lang, &stop.Entered, &stop.Last, &stop.Officer)
			stop.Lang = bot.Lang(lang)
			list = append(list, stop)
			return err
		}, funnelStops, storage.Millis(q.From), storage.Millis(q.To), q.Flow, storage.Millis(q.Settled), officer(q), officer(q))
	})
	return list, err
}

// officer is the flow that whoever asks for an officer comes to. From there itself nobody asks: no flow has this name.
func officer(q funnel.Query) string {
	if q.Officer == q.Flow || q.Officer == "" {
		return "-"
	}
	return q.Officer
}

const funnelUses = "SELECT m.flow, COUNT(DISTINCT m.chat) FROM messages m WHERE " + botSaid + " AND m.at>=? AND m.at<? AND m.flow<>'' GROUP BY m.flow"

// FunnelUses implements funnel.Reads.
func (s *Store) FunnelUses(ctx context.Context, from, to time.Time) (list []funnel.Use, err error) {
	err = s.guard(ctx, func() error {
		list = nil
		return each(ctx, s.read(), func(scan func(...any) error) error {
			var use funnel.Use
			err := scan(&use.Flow, &use.Chats)
			list = append(list, use)
			return err
		}, funnelUses, storage.Millis(from), storage.Millis(to))
	})
	return list, err
}
