package sqlstore

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// requestRow is one row of content_requests.
type requestRow struct {
	ID        string
	Author    string
	At        int64
	Note      string
	MadeFrom  int
	Files     string
	Drafts    string
	Due       int64
	State     string
	Decider   string
	DecidedAt int64
	Reason    string
	Released  int
}

func (requestRow) TableName() string { return "content_requests" }

func requestRowOf(r studio.Request) requestRow {
	return requestRow{
		ID: r.ID, Author: string(r.By), At: storage.Millis(r.At), Note: clean(r.Note), MadeFrom: r.From, Files: list(r.Files),
		Drafts: list(r.Drafts), Due: storage.Millis(r.Due), State: string(r.State), Decider: string(r.Decider),
		DecidedAt: storage.Millis(r.Decided), Reason: clean(r.Reason), Released: r.Released,
	}
}

func (r requestRow) request() (studio.Request, error) {
	request := studio.Request{
		ID: r.ID, By: bot.StaffID(r.Author), At: storage.Instant(r.At), Note: r.Note, From: r.MadeFrom, Due: storage.Instant(r.Due),
		State: studio.RequestState(r.State), Decider: bot.StaffID(r.Decider), Decided: storage.Instant(r.DecidedAt), Reason: r.Reason,
		Released: r.Released,
	}
	return request, decoded(map[string]any{r.Files: &request.Files, r.Drafts: &request.Drafts})
}

func requests(q *gorm.DB) ([]studio.Request, error) {
	var rows []requestRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	var found []studio.Request
	for _, r := range rows {
		request, err := r.request()
		if err != nil {
			return nil, err
		}
		found = append(found, request)
	}
	return found, nil
}

// PublishRequest implements studio.Tx.
func (t *tx) PublishRequest(ctx context.Context, id string) (studio.Request, error) {
	found, err := requests(t.orm(ctx).Where("id = ?", id))
	if err != nil {
		return studio.Request{}, err
	}
	if len(found) == 0 {
		return studio.Request{}, storage.NotFound("studio_request", id)
	}
	return found[0], nil
}

// OpenRequests implements studio.Tx.
func (t *tx) OpenRequests(ctx context.Context) ([]studio.Request, error) {
	return requests(t.orm(ctx).Where("state = 'open'").Order("at, id"))
}

// SavePublishRequest implements studio.Tx.
func (t *tx) SavePublishRequest(ctx context.Context, r studio.Request) error {
	row := requestRowOf(r)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// ReadRequests implements studio.Queries.
func (s *Store) ReadRequests(ctx context.Context, limit int) ([]studio.Request, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]studio.Request, error) {
		return requests(db.Order("at DESC, id DESC").Limit(limit))
	})
}

// proposalRow is one row of content_proposals.
type proposalRow struct {
	ID        string
	Author    string
	At        int64
	Chat      string
	Entry     string
	Lang      string
	Wrong     string
	Words     string
	State     string
	Decider   string
	DecidedAt int64
	Answer    string
	Seen      bool
}

func (proposalRow) TableName() string { return "content_proposals" }

func proposalRowOf(p studio.Proposal) proposalRow {
	return proposalRow{
		ID: p.ID, Author: string(p.By), At: storage.Millis(p.At), Chat: string(p.Chat), Entry: clean(p.Entry), Lang: string(p.Lang),
		Wrong: clean(p.Wrong), Words: clean(p.Words), State: string(p.State), Decider: string(p.Decider), DecidedAt: storage.Millis(p.Decided),
		Answer: clean(p.Answer), Seen: p.Seen,
	}
}

func (r proposalRow) proposal() studio.Proposal {
	return studio.Proposal{
		ID: r.ID, By: bot.StaffID(r.Author), At: storage.Instant(r.At), Chat: bot.ChatKey(r.Chat), Entry: r.Entry, Lang: bot.Lang(r.Lang),
		Wrong: r.Wrong, Words: r.Words, State: studio.ProposalState(r.State), Decider: bot.StaffID(r.Decider),
		Decided: storage.Instant(r.DecidedAt), Answer: r.Answer, Seen: r.Seen,
	}
}

func proposals(q *gorm.DB) ([]studio.Proposal, error) {
	var rows []proposalRow
	if err := q.Find(&rows).Error; err != nil {
		return nil, err
	}
	var found []studio.Proposal
	for _, r := range rows {
		found = append(found, r.proposal())
	}
	return found, nil
}

// EditProposal implements studio.Tx.
func (t *tx) EditProposal(ctx context.Context, id string) (studio.Proposal, error) {
	found, err := proposals(t.locking(ctx).Where("id = ?", id))
	if err != nil {
		return studio.Proposal{}, err
	}
	if len(found) == 0 {
		return studio.Proposal{}, storage.NotFound("studio_proposal", id)
	}
	return found[0], nil
}

// SaveEditProposal implements studio.Tx.
func (t *tx) SaveEditProposal(ctx context.Context, p studio.Proposal) error {
	row := proposalRowOf(p)
	upsert := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}
	return t.orm(ctx).Clauses(upsert).Create(&row).Error
}

// ReadProposals implements studio.Queries.
func (s *Store) ReadProposals(ctx context.Context, waiting bool, limit int) ([]studio.Proposal, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]studio.Proposal, error) {
		if waiting {
			db = db.Where("state = 'proposed'")
		}
		return proposals(db.Order("at DESC, id DESC").Limit(limit))
	})
}

// ReadVerdicts implements studio.Queries.
func (s *Store) ReadVerdicts(ctx context.Context, by bot.StaffID) ([]studio.Proposal, error) {
	return outside(ctx, s, func(db *gorm.DB) ([]studio.Proposal, error) {
		return proposals(db.Where("author = ? AND state <> 'proposed' AND NOT seen", string(by)).Order("at, id"))
	})
}
