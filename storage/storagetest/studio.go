package storagetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/flows/studio"
	"javab/storage"
)

// first is a version with everything set.
func first() studio.Version {
	return studio.Version{
		Number: 1, By: "s1", Agreed: "s2", At: noon, Note: "fees of 1405", From: 0,
		Files: map[string]studio.File{
			"home.yaml":            {Hash: studio.HashOf([]byte("home")), Since: 1},
			"content/answers.yaml": {Hash: studio.HashOf([]byte("answers")), Since: 1},
		},
	}
}

// aDraft is a draft with everything set.
func aDraft(by bot.StaffID, name string) studio.Draft {
	return studio.Draft{By: by, Name: name, From: 1, Base: "b0", Body: []byte("flow: home\n"), Rev: 1_800_000_000_000, At: noon}
}

func aRequest(id string, at time.Time) studio.Request {
	return studio.Request{
		ID: id, By: "s1", At: at, Note: "please", From: 1, Files: first().Files, Drafts: map[string]studio.Proven{"home.yaml": {Rev: 7, Hash: "h"}},
		Due: noon.Add(time.Hour), State: studio.Open, Decider: "s2", Decided: noon, Reason: "no", Released: 2,
	}
}

func aProposal(id string, by bot.StaffID, at time.Time) studio.Proposal {
	return studio.Proposal{
		ID: id, By: by, At: at, Chat: ann, Entry: "answers/fees", Lang: bot.Fa, Wrong: "the fee is of last year", Words: "it is 5",
		State: studio.Proposed,
	}
}

// publish moves live as the studio does: the head is read, and whoever finds another version live gives up.
func (w world) publish(from int) error {
	return w.Do(w.ctx, func(tx storage.Tx) error {
		head, err := tx.StudioHead(w.ctx)
		if err != nil {
			return err
		}
		if head.Live != from {
			return &bot.Error{Kind: bot.Conflict, Key: "moved"}
		}
		v := first()
		v.Number = head.Last + 1
		head.Live, head.Last = v.Number, v.Number
		return errors.Join(tx.AddVersion(w.ctx, v), tx.SaveStudioHead(w.ctx, head))
	})
}

