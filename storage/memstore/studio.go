package memstore

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// draftKey names somebody's draft of a file.
type draftKey struct {
	by   bot.StaffID
	name string
}

// theHead is the one row in which the head of the content stands.
const theHead = 1

// StudioHead implements studio.Tx.
func (t *tx) StudioHead(context.Context) (studio.Head, error) { return rowOfHead(t.head[theHead]), nil }

// SaveStudioHead implements studio.Tx.
func (t *tx) SaveStudioHead(_ context.Context, h studio.Head) error {
	put(t, &t.head, theHead, rowOfHead(h))
	return nil
}

func rowOfHead(h studio.Head) studio.Head {
	h.Defaults = maps.Clone(h.Defaults)
	return h
}

// AddVersion implements studio.Tx.
func (t *tx) AddVersion(_ context.Context, v studio.Version) error {
	if _, taken := t.versions[v.Number]; taken {
		return storage.Taken("version")
	}
	put(t, &t.versions, v.Number, rowOfVersion(v))
	return nil
}

func rowOfVersion(v studio.Version) studio.Version {
	v.At, v.Files = storage.Round(v.At), maps.Clone(v.Files)
	return v
}

// KeepBodies implements studio.Tx.
func (t *tx) KeepBodies(_ context.Context, bodies map[studio.Hash][]byte) error {
	for hash, body := range bodies {
		if _, there := t.bodies[hash]; !there {
			put(t, &t.bodies, hash, append([]byte{}, body...))
		}
	}
	return nil
}

// StudioVersion implements studio.Tx.
func (t *tx) StudioVersion(_ context.Context, number int) (studio.Version, error) {
	v, there := t.versions[number]
	if !there {
		return studio.Version{}, storage.NotFound("version", fmt.Sprint(number))
	}
	return rowOfVersion(v), nil
}

// StudioDraft implements studio.Tx.
func (t *tx) StudioDraft(_ context.Context, by bot.StaffID, name string) (studio.Draft, error) {
	d, there := t.studioDrafts[draftKey{by, name}]
	if !there {
		return studio.Draft{}, storage.NotFound("studio_draft", name)
	}
	return rowOfStudioDraft(d), nil
}

// SaveStudioDraft implements studio.Tx.
func (t *tx) SaveStudioDraft(_ context.Context, d studio.Draft) error {
	put(t, &t.studioDrafts, draftKey{d.By, d.Name}, rowOfStudioDraft(d))
	return nil
}

func rowOfStudioDraft(d studio.Draft) studio.Draft {
	d.At, d.Body = storage.Round(d.At), append([]byte{}, d.Body...)
	return d
}

// DropStudioDraft implements studio.Tx.
func (t *tx) DropStudioDraft(_ context.Context, by bot.StaffID, name string) error {
	del(t, t.studioDrafts, draftKey{by, name})
	return nil
}

// PublishRequest implements studio.Tx.
func (t *tx) PublishRequest(_ context.Context, id string) (studio.Request, error) {
	r, there := t.requests[id]
	if !there {
		return studio.Request{}, storage.NotFound("studio_request", id)
	}
	return rowOfRequest(r), nil
}

// OpenRequests implements studio.Tx.
func (t *tx) OpenRequests(context.Context) (list []studio.Request, err error) {
	for _, r := range t.requests {
		if r.State == studio.Open {
			list = append(list, rowOfRequest(r))
		}
	}
	slices.SortFunc(list, earlierRequest)
	return list, nil
}

func earlierRequest(a, b studio.Request) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
}

// SavePublishRequest implements studio.Tx.
func (t *tx) SavePublishRequest(_ context.Context, r studio.Request) error {
	put(t, &t.requests, r.ID, rowOfRequest(r))
	return nil
}

func rowOfRequest(r studio.Request) studio.Request {
	r.At, r.Due, r.Decided = storage.Round(r.At), storage.Round(r.Due), storage.Round(r.Decided)
	r.Files, r.Drafts = maps.Clone(r.Files), maps.Clone(r.Drafts)
	return r
}

