package app

import (
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/faq"
	"javab/flows/content"
)

// reader opens contents. What it has read it does not read again, and what it has learnt of it does not learn again. The
// zero reader is ready; nil is one for one content.
type reader struct {
	school school
	loader content.Loader

	mu     sync.Mutex
	known  []*knowledge // the one that was made last at the end
	worded []worded
	loads  uint64 // that there had been when it last rested
}

// knownKept is how much knowledge is kept: of what is live, of what is being prepared, and of what live may go back to.
const knownKept = 3

// worded is a lexicon under the hash of its words, the one that was made last at the end.
type worded struct {
	of      [sha256.Size]byte
	lexicon *desk.Lexicon
}

// wordedKept is how many lexicons are kept: today's, and that of the day on which dialogues are played.
const wordedKept = 2

// open makes a library of files. Problems that are only warnings do not stop it.
func (r *reader) open(files fs.FS, now time.Time) (*library, error) {
	if r == nil {
		r = new(reader)
	}
	bundle, problems := r.loader.Load(files)
	if bundle == nil {
		return nil, &contentError{problems}
	}
	l := &library{opened: now, reader: r, told: make(chan struct{}, 1)}
	l.publish(bundle, 1, now) // the first edition of an installation; publishing counts on from here
	return l, nil
}

// knowledge is what is made of a content. What a rehearsal has learnt is known, the moment it is published.
func (r *reader) knowledge(bundle *content.Bundle) *knowledge {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.known {
		if k.bundle == bundle {
			return k
		}
	}
	asked := courseOf(bundle.Speech, documents(bundle.Phrasings()))
	made := &knowledge{
		bundle: bundle, asked: asked, questions: faq.Serve(r.school.index(asked)),
		complaints: r.school.index(courseOf(bundle.Speech, documents(bundle.CategoryPhrasings()))), said: answers(bundle),
	}
	r.known = append(r.known[max(0, len(r.known)+1-knownKept):], made)
	return made
}

// rest forgets how files were read, when nobody has asked for a content since it last rested. An admin who writes is not made to
// wait; where nobody does, it would be carried for ever, and be gone through by every collection.
func (r *reader) rest() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if loads := r.loader.Loads(); loads != r.loads {
		r.loads = loads
		return
	}
	r.loader.Forget()
}

// lexicon notices the words, beside what is published.
func (r *reader) lexicon(words bot.Manners, published []string) *desk.Lexicon {
	of := sumOf(words, published)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, w := range r.worded {
		if w.of == of {
			return w.lexicon
		}
	}
	made := desk.NewLexicon(words, published)
	r.worded = append(r.worded[max(0, len(r.worded)+1-wordedKept):], worded{of, made})
	return made
}

// sumOf is the hash of values that always marshal.
func sumOf(values ...any) [sha256.Size]byte {
	h := sha256.New()
	for _, v := range values {
		if err := json.NewEncoder(h).Encode(v); err != nil {
			panic(err)
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}
