package studio

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"javab/bot"
)

// waiting is until when something waits.
type waiting struct{ due time.Time }

// ask lets proven content wait for a second person. What its author has let wait before is void.
func (s *Studio) ask(ctx context.Context, tx Tx, head Head, n *next, files map[string]File) error {
	open, err := tx.OpenRequests(ctx)
	if err != nil {
		return fmt.Errorf("read what waits: %w", err)
	}
	for _, r := range open {
		if r.By == n.by {
			if err := s.end(ctx, tx, r, n.by, Withdrawn, ""); err != nil {
				return err
			}
		}
	}
	r := Request{
		ID: s.ID(), By: n.by, At: s.Clock(), Note: n.note, From: n.from, Files: files, Drafts: n.drafts, State: Open,
	}
	alone, err := only(ctx, tx, n.by)
	if err != nil {
		return err
	}
	if alone {
		r.Due = r.At.Add(head.Rules.Wait())
	}
	if err := tx.SavePublishRequest(ctx, r); err != nil {
		return fmt.Errorf("keep request %s: %w", r.ID, err)
	}
	n.request, n.due = r.ID, r.Due
	e := s.entry(r.By, "studio.requested", "request "+r.ID)
	e.Reason = r.Note
	return tx.Audit(ctx, e)
}

// only reports whether somebody is the only one who may publish.
func only(ctx context.Context, tx Tx, who bot.StaffID) (bool, error) {
	admins, err := tx.Admins(ctx)
	if err != nil {
		return false, fmt.Errorf("read who may publish: %w", err)
	}
	return !slices.ContainsFunc(admins, func(a bot.Staff) bool { return a.ID != who }), nil
}

// Waiting returns the latest requests, the latest first; those with State Open wait.
func (s *Studio) Waiting(ctx context.Context, limit int) ([]Request, error) {
	return s.Store.ReadRequests(ctx, limit)
}

// Requested returns a request that waits, with the content that it was made of and the one that shall be live.
func (s *Studio) Requested(ctx context.Context, id string) (r Request, live, next Folder, err error) {
	all, err := s.Store.ReadRequests(ctx, maxRequests)
	if err != nil {
		return Request{}, nil, nil, fmt.Errorf("read what waits: %w", err)
	}
	i := slices.IndexFunc(all, func(r Request) bool { return r.ID == id })
	switch {
	case i < 0:
		return Request{}, nil, nil, noRequest(id)
	case all[i].State != Open:
		return Request{}, nil, nil, conflict("studio_decided")
	}
	r = all[i]
	if _, live, err = s.version(ctx, r.From); err != nil {
		return Request{}, nil, nil, err
	}
	if next, err = s.folder(ctx, r.Files); err != nil {
		return Request{}, nil, nil, fmt.Errorf("read request %s: %w", id, err)
	}
	return r, live, next, nil
}

// maxRequests is how many of the latest requests can be opened.
const maxRequests = 200

func noRequest(id string) error {
	return &bot.Error{Kind: bot.NotFound, Key: "studio_request_not_found", Params: map[string]string{"ID": id}}
}

// Agree makes live what another admin has asked for, and returns its number. Nobody agrees to his own, nor to what this
// program cannot read.
func (s *Studio) Agree(ctx context.Context, who bot.StaffID, id string) (number int, err error) {
	_, _, next, err := s.Requested(ctx, id)
	if err != nil {
		return 0, err
	}
	if !s.reads(next) {
		return 0, refused("studio_unreadable")
	}
	err = s.Store.Do(ctx, func(tx Tx) error {
		head, r, err := s.request(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.By == who {
			return &bot.Error{Kind: bot.Forbidden, Key: "studio_own"}
		}
		number, err = s.letOut(ctx, tx, head, r, who, "studio.agreed")
		return err
	})
	if err == nil {
		s.tell(ctx, number)
	}
	return number, err
}

// Refuse ends a request with a reason; its author takes it back with or without one. His drafts stay.
func (s *Studio) Refuse(ctx context.Context, who bot.StaffID, id, reason string) error {
	reason = strings.TrimSpace(reason)
	return s.Store.Do(ctx, func(tx Tx) error {
		_, r, err := s.request(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case len(reason) > maxNote:
			return refused("studio_note")
		case r.By == who:
			return s.end(ctx, tx, r, who, Withdrawn, reason)
		case reason == "":
			return refused("studio_reason")
		}
		return s.end(ctx, tx, r, who, Refused, reason)
	})
}

// request is one that waits, with the head locked.
func (s *Studio) request(ctx context.Context, tx Tx, id string) (Head, Request, error) {
	head, err := tx.StudioHead(ctx)
	if err != nil {
		return Head{}, Request{}, fmt.Errorf("read where the content stands: %w", err)
	}
	r, err := tx.PublishRequest(ctx, id)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return Head{}, Request{}, noRequest(id)
	case err != nil:
		return Head{}, Request{}, fmt.Errorf("read request %s: %w", id, err)
	case r.State != Open:
		return Head{}, Request{}, conflict("studio_decided")
	}
	return head, r, nil
}

