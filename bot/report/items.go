package report

import (
	"context"
	"fmt"

	"javab/bot"
	"javab/bot/worktime"
)

// items are what an indicator looks at: the board counts them, its lists show them.
func (o *Office) items(ctx context.Context, q Query, id Indicator) ([]Item, error) {
	switch id {
	case Contacted:
		return o.contacted(ctx, q)
	case Satisfied:
		return o.surveyed(ctx, q)
	case InTime:
		return o.due(ctx, q)
	case Response:
		return o.answered(ctx, q)
	case Renewed:
		return o.renewed(ctx, q)
	default:
		return nil, &bot.Error{Kind: bot.NotFound, Key: "indicator_not_found"}
	}
}

func (o *Office) contacted(ctx context.Context, q Query) ([]Item, error) {
	found, err := o.Store.ReportContacts(ctx, q)
	items := make([]Item, len(found))
	for i, c := range found {
		items[i] = Item{Standing: Known, Contact: c}
		if c.Member == "" {
			items[i].Standing = Unknown
		}
	}
	return items, err
}

// surveyed counts an answer in the period in which it was given; what was asked in it and not answered is told apart.
func (o *Office) surveyed(ctx context.Context, q Query) ([]Item, error) {
	found, err := o.Store.ReportSurveys(ctx, q)
	good := o.Content.Aims().GoodFrom
	items := make([]Item, len(found))
	for i, s := range found {
		items[i] = Item{Standing: Unanswered, Survey: s}
		switch {
		case s.Rating == 0 || !q.has(s.RatedAt):
		case s.Rating >= good:
			items[i].Standing = Good
		default:
			items[i].Standing = Bad
		}
	}
	return items, err
}

func (o *Office) due(ctx context.Context, q Query) ([]Item, error) {
	found, err := o.Store.ReportCases(ctx, q, DueIn)
	now := o.Clock()
	items := make([]Item, len(found))
	for i, c := range found {
		items[i] = Item{Standing: standing(c, now), Case: c}
	}
	return items, err
}

// answered counts a request in the period in which a person answered it, in the working time of its unit.
func (o *Office) answered(ctx context.Context, q Query) ([]Item, error) {
	found, err := o.Store.ReportCases(ctx, q, AnsweredIn)
	if err != nil {
		return nil, err
	}
	book := o.Hours.Book()
	items := make([]Item, len(found))
	for i, c := range found {
		items[i] = Item{Standing: Waiting, Case: c}
		if !q.has(c.AnsweredAt) {
			continue
		}
		items[i].Standing = Answered
		if items[i].Took, err = book.For(c.Unit).Between(c.OpenedAt, c.AnsweredAt); err != nil {
			return nil, fmt.Errorf("time the answer to case %s: %w", c.Number, err)
		}
	}
	return items, nil
}

// renewed are the requests to be renewed that were brought to their end in the period: what the chamber itself knows of K5.
func (o *Office) renewed(ctx context.Context, q Query) ([]Item, error) {
	found, err := o.Store.ReportCases(ctx, q, RenewedIn)
	asked := o.Content.Aims().Renewals
	var items []Item
	for _, c := range found {
		if _, counts := asked[c.Category]; counts {
			items = append(items, Item{Standing: Done, Case: c})
		}
	}
	return items, err
}

var _ Hours = (*worktime.Book)(nil)
