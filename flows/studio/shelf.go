package studio

import (
	"slices"
	"sync"

	"javab/flows"
	"javab/flows/content"
)

// shelf keeps what was read and never changes: versions and bodies. It is emptied when it has become too large.
type shelf struct {
	mu    sync.Mutex
	vs    map[int]Version
	bs    map[Hash][]byte
	bytes int

	reading sync.Mutex // contents are read one after the other
	found   []proof
}

// proof is what came of reading a content, by the digest of all its files.
type proof struct {
	digest   Hash
	bundle   *content.Bundle // nil when it has errors
	problems []flows.Problem
}

// proofs is how many contents are remembered: those of the few admins who work at a time. What they have in common, they
// share. Naming a content is far quicker than reading even the one file of it that changed.
const proofs = 16

// shelfBytes is how much the shelf holds: some dozen versions, most of whose bodies are the same.
const shelfBytes = 32 << 20

func (s *shelf) version(number int) (Version, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, known := s.vs[number]
	return v, known
}

func (s *shelf) keep(v Version) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.vs == nil || len(s.vs) >= 100 {
		s.vs = map[int]Version{}
	}
	s.vs[v.Number] = v
}

func (s *shelf) bodies(hashes []Hash) (found map[Hash][]byte, missing []Hash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found = make(map[Hash][]byte, len(hashes))
	for _, hash := range hashes {
		if body, there := s.bs[hash]; there {
			found[hash] = body
		} else if !slices.Contains(missing, hash) {
			missing = append(missing, hash)
		}
	}
	return found, missing
}

func (s *shelf) add(bodies map[Hash][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bs == nil || s.bytes > shelfBytes {
		s.bs, s.bytes = map[Hash][]byte{}, 0
	}
	for hash, body := range bodies {
		if _, there := s.bs[hash]; !there {
			s.bs[hash], s.bytes = body, s.bytes+len(body)
		}
	}
}

// problems are what is wrong with a content.
func (s *Studio) problems(files Folder) []flows.Problem {
	return slices.Clone(s.kept.read(s.Loader, files).problems)
}

// read reads a content. Only the files that are not as they were in the content before it are read anew: admins change
// one letter of one file at a time.
func (s *shelf) read(loader *content.Loader, files Folder) proof {
	digest := files.digest()
	s.reading.Lock()
	defer s.reading.Unlock()
	if i := slices.IndexFunc(s.found, func(p proof) bool { return p.digest == digest }); i >= 0 {
		return s.found[i]
	}
	bundle, problems := loader.Load(files)
	made := proof{digest, bundle, problems}
	s.found = append(s.found[max(0, len(s.found)-proofs+1):], made)
	return made
}
