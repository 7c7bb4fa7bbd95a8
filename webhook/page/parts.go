package page

import "net/http"

// Parts are pages that stand beside one another.
type Parts struct {
	Label string
	Links []Choice
}

// ContentParts are the pages of the content, those that the reader may open; current is the address of the one that is open.
func (s Screen) ContentParts(current string) Parts {
	p := Parts{Label: s.T("forms.parts")}
	for _, one := range []struct{ url, id string }{
		{"/studio", "studio.scripts"},
		{"/studio/answers", "forms.answers"},
		{"/studio/answers/unanswered", "learning.unanswered"},
		{"/studio/services", "forms.services"},
		{"/studio/lists", "forms.lists"},
		{"/studio/proposals", "forms.proposals"},
		{"/studio/offers", "forms.offers"},
		{"/studio/rules", "forms.rules"},
	} {
		if s.Allows(http.MethodGet, one.url) {
			p.Links = append(p.Links, Choice{ID: one.url, Label: s.T(one.id), Current: one.url == current})
		}
	}
	return p
}
