package studio

import (
	"context"
	"fmt"
	"strings"
	"time"

	"javab/bot"
)

// Propose keeps what an officer says about a text of the bot, and returns it with its id.
func (s *Studio) Propose(ctx context.Context, officer bot.StaffID, p Proposal) (Proposal, error) {
	p.Wrong, p.Words = strings.TrimSpace(p.Wrong), strings.TrimSpace(p.Words)
	switch {
	case p.Wrong == "" && p.Words == "":
		return Proposal{}, refused("studio_proposal_empty")
	case len(p.Wrong) > maxNote || len(p.Words) > maxWords || len(p.Entry) > maxEntry:
		return Proposal{}, refused("studio_proposal_long")
	case p.Lang != "" && !p.Lang.Valid():
		return Proposal{}, refused("studio_lang")
	}
	p.ID, p.By, p.At, p.State = s.ID(), officer, s.Clock(), Proposed
	p.Decider, p.Decided, p.Answer, p.Seen = "", time.Time{}, "", false
	err := s.Store.Do(ctx, func(tx Tx) error {
		if err := tx.SaveEditProposal(ctx, p); err != nil {
			return fmt.Errorf("keep proposal %s: %w", p.ID, err)
		}
		e := s.entry(officer, "studio.proposed", "proposal "+p.ID)
		e.After = p.Entry
		return tx.Audit(ctx, e)
	})
	if err != nil {
		return Proposal{}, err
	}
	return p, nil
}

// The bounds of a proposal, in bytes.
const (
	maxWords = 20000
	maxEntry = 200
)

// Proposals returns the latest proposals, the latest first: those that wait, or all.
func (s *Studio) Proposals(ctx context.Context, waiting bool, limit int) ([]Proposal, error) {
	return s.Store.ReadProposals(ctx, waiting, limit)
}

// Decide answers a proposal once. The officer who made it finds the answer among his Verdicts until he has read it.
func (s *Studio) Decide(ctx context.Context, who bot.StaffID, id string, d Decision) (p Proposal, err error) {
	d.Answer = strings.TrimSpace(d.Answer)
	switch {
	case d.State != Taken && d.State != Reworded && d.State != Declined:
		return Proposal{}, refused("studio_decision")
	case d.State == Declined && d.Answer == "":
		return Proposal{}, refused("studio_reason")
	case len(d.Answer) > maxNote:
		return Proposal{}, refused("studio_note")
	}
	err = s.Store.Do(ctx, func(tx Tx) error {
		if p, err = tx.EditProposal(ctx, id); err != nil {
			return noProposal(id, err)
		}
		if p.State != Proposed {
			return conflict("studio_decided")
		}
		p.State, p.Answer, p.Decider, p.Decided = d.State, d.Answer, who, s.Clock()
		if err := tx.SaveEditProposal(ctx, p); err != nil {
			return fmt.Errorf("keep proposal %s: %w", id, err)
		}
		return tx.Audit(ctx, s.entry(who, verdicts[d.State], "proposal "+id))
	})
	return p, err
}

// verdicts are how decisions are called in the audit.
var verdicts = map[ProposalState]string{Taken: "studio.taken", Reworded: "studio.reworded", Declined: "studio.declined"}

func noProposal(id string, err error) error {
	if bot.KindOf(err) == bot.NotFound {
		return &bot.Error{Kind: bot.NotFound, Key: "studio_proposal_not_found", Params: map[string]string{"ID": id}}
	}
	return fmt.Errorf("read proposal %s: %w", id, err)
}

// Verdicts returns what was decided about an officer's proposals and he has not read, the earliest first.
func (s *Studio) Verdicts(ctx context.Context, officer bot.StaffID) ([]Proposal, error) {
	return s.Store.ReadVerdicts(ctx, officer)
}

// Seen notes that an officer has read what became of his proposal.
func (s *Studio) Seen(ctx context.Context, officer bot.StaffID, id string) error {
	return s.Store.Do(ctx, func(tx Tx) error {
		p, err := tx.EditProposal(ctx, id)
		if err != nil {
			return noProposal(id, err)
		}
		if p.By != officer || p.State == Proposed {
			return noProposal(id, &bot.Error{Kind: bot.NotFound})
		}
		p.Seen = true
		return tx.SaveEditProposal(ctx, p)
	})
}
