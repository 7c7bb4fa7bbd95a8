package content

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"

	"javab/flows"
)

// latest are the contents that were loaded lately, the one that was wanted last at the end: what an admin types is checked,
// then tried, rehearsed and made live, and is loaded once.
type latest []finding

// finding is what came of a content.
type finding struct {
	digest   [sha256.Size]byte
	bundle   *Bundle
	problems []flows.Problem
}

// latestKept is how many there are: those of the few admins who work at a time. What they have in common, they share.
const latestKept = 16

// find returns what came of a content, and whether that is still known.
func (l *latest) find(digest [sha256.Size]byte) (found finding, known bool) {
	i := slices.IndexFunc(*l, func(one finding) bool { return one.digest == digest })
	if i < 0 {
		return finding{}, false
	}
	found = (*l)[i]
	*l = append(slices.Delete(*l, i, i+1), found)
	return found, true
}

func (l *latest) keep(one finding) {
	*l = append(*l, one)
	*l = slices.Delete(*l, 0, max(0, len(*l)-latestKept))
}

// digestOf names a content by all files that are read of it.
func digestOf(fsys fs.FS) (digest [sha256.Size]byte) {
	sum := sha256.New()
	for _, pattern := range []string{"*.yaml", "content/*.yaml"} {
		names, _ := fs.Glob(fsys, pattern)
		for _, name := range names {
			body, err := fs.ReadFile(fsys, name)
			fmt.Fprintf(sum, "%q %d %v\n", name, len(body), err)
			sum.Write(body)
		}
	}
	return [sha256.Size]byte(sum.Sum(nil))
}