// EditProposal implements studio.Tx.
func (t *tx) EditProposal(_ context.Context, id string) (studio.Proposal, error) {
	p, there := t.proposals[id]
	if !there {
		return studio.Proposal{}, storage.NotFound("studio_proposal", id)
	}
	return p, nil
}

// SaveEditProposal implements studio.Tx.
func (t *tx) SaveEditProposal(_ context.Context, p studio.Proposal) error {
	p.At, p.Decided = storage.Round(p.At), storage.Round(p.Decided)
	put(t, &t.proposals, p.ID, p)
	return nil
}

// ReadStudio implements studio.Reads.
func (s *Store) ReadStudio(ctx context.Context) (studio.Head, error) {
	return locked(s, func(t *tx) studio.Head { return rowOfHead(t.head[theHead]) }), nil
}

// ReadVersion implements studio.Reads.
func (s *Store) ReadVersion(ctx context.Context, number int) (studio.Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &tx{data: &s.data}
	return t.StudioVersion(ctx, number)
}

// ReadVersions implements studio.Reads.
func (s *Store) ReadVersions(context.Context) ([]studio.Version, error) {
	return locked(s, func(t *tx) (list []studio.Version) {
		for _, v := range ordered(t.versions) {
			v.Files = nil
			list = append(list, v)
		}
		slices.Reverse(list)
		return list
	}), nil
}

// ReadBodies implements studio.Reads.
func (s *Store) ReadBodies(_ context.Context, hashes []studio.Hash) (map[studio.Hash][]byte, error) {
	return locked(s, func(t *tx) map[studio.Hash][]byte {
		found := make(map[studio.Hash][]byte, len(hashes))
		for _, hash := range hashes {
			if body, there := t.bodies[hash]; there {
				found[hash] = bytes.Clone(body)
			}
		}
		return found
	}), nil
}

// PinnedChats implements studio.Reads.
func (s *Store) PinnedChats(_ context.Context, since time.Time) (map[int]int, error) {
	return locked(s, func(t *tx) map[int]int {
		found := map[int]int{}
		for _, c := range t.chats {
			if c.Pinned > 0 && !c.PinnedAt.Before(storage.Round(since)) {
				found[c.Pinned]++
			}
		}
		return found
	}), nil
}

// ReadStudioDrafts implements studio.Queries.
func (s *Store) ReadStudioDrafts(_ context.Context, by bot.StaffID) ([]studio.Draft, error) {
	return locked(s, func(t *tx) (list []studio.Draft) {
		for key, d := range t.studioDrafts {
			if by == "" || key.by == by {
				list = append(list, rowOfStudioDraft(d))
			}
		}
		slices.SortFunc(list, func(a, b studio.Draft) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.By, b.By)) })
		return list
	}), nil
}

// ReadRequests implements studio.Queries.
func (s *Store) ReadRequests(_ context.Context, limit int) ([]studio.Request, error) {
	return locked(s, func(t *tx) (list []studio.Request) {
		for _, r := range t.requests {
			list = append(list, rowOfRequest(r))
		}
		slices.SortFunc(list, func(a, b studio.Request) int { return earlierRequest(b, a) })
		return list[:min(limit, len(list))]
	}), nil
}

// ReadProposals implements studio.Queries.
func (s *Store) ReadProposals(_ context.Context, waiting bool, limit int) ([]studio.Proposal, error) {
	list := s.proposed(func(p studio.Proposal) bool { return !waiting || p.State == studio.Proposed })
	slices.Reverse(list)
	return list[:min(limit, len(list))], nil
}

// ReadVerdicts implements studio.Queries.
func (s *Store) ReadVerdicts(_ context.Context, by bot.StaffID) ([]studio.Proposal, error) {
	return s.proposed(func(p studio.Proposal) bool { return p.By == by && p.State != studio.Proposed && !p.Seen }), nil
}

// proposed are the proposals that are wanted, the earliest first.
func (s *Store) proposed(wanted func(studio.Proposal) bool) []studio.Proposal {
	return locked(s, func(t *tx) (list []studio.Proposal) {
		for _, p := range t.proposals {
			if wanted(p) {
				list = append(list, p)
			}
		}
		slices.SortFunc(list, func(a, b studio.Proposal) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
		return list
	})
}
