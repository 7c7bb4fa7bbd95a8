package content

import (
	"maps"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"javab/flows"
)

// together is what all lists are together, and what is wrong with them among themselves: it stands until one of them
// changes. Nobody changes it: bundles share it.
type together struct {
	roots    map[string]ast.Node // what was read of each file; a file that is read again has another one
	bundle   *Bundle             // without scripts
	offered  offering
	said     owners // what the phrasings of answers mean
	problems []flows.Problem
}

// together puts the lists together, when they are not as they were.
func (l *Loader) together(f *files) *together {
	k := &together{roots: make(map[string]ast.Node, len(f.sources))}
	for name, s := range f.sources {
		k.roots[name] = s.root
	}
	if l.lists != nil && maps.Equal(l.lists.roots, k.roots) {
		return l.lists
	}
	own := *f
	own.sources = make(map[string]*source, len(f.sources))
	for name, s := range f.sources {
		kept := *s
		kept.problems = &k.problems
		own.sources[name] = &kept
	}
	k.bundle = build(&own)
	k.bundle.Speech = l.speech(&own)
	k.offered = offered(&own, k.bundle)
	k.said = owners{of: map[string]string{}, folds: l.folds.next()}
	lintLists(&own, k)
	l.lists = k
	return k
}

// with is the bundle of these lists and scripts.
func (k *together) with(scripts []*flows.Script) *Bundle {
	b := *k.bundle
	b.Scripts = scripts
	return &b
}

// offers are the names and commands that there are with these scripts.
func (k *together) offers(b *Bundle) offering {
	o := k.offered
	o.names, o.commands = slices.Clip(o.names), slices.Clip(o.commands)
	for _, s := range b.Scripts {
		if s.Feature.Text == "" || b.Features[s.Feature.Text] {
			o.script(s, b.Features)
		}
	}
	return o
}
