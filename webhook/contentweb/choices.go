package contentweb

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"javab/flows/studio"
	"javab/flows/texts"
	"javab/webhook/page"
)

// from is what can be chosen in a field. What is chosen already is offered even when nothing of the kind is there any more.
func (f *form) from(one field, chosen []string) (list []page.Choice) {
	if one.Kind == choice {
		list = append(list, page.Choice{Label: f.T("forms.none")})
	}
	for _, word := range one.Words {
		list = append(list, page.Choice{ID: word, Label: f.T("forms.word." + word)})
	}
	list = append(list, f.offered(one.Of)...)
	for _, id := range chosen {
		if id != "" && !slices.ContainsFunc(list, func(c page.Choice) bool { return c.ID == id }) {
			list = append(list, page.Choice{ID: id, Label: id})
		}
	}
	for i := range list {
		list[i].Current = slices.Contains(chosen, list[i].ID)
	}
	return list
}

// offered are the entries of a collection, or the flows.
func (f *form) offered(of string) []page.Choice {
	switch of {
	case "":
		return nil
	case "flows":
		return flowsOf(f.folder)
	case "all_questions":
		return append(f.offered("questions"), f.offered("request_questions")...)
	}
	source, _ := find(of)
	return f.entries(f.folder, source)
}

// flowsOf are the scripts of a content.
func flowsOf(folder studio.Folder) (list []page.Choice) {
	for _, file := range slices.Sorted(maps.Keys(folder)) {
		if flow, is := strings.CutSuffix(file, ".yaml"); is && !strings.Contains(flow, "/") {
			list = append(list, page.Choice{ID: flow, Label: flow})
		}
	}
	return list
}

// entries are those of a collection, as the reader's language calls them. A file that cannot be read has none.
func (s screen) entries(folder studio.Folder, of collection) (list []page.Choice) {
	entries, err := texts.Entries(folder[of.File], of.List)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		list = append(list, page.Choice{ID: e.ID, Label: s.titleOf(of, e)})
	}
	return list
}

// titleOf is what an entry is called in the reader's language, else in any, else its id.
func (s screen) titleOf(of collection, e texts.Entry) string {
	one, titled := of.titled()
	if !titled {
		return cmp.Or(e.Fields["about"], e.ID)
	}
	return cmp.Or(e.Fields[in(one.Key, s.Lang)], e.Fields[in(one.Key, "fa")], e.Fields[in(one.Key, "en")], e.ID)
}
