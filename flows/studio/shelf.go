package studio

import (
	"slices"
	"sync"
)

// shelf keeps what was read and never changes: versions and bodies. It is emptied when it has become too large.
type shelf struct {
	mu    sync.Mutex
	vs    map[int]Version
	bs    map[Hash][]byte
	bytes int
}

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