// letOut makes a request live. One that was made of another version than is live now must be proven anew.
func (s *Studio) letOut(ctx context.Context, tx Tx, head Head, r Request, by bot.StaffID, act string) (int, error) {
	if head.Live != r.From {
		return 0, conflict("studio_moved")
	}
	number, err := s.goLive(ctx, tx, head, Version{By: r.By, Agreed: by, Note: r.Note, Files: r.Files}, "studio.published")
	if err != nil {
		return 0, err
	}
	if err := s.takeIn(ctx, tx, r.By, number, r.Drafts); err != nil {
		return 0, err
	}
	r.State, r.Decider, r.Decided, r.Released = Out, by, s.Clock(), number
	if err := tx.SavePublishRequest(ctx, r); err != nil {
		return 0, fmt.Errorf("keep request %s: %w", r.ID, err)
	}
	return number, tx.Audit(ctx, s.entry(by, act, "request "+r.ID))
}

// endings are how a request that did not go out is called in the audit.
var endings = map[RequestState]string{Refused: "studio.refused", Withdrawn: "studio.withdrawn", Void: "studio.void"}

// end closes a request that does not go out.
func (s *Studio) end(ctx context.Context, tx Tx, r Request, by bot.StaffID, how RequestState, reason string) error {
	r.State, r.Decider, r.Decided, r.Reason = how, by, s.Clock(), reason
	if err := tx.SavePublishRequest(ctx, r); err != nil {
		return fmt.Errorf("keep request %s: %w", r.ID, err)
	}
	e := s.entry(by, endings[how], "request "+r.ID)
	e.Reason = reason
	return tx.Audit(ctx, e)
}

// Round does what time brings: requests that another version has overtaken are void, and the content of an only admin
// goes out when its hour has come, or is void too when this program cannot read it. One instance at a time does so.
func (s *Studio) Round(ctx context.Context, now time.Time) error {
	head, err := s.Store.ReadStudio(ctx)
	if err != nil || head.Live == 0 {
		return err
	}
	all, err := s.Store.ReadRequests(ctx, maxRequests)
	if err != nil {
		return fmt.Errorf("read what waits: %w", err)
	}
	for _, r := range all {
		if r.State == Open {
			if err := s.look(ctx, r, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// look does what time brings to one request. When its hour has come its content is read, before the transaction: that takes
// long, and what was asked for never changes.
func (s *Studio) look(ctx context.Context, asked Request, now time.Time) error {
	due, readable := asked.due(now), false
	if due {
		files, err := s.folder(ctx, asked.Files)
		if err != nil {
			return fmt.Errorf("read request %s: %w", asked.ID, err)
		}
		readable = s.reads(files)
	}
	number, unreadable := 0, false
	err := s.Store.Do(ctx, func(tx Tx) error {
		number, unreadable = 0, false
		head, r, err := s.request(ctx, tx, asked.ID)
		if err != nil {
			return err
		}
		if head.Live != r.From {
			return s.end(ctx, tx, r, "", Void, "")
		}
		alone, err := only(ctx, tx, r.By)
		switch {
		case err != nil:
			return err
		case alone && due && r.due(now) && readable:
			number, err = s.letOut(ctx, tx, head, r, "", "studio.alone")
			return err
		case alone && due && r.due(now):
			unreadable = true
			return s.end(ctx, tx, r, "", Void, "this program cannot read it")
		case alone == r.Due.IsZero(): // the other admin has come or gone
			if r.Due = (time.Time{}); alone {
				r.Due = now.Add(head.Rules.Wait())
			}
			return tx.SavePublishRequest(ctx, r)
		}
		return nil
	})
	if kind := bot.KindOf(err); kind == bot.Conflict || kind == bot.NotFound {
		return nil // it was decided meanwhile
	}
	if err == nil && number > 0 {
		s.tell(ctx, number)
	}
	if err == nil && unreadable {
		s.Log.Error("a request cannot be read and is void, its author has his drafts", "request", asked.ID, "by", asked.By)
	}
	return err
}

// due reports whether the hour has come at which the request goes out by itself.
func (r Request) due(now time.Time) bool { return !r.Due.IsZero() && !now.Before(r.Due) }

// Rules returns who may publish alone.
func (s *Studio) Rules(ctx context.Context) (Rules, error) {
	head, err := s.Store.ReadStudio(ctx)
	return head.Rules, err
}

// The bounds of an only admin's wait.
const (
	leastWait = time.Minute
	mostWait  = 30 * 24 * time.Hour
)

// SetRules changes them. Who changes them is in the audit, since he could publish alone by it.
func (s *Studio) SetRules(ctx context.Context, who bot.StaffID, rules Rules) error {
	if rules.Alone != 0 && (rules.Alone < leastWait || rules.Alone > mostWait) {
		return refused("studio_wait")
	}
	return s.Store.Do(ctx, func(tx Tx) error {
		head, err := tx.StudioHead(ctx)
		if err != nil || head.Rules == rules {
			return err
		}
		e := s.entry(who, "studio.rules", "content")
		e.Before, e.After = head.Rules.String(), rules.String()
		head.Rules = rules
		if err := tx.SaveStudioHead(ctx, head); err != nil {
			return fmt.Errorf("keep the rules of the studio: %w", err)
		}
		return tx.Audit(ctx, e)
	})
}

// String is how the audit tells of the rules.
func (r Rules) String() string {
	if !r.Second {
		return "alone"
	}
	return "second person, an only admin after " + r.Wait().String()
}