// studios is what studio.Tx, studio.Reads and studio.Queries promise.
func studios() map[string]func(*testing.T, world) {
	return map[string]func(*testing.T, world){
		"content that was never published has no live version": func(t *testing.T, w world) {
			head := read(w.ReadStudio(w.ctx))(t)
			equal(t, "live, last, rules", []any{head.Live, head.Last, head.Rules, len(head.Defaults)}, []any{0, 0, studio.Rules{}, 0})
			equal(t, "versions", len(read(w.ReadVersions(w.ctx))(t)), 0)
			_, err := w.ReadVersion(w.ctx, 1)
			wantKind(t, err, bot.NotFound)
		},
		"the head of the content comes back as it was kept": func(t *testing.T, w world) {
			head := studio.Head{Live: 3, Last: 7, Defaults: map[string]studio.Hash{"home.yaml": "h"}, Rules: studio.Rules{Second: true, Alone: time.Hour}}
			w.do(func(tx storage.Tx) error { return tx.SaveStudioHead(w.ctx, head) })
			equal(t, "read", read(w.ReadStudio(w.ctx))(t), head)
			equal(t, "in a transaction", in(w, func(tx storage.Tx) (studio.Head, error) { return tx.StudioHead(w.ctx) }), head)
		},
		"a version comes back as it was kept, and its number is given once": func(t *testing.T, w world) {
			second := studio.Version{Number: 2, At: noon.Add(time.Minute), From: 1, Files: map[string]studio.File{}}
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.AddVersion(w.ctx, first()), tx.AddVersion(w.ctx, second))
			})
			equal(t, "read", read(w.ReadVersion(w.ctx, 1))(t), first())
			equal(t, "in a transaction", in(w, func(tx storage.Tx) (studio.Version, error) { return tx.StudioVersion(w.ctx, 1) }), first())
			err := w.Do(w.ctx, func(tx storage.Tx) error { return tx.AddVersion(w.ctx, second) })
			wantKind(t, err, bot.Conflict)
			listed := first()
			listed.Files, second.Files = nil, nil
			equal(t, "listed", read(w.ReadVersions(w.ctx))(t), []studio.Version{second, listed})
		},
		"a body is kept once and never changed": func(t *testing.T, w world) {
			keep := func(body string) {
				w.do(func(tx storage.Tx) error {
					return tx.KeepBodies(w.ctx, map[studio.Hash][]byte{"h1": []byte(body), "h2": {}})
				})
			}
			keep("first")
			keep("another")
			found := read(w.ReadBodies(w.ctx, []studio.Hash{"h1", "h2", "h3"}))(t)
			equal(t, "bodies", []any{len(found), string(found["h1"]), string(found["h2"])}, []any{2, "first", ""})
		},
		"an empty body comes back empty, not as none": func(t *testing.T, w world) {
			bodies := map[studio.Hash][]byte{"h1": {}, "h2": nil}
			empty := aDraft("s1", "home.yaml")
			empty.Body = []byte{}
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.KeepBodies(w.ctx, bodies), tx.SaveStudioDraft(w.ctx, empty))
			})
			found := read(w.ReadBodies(w.ctx, []studio.Hash{"h1", "h2"}))(t)
			draft := in(w, func(tx storage.Tx) (studio.Draft, error) { return tx.StudioDraft(w.ctx, "s1", "home.yaml") })
			listed := read(w.ReadStudioDrafts(w.ctx, "s1"))(t)[0]
			for what, body := range map[string][]byte{"body": found["h1"], "body that was none": found["h2"], "draft": draft.Body, "listed draft": listed.Body} {
				equal(t, what+" there, length", []any{body != nil, len(body)}, []any{true, 0})
			}
		},
		"more bodies are read than one statement can ask for": func(t *testing.T, w world) {
			bodies, hashes := map[studio.Hash][]byte{}, []studio.Hash{}
			for i := range 1200 {
				hash := studio.Hash(fmt.Sprint("h", i))
				bodies[hash], hashes = fmt.Append(nil, i), append(hashes, hash)
			}
			w.do(func(tx storage.Tx) error { return tx.KeepBodies(w.ctx, bodies) })
			equal(t, "bodies", len(read(w.ReadBodies(w.ctx, hashes))(t)), 1200)
		},
		"of two who publish at once one wins, and the other leaves nothing": func(t *testing.T, w world) {
			const racers = 6
			var all sync.WaitGroup
			errs := make(chan error, racers)
			for range racers {
				all.Go(func() { errs <- w.publish(0) })
			}
			all.Wait()
			won := 0
			for range racers {
				if err := <-errs; err == nil {
					won++
				} else {
					wantKind(t, err, bot.Conflict)
				}
			}
			equal(t, "winners, versions", []int{won, len(read(w.ReadVersions(w.ctx))(t))}, []int{1, 1})
			equal(t, "live", read(w.ReadStudio(w.ctx))(t).Live, 1)
		},
		"what fails leaves neither version nor live pointer nor body": func(t *testing.T, w world) {
			failed := errors.New("no")
			err := w.Do(w.ctx, func(tx storage.Tx) error {
				return errors.Join(tx.AddVersion(w.ctx, first()), tx.SaveStudioHead(w.ctx, studio.Head{Live: 1, Last: 1}),
					tx.KeepBodies(w.ctx, map[studio.Hash][]byte{"h1": []byte("x")}), tx.SaveStudioDraft(w.ctx, aDraft("s1", "home.yaml")), failed)
			})
			if !errors.Is(err, failed) {
				t.Error(err)
			}
			equal(t, "left", []int{
				read(w.ReadStudio(w.ctx))(t).Live, len(read(w.ReadVersions(w.ctx))(t)),
				len(read(w.ReadBodies(w.ctx, []studio.Hash{"h1"}))(t)), len(read(w.ReadStudioDrafts(w.ctx, ""))(t)),
			}, []int{0, 0, 0, 0})
		},
		"a draft is its author's, of one file, and is replaced by the next": func(t *testing.T, w world) {
			mine, other, gone := aDraft("s1", "home.yaml"), aDraft("s2", "home.yaml"), aDraft("s1", "answer.yaml")
			gone.Gone, gone.Body = true, []byte{}
			newer := mine
			newer.Body, newer.Rev, newer.At, newer.From, newer.Base = []byte("flow: home\ntitle: x\n"), mine.Rev+1, noon.Add(time.Second), 2, "b1"
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.SaveStudioDraft(w.ctx, mine), tx.SaveStudioDraft(w.ctx, other), tx.SaveStudioDraft(w.ctx, gone), tx.SaveStudioDraft(w.ctx, newer))
			})
			equal(t, "one", in(w, func(tx storage.Tx) (studio.Draft, error) { return tx.StudioDraft(w.ctx, "s1", "home.yaml") }), newer)
			equal(t, "his", read(w.ReadStudioDrafts(w.ctx, "s1"))(t), []studio.Draft{gone, newer})
			equal(t, "all", read(w.ReadStudioDrafts(w.ctx, ""))(t), []studio.Draft{gone, newer, other})
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.DropStudioDraft(w.ctx, "s1", "home.yaml"), tx.DropStudioDraft(w.ctx, "s1", "none.yaml"))
			})
			equal(t, "left", read(w.ReadStudioDrafts(w.ctx, ""))(t), []studio.Draft{gone, other})
			err := w.Do(w.ctx, func(tx storage.Tx) error { _, err := tx.StudioDraft(w.ctx, "s1", "home.yaml"); return err })
			wantKind(t, err, bot.NotFound)
		},
		"requests wait in the order in which they were made, and are kept when they are decided": func(t *testing.T, w world) {
			early, late := aRequest("r2", noon), aRequest("r1", noon.Add(time.Minute))
			w.do(func(tx storage.Tx) error {
				return errors.Join(tx.SavePublishRequest(w.ctx, late), tx.SavePublishRequest(w.ctx, early))
			})
			open := func() []studio.Request {
				return in(w, func(tx storage.Tx) ([]studio.Request, error) { return tx.OpenRequests(w.ctx) })
			}
			equal(t, "open", open(), []studio.Request{early, late})
			early.State = studio.Refused
			w.do(func(tx storage.Tx) error { return tx.SavePublishRequest(w.ctx, early) })
			equal(t, "still open", open(), []studio.Request{late})
			equal(t, "all", read(w.ReadRequests(w.ctx, 9))(t), []studio.Request{late, early})
			equal(t, "the latest", read(w.ReadRequests(w.ctx, 1))(t), []studio.Request{late})
			equal(t, "one", in(w, func(tx storage.Tx) (studio.Request, error) { return tx.PublishRequest(w.ctx, "r2") }), early)
			err := w.Do(w.ctx, func(tx storage.Tx) error { _, err := tx.PublishRequest(w.ctx, "r9"); return err })
			wantKind(t, err, bot.NotFound)
		},
		"a proposal waits for an answer, which its author reads once": func(t *testing.T, w world) {
			early, late := aProposal("p2", "o1", noon), aProposal("p1", "o2", noon.Add(time.Minute))
			save := func(p studio.Proposal) {
				w.do(func(tx storage.Tx) error { return tx.SaveEditProposal(w.ctx, p) })
			}
			save(early)
			save(late)
			equal(t, "waiting", read(w.ReadProposals(w.ctx, true, 9))(t), []studio.Proposal{late, early})
			early.State, early.Decider, early.Decided, early.Answer = studio.Declined, "s1", noon.Add(time.Hour), "it is right"
			save(early)
			equal(t, "still waiting", read(w.ReadProposals(w.ctx, true, 9))(t), []studio.Proposal{late})
			equal(t, "all", read(w.ReadProposals(w.ctx, false, 1))(t), []studio.Proposal{late})
			equal(t, "answers", read(w.ReadVerdicts(w.ctx, "o1"))(t), []studio.Proposal{early})
			equal(t, "of another", len(read(w.ReadVerdicts(w.ctx, "o2"))(t)), 0)
			early.Seen = true
			save(early)
			equal(t, "unread", len(read(w.ReadVerdicts(w.ctx, "o1"))(t)), 0)
			equal(t, "one", in(w, func(tx storage.Tx) (studio.Proposal, error) { return tx.EditProposal(w.ctx, "p2") }), early)
			err := w.Do(w.ctx, func(tx storage.Tx) error { _, err := tx.EditProposal(w.ctx, "p9"); return err })
			wantKind(t, err, bot.NotFound)
		},
		"chats that stay with a version are counted by it, but not those that stayed for too long": func(t *testing.T, w world) {
			pinned := func(key bot.ChatKey, version int, since time.Time) {
				c := chatAt(key, 1)
				c.Pinned, c.PinnedAt = version, since
				equal(t, "accepted", w.turn(fresh("r"), c, 0), "fresh")
				equal(t, "kept", read(w.ReadChat(w.ctx, key))(t), c)
			}
			pinned("tg:b:1", 1, noon)
			pinned("tg:b:2", 1, noon.Add(-time.Hour))
			pinned("tg:b:3", 2, noon)
			pinned("tg:b:4", 0, time.Time{})
			equal(t, "all", read(w.PinnedChats(w.ctx, noon.Add(-time.Hour)))(t), map[int]int{1: 2, 2: 1})
			equal(t, "lately", read(w.PinnedChats(w.ctx, noon))(t), map[int]int{1: 1, 2: 1})
			free := chatAt("tg:b:1", 2)
			equal(t, "moved", w.turn(fresh("r"), free, 1), "fresh")
			equal(t, "once it is over", read(w.PinnedChats(w.ctx, noon))(t), map[int]int{2: 1})
		},
	}
}
