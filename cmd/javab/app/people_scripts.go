package app

import (
	"strings"

	"javab/bot"
)

// Replies are the ready replies, those for the unit and the topic first, and the version of the content they are of.
func (l *library) Replies(unit bot.UnitID, topic string) (first, rest []bot.ReadyReply, version int) {
	live := l.live.Load()
	first, rest = live.bundle.Offered(unit, live.bundle.Subject(topicID(topic)))
	return first, rest, live.script.Version
}

// Guide is what the bot itself says of a topic.
func (l *library) Guide(topic string) bot.Text {
	return l.live.Load().bundle.Guide(topicID(topic))
}

// Asked is the first line of what the bot says at a step.
func (l *library) Asked(flow, step string) bot.Text { return l.live.Load().bundle.Asked(flow, step) }

// Field names what the bot collected.
func (l *library) Field(flow, field string) bot.Text { return l.live.Load().bundle.Field(flow, field) }

// topicID is the entry of the content that a topic names; a step of it may stand behind.
func topicID(topic string) string {
	id, _, _ := strings.Cut(topic, " ")
	return id
}
