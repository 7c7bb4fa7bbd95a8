package converse

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/flows"
	"javab/locales/text"
)

// take turns one effect of the script into what the commit writes.
func (r *run) take(effect flows.Effect) {
	switch e := effect.(type) {
	case flows.Say:
		r.say(e.Message, e.Flow, e.Step)
	case flows.Keep:
		e.Piece.At = r.now
		r.before.Draft = cmp.Or(r.before.Draft, e.Piece.Draft) // the form may begin with this very piece
		r.kept = append(r.kept, e)
	case flows.Language:
		r.chat.Lang, r.chat.Chosen = e.Lang, true
	case flows.Do:
		r.do = &e
	case flows.HandOver:
		r.handed = &e
	case flows.Asked:
		r.asks(e)
	case flows.Pressed:
		r.rows.Handled = bot.Handled{Question: e.Question, Pressed: e.Button}
	default:
		panic(fmt.Sprintf("effect %T has no place in a turn", effect))
	}
}

// hear records what the member sent, at the place where he sent it, and orders the files he sent with it.
func (r *run) hear(words string) {
	switch r.in.Kind {
	case bot.KindEvent, bot.KindBlocked, bot.KindUnblocked:
		return
	}
	place := r.before
	if r.state.Confidential { // by these very words
		place.Unit, place.Confidential = r.state.Unit, true
	}
	r.rows.Messages = append(r.rows.Messages, r.line(bot.Message{
		Direction: bot.In, Author: bot.ByMember, Kind: r.in.Kind, Text: words, SearchKey: r.searched(words),
		Files: r.in.Files, Ref: r.in.Ref,
	}, place))
	for _, file := range r.in.Files {
		r.order(bot.JobFile, "file:"+file.ID, bot.FileOrder{Chat: r.chat.Key, File: file}, r.now)
	}
	if r.in.Album != "" {
		r.gather(r.in.Album)
	}
}

// searched is the search key of what the member sent: his own words, not the label of a button.
func (r *run) searched(words string) string {
	if r.in.Press != nil {
		return ""
	}
	return text.Fold(words)
}

// heard is the inbound as a line of the record: the words without what nothing may keep, or what the button says.
func (r *run) heard() string {
	if r.in.Press != nil {
		return r.script.Program.PressLabel(r.state, r.in.Press.Data, r.chat.Lang)
	}
	return r.script.Program.Unsaid(r.state, r.in.Text)
}

// albumTime is how long the parts of an album may take to arrive; each is an update of its own.
const albumTime = 1500 * time.Millisecond

// gather sets the timer that acknowledges an album once, when all of it is likely to be there.
func (r *run) gather(album string) {
	key := fmt.Sprintf("album:%s:%s", r.chat.Key, album)
	r.order(bot.JobEvent, key, bot.Inbound{
		Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: key}, Chat: r.chat.Key,
		Kind: bot.KindEvent, Event: bot.EventFilesGathered, At: r.now.Add(albumTime),
	}, r.now.Add(albumTime))
}

// say notes a message to the member; fill makes it a row and a job. A blocked chat is sent nothing.
func (r *run) say(message bot.Outbound, flow, step string) {
	if r.chat.Blocked {
		return
	}
	message.Lang = r.chat.Lang
	if message.Replace != "" {
		message.Replace = r.pressed()
	}
	key := fmt.Sprintf("u%s.%d", r.event(), r.sent)
	r.sent++
	place := r.state
	if place.Flow != flow && r.before.Flow == flow {
		place = r.before // the flow ended with these words: they belong to its form
	}
	place.Flow, place.Step = flow, step
	line := r.line(bot.Message{Direction: bot.Out, Author: bot.ByBot, Kind: bot.KindText, JobKey: key}, place)
	r.said = append(r.said, said{message, line})
}

// said is a message that is not yet a row: a long value in it may still have to be read from the draft.
type said struct {
	message bot.Outbound
	line    bot.Message
}

// pressed is the message under the member's finger, which a menu may take the place of.
func (r *run) pressed() string {
	if r.in.Press == nil {
		return ""
	}
	return r.in.Press.Ref
}

// line fills in what all lines of the record have in common, among it the place in the scripts that it belongs to.
func (r *run) line(m bot.Message, place flows.State) bot.Message {
	m.Chat, m.At, m.Flow, m.Step, m.Bundle = r.chat.Key, r.now, place.Flow, place.Step, r.script.Version
	m.Draft, m.Unit, m.Confidential = place.Draft, place.Unit, place.Confidential
	return m
}

// order adds a job without a lane.
func (r *run) order(kind bot.JobKind, key string, payload any, at time.Time) {
	r.rows.Jobs = append(r.rows.Jobs, bot.Job{Kind: kind, Key: key, Payload: encode(payload), RunAt: at})
}

// encode writes our own words as JSON, which cannot fail: they hold no channels and no functions.
func encode(payload any) []byte {
	encoded, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	return encoded
}

// fill makes rows of what was kept and said. A message that quotes a long value gets it from the draft, where it lies.
func (r *run) fill(ctx context.Context) error {
	for _, k := range r.kept {
		if k.From != "" {
			draft, err := r.written(ctx, k.Piece.Draft)
			if err != nil {
				return err
			}
			k.Piece.Text = draft.Text(k.From)
		}
		r.rows.Pieces = append(r.rows.Pieces, k.Piece)
	}
	for _, s := range r.said {
		if slices.ContainsFunc(s.message.Segments, func(seg bot.Segment) bool { return seg.Draft != "" }) {
			draft, err := r.written(ctx, s.line.Draft)
			if err != nil {
				return err
			}
			s.message.Segments = quote(s.message.Segments, draft, r.chat.Lang)
		}
		r.post(s)
	}
	r.kept, r.said = nil, nil
	return nil
}

// post makes a row and a job of one message.
func (r *run) post(s said) {
	s.line.Text = s.message.Plain()
	if s.message.Private {
		s.line.Text = flows.Dots
	}
	r.rows.Messages = append(r.rows.Messages, s.line)
	r.rows.Jobs = append(r.rows.Jobs, bot.Job{
		Kind: bot.JobSend, Lane: r.chat.Key, Key: s.line.JobKey, Payload: encode(s.message), RunAt: r.now,
	})
}

// written is a draft as it will be: the rows that were committed before, and the pieces of this very turn.
func (r *run) written(ctx context.Context, id bot.DraftID) (bot.Draft, error) {
	draft, err := r.drafts(ctx, id)
	if err != nil {
		return draft, fmt.Errorf("read draft: %w", err)
	}
	return draft.With(r.rows.Pieces), nil
}

// quote fills in the segments that stand for a value of the draft.
func quote(segments []bot.Segment, draft bot.Draft, lang bot.Lang) []bot.Segment {
	filled := slices.Clone(segments)
	for i, s := range filled {
		if s.Draft != "" {
			filled[i] = bot.Segment{Text: text.Isolate(draft.Text(s.Draft)), Style: s.Style}
			if filled[i].Text == "" && i+1 < len(filled) { // only files: no gap in front of their number
				filled[i+1].Text = strings.TrimPrefix(filled[i+1].Text, " ")
			}
		}
	}
	return text.FinishSegments(lang, filled)
}
