package fixes

import (
	"strings"
	"testing"
	"testing/fstest"

	"javab/flows"
	"javab/flows/content"
	"javab/flows/content/contenttest"
)

// TestFaultsOfListsHaveFixesToo edits the lists that the product comes with.
func TestFaultsOfListsHaveFixesToo(t *testing.T) {
	files := contenttest.Product(t)
	var loader content.Loader
	for _, one := range []struct{ name, old, with, code string }{
		{"content/answers.yaml", "unit: member_relations", "unit: member_relation", "content.reference"},
		{"content/answers.yaml", "basis: sample", "basis: smaple", "content.word"},
		{"content/answers.yaml", "en: \"Register on {portal}", "en: \"Register on {portla}", "content.placeholder_missing"},
		{"content/answers.yaml", "en: \"Register on", "en: \"Register  on", "content.spaces"},
		{"content/answers.yaml", ", en: \"Joining\"}", "}", "content.language"},
		{"content/services.yaml", "- {id: trade,", "- {id: membership,", "content.id_twice"},
	} {
		good := files[one.name]
		bad := strings.Replace(string(good.Data), one.old, one.with, 1)
		if bad == string(good.Data) {
			t.Fatalf("%s has no %q", one.name, one.old)
		}
		check := func(src []byte) []flows.Problem {
			files[one.name] = &fstest.MapFile{Data: src}
			defer func() { files[one.name] = good }()
			_, problems := loader.Load(files)
			var own []flows.Problem
			for _, p := range problems {
				if p.File == one.name {
					own = append(own, p)
				}
			}
			return own
		}
		fixed := 0
		for _, p := range (Fixer{Check: check}).All([]byte(bad), check([]byte(bad))) {
			if p.Code == one.code && p.Fix != nil {
				fixed++
			}
		}
		if fixed == 0 {
			t.Errorf("%q instead of %q: no fix for %s in %v", one.with, one.old, one.code, check([]byte(bad)))
		}
	}
}
