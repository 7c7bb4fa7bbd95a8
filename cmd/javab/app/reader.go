package app

import (
	"crypto/sha256"
	"encoding/json"
	"io/fs"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/desk"
	"javab/flows/content"
)

// reader opens contents. What it has read it does not read again, and what it has learnt of it does not learn again. The
// zero reader is ready; nil is one for one content.
type reader struct {
	school school
	loader content.Loader

	mu     sync.Mutex
	worded []worded
}

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
	bundle.Version = 1 // the first edition of an installation; publishing counts on from here
	l := &library{opened: now, reader: r, told: make(chan struct{}, 1)}
	l.publish(bundle, now)
	return l, nil
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
