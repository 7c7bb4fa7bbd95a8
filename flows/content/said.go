package content

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
)

// Asked is the first line of what the bot says at a step; empty when it says nothing there.
func (b *Bundle) Asked(flow, step string) bot.Text {
	for _, script := range b.Scripts {
		if script.Flow.Text != flow {
			continue
		}
		for _, s := range script.Steps {
			if s.ID.Text == step {
				return opening(spoken(s))
			}
		}
	}
	return bot.Text{}
}

// asking are the lists whose items a form asks.
var asking = [...]string{"questions", "ask_first", "documents"}

// Field names what a draft keeps under a name: the name of the question that a form asks, else the first line of what
// the bot asks for it, in that flow before any other; empty when nothing is known of it.
func (b *Bundle) Field(flow, field string) bot.Text {
	for _, list := range asking {
		if item, known := b.Item(list, field); known {
			return unheaded(item.Label)
		}
	}
	asked := bot.Text{}
	for _, script := range b.Scripts {
		for _, s := range script.Steps {
			ask, is := s.Body.(*flows.AskStep)
			if is && ask.Save.Text == field && (asked.Empty() || script.Flow.Text == flow) {
				asked = opening(ask.Text)
			}
			if !asked.Empty() && script.Flow.Text == flow {
				return asked
			}
		}
	}
	return asked
}

func spoken(s *flows.Step) flows.Words {
	switch body := s.Body.(type) {
	case *flows.SayStep:
		return body.Text
	case *flows.AskStep:
		return body.Text
	}
	return flows.Words{}
}

// opening is the first line of a text; what the member's own words would fill is left out.
func opening(w flows.Words) bot.Text {
	t := w.Text()
	for _, one := range []*string{&t.Fa, &t.Ar, &t.En} {
		first, _, _ := strings.Cut(*one, "\n")
		*one = strings.TrimSpace(placeholder.ReplaceAllString(first, "…"))
	}
	return t
}

// unheaded is the name of a question without the colon that a summary sets behind it.
func unheaded(t bot.Text) bot.Text {
	return bot.Text{Fa: strings.TrimSuffix(t.Fa, ":"), Ar: strings.TrimSuffix(t.Ar, ":"), En: strings.TrimSuffix(t.En, ":")}
}

// Guide is what the bot itself says of a topic, by the topic's id: the text of an answer, or the steps of a service;
// empty when it knows nothing of it.
func (b *Bundle) Guide(topic string) bot.Text {
	if answer, known := b.Item("answers", topic); known {
		return answer.Fields["text"].Text
	}
	service, known := b.Item("services", b.service(topic))
	if !known {
		return bot.Text{}
	}
	guide := service.Fields["intro"].Text
	for _, step := range service.Fields["steps"].Items {
		words := step.Fields["text"].Text
		guide = bot.Text{Fa: guide.Fa + "\n– " + words.Fa, Ar: guide.Ar + "\n– " + words.Ar, En: guide.En + "\n– " + words.En}
	}
	return guide
}

// service is the service that a request is made for; another id is a service's own.
func (b *Bundle) service(topic string) string {
	if request, known := b.Item("requests", topic); known && request.Fields["service"].Ref != "" {
		return strings.TrimPrefix(request.Fields["service"].Ref, "services/")
	}
	return topic
}

// Subject is under which of the answers' topics something belongs: an answer, a service by what is answered of it, a
// request by its service, a category of complaints, a topic itself; empty when none is known.
func (b *Bundle) Subject(topic string) string {
	if answer, known := b.Item("answers", topic); known {
		return strings.TrimPrefix(answer.Fields["topic"].Ref, "topics/")
	}
	if _, known := b.Category(bot.Complaint, topic); known {
		topic = string(bot.Complaint)
	}
	if _, known := b.Item("topics", topic); known {
		return topic
	}
	service := b.service(topic)
	i := slices.IndexFunc(b.Answers, func(a Answer) bool { return a.Service == service })
	if service == "" || i < 0 {
		return ""
	}
	return b.Answers[i].Topic
}

// Offered returns the ready replies for a unit and a subject: those of the subject first, then those of the unit; rest
// are all others, in their order.
func (b *Bundle) Offered(unit bot.UnitID, subject string) (first, rest []bot.ReadyReply) {
	rank := func(r bot.ReadyReply) int {
		of := 0
		if r.Topic != "" && r.Topic == subject {
			of += 2
		}
		if r.Unit != "" && r.Unit == unit {
			of++
		}
		return of
	}
	for _, r := range b.Replies {
		if rank(r) > 0 {
			first = append(first, r)
		} else {
			rest = append(rest, r)
		}
	}
	slices.SortStableFunc(first, func(x, y bot.ReadyReply) int { return rank(y) - rank(x) })
	return first, rest
}
