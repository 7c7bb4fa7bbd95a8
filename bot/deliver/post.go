package deliver

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"javab/bot"
)

// post sends messages on one channel.
type post struct {
	courier *Courier
	sender  Sender
	channel bot.ChannelID
	strikes strikes
}

// try sends one message and says what becomes of its job.
func (p *post) try(ctx context.Context, job bot.Job) Finish {
	crew := p.courier.channels[p.channel]
	if now := p.courier.Clock(); crew.paused(now) {
		return Finish{Ending: Snoozed, Until: time.UnixMilli(crew.pause.Load())}
	}
	var message bot.Outbound
	if err := json.Unmarshal(job.Payload, &message); err != nil {
		return Finish{Ending: GaveUp, Err: fmt.Sprintf("read message: %v", err)}
	}
	ref, err := p.carry(ctx, job.Lane.Native(), message)
	if err == nil {
		return Finish{Ending: Done, Ref: ref}
	}
	return p.judge(job, err)
}

// carry sends a message, or changes the one that it amends: an earlier one of its lane, which has gone out or never will.
func (p *post) carry(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	if m.Amends == "" {
		return p.send(ctx, chat, m)
	}
	ref, err := p.courier.Queue.Sent(ctx, m.Amends)
	switch {
	case err != nil:
		return "", &bot.SendError{Fault: bot.FaultTransient, Err: fmt.Errorf("find what job %s has sent: %w", m.Amends, err)}
	case ref == "":
		return "", &bot.SendError{Fault: bot.FaultNotFound, Err: fmt.Errorf("job %s has sent no message that has a name", m.Amends)}
	case m.Withdraw:
		return "", p.sender.Delete(ctx, chat, ref)
	}
	return "", p.sender.Edit(ctx, chat, ref, m)
}

// send tries once more without styles when the messenger could not read our markup.
func (p *post) send(ctx context.Context, chat string, m bot.Outbound) (bot.Ref, error) {
	ref, err := p.sender.Send(ctx, chat, m)
	if err == nil || bot.FaultOf(err) != bot.FaultMarkup {
		return ref, err
	}
	plain := make([]bot.Segment, len(m.Segments))
	for i, s := range m.Segments {
		plain[i] = bot.Segment{Text: s.Text}
	}
	m.Segments = plain
	return p.sender.Send(ctx, chat, m)
}

// judge turns a fault into an ending. Being told to wait, or to come back with another token, burns no attempt.
func (p *post) judge(job bot.Job, err error) Finish {
	now := p.courier.Clock()
	switch fault := bot.FaultOf(err); fault {
	case bot.FaultNotModified:
		return Finish{Ending: Done}
	case bot.FaultRateLimited:
		until := now.Add(waitOf(err) + snoozeExtra)
		if p.strikes.add(job.Lane, now) {
			p.courier.channels[p.channel].pauseUntil(until)
		}
		return Finish{Ending: Snoozed, Until: until, Err: string(fault)}
	case bot.FaultUnauthorized:
		until := now.Add(time.Minute)
		p.courier.channels[p.channel].pauseUntil(until)
		p.courier.Log.Error("the messenger refuses the token; the channel is paused", "channel", p.channel)
		return Finish{Ending: Snoozed, Until: until, Err: string(fault)}
	case bot.FaultBlocked:
		return Finish{Ending: GaveUp, Blocked: true, Err: string(fault)}
	case bot.FaultTransient, bot.FaultAmbiguous:
		return p.courier.again(job, err)
	default:
		return Finish{Ending: GaveUp, Err: err.Error()}
	}
}
