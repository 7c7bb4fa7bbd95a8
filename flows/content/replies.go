package content

import (
	"slices"

	"javab/bot"
)

type repliesFile struct {
	Version int
	Replies []replyEntry
}

type replyEntry struct {
	ID, Unit, Topic string

	Title, Text bot.Text
}

// replies are the ready replies with the settings filled in.
func (a *assembly) replies() []bot.ReadyReply {
	var list []bot.ReadyReply
	for _, r := range a.files.replies.Replies {
		list = append(list, bot.ReadyReply{
			ID: r.ID, Unit: bot.UnitID(r.Unit), Topic: r.Topic, Title: r.Title, Text: a.expand(r.Text),
		})
	}
	return list
}

// replies checks that ready replies say something, and where they are offered.
func (l *linter) replies() {
	s := l.files.sources["replies"]
	for i, r := range l.files.replies.Replies {
		l.to(s, "units", r.Unit, "replies", i, "unit")
		l.to(s, "topics", r.Topic, "replies", i, "topic")
		for name, text := range map[string]bot.Text{"title": r.Title, "text": r.Text} {
			if text.Empty() {
				s.fail(s.at("replies", i), "content.field_missing", "Field", name)
			}
		}
		if r.ID == "" {
			s.fail(s.at("replies", i), "content.field_missing", "Field", "id")
		}
	}
}

// leftOpen reports whether a placeholder of a file is filled in later than when the content is loaded.
func leftOpen(file, name string) bool {
	return file == "replies" && slices.Contains(bot.ReadyVars[:], name)
}
