package officeweb

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func (h *house) replies(t *testing.T, query url.Values) (found []string) {
	t.Helper()
	html := h.get(t, "/replies?"+query.Encode()).Body.String()
	for _, m := range regexp.MustCompile(`id="reply-(\w+)"`).FindAllStringSubmatch(html, -1) {
		found = append(found, m[1])
	}
	return found
}

func TestReadyRepliesAreFoundByWordsUnitAndTopic(t *testing.T) {
	h := open(t)
	for _, row := range []struct {
		query url.Values
		want  []string
	}{
		{nil, []string{"greet", "dues"}},
		{url.Values{"words": {h.room.Query}}, []string{"dues"}},   // another half-space
		{url.Values{"words": {h.room.Variant}}, []string{"dues"}}, // an Arabic letter
		{url.Values{"words": {"dues PAYING"}}, []string{"dues"}},
		{url.Values{"unit": {"finance"}}, []string{"greet", "dues"}}, // one of no unit is everybody's
		{url.Values{"unit": {"training"}}, []string{"greet"}},
		{url.Values{"topic": {"renewal"}}, []string{"dues"}},
		{url.Values{"words": {"zz"}}, nil},
	} {
		if found := h.replies(t, row.query); !slices.Equal(found, row.want) {
			t.Errorf("%v finds %v, want %v", row.query, found, row.want)
		}
	}
}

func TestAReadyReplyStandsInItsLanguagesWithItsPlacesAndItsUse(t *testing.T) {
	h := open(t)
	cards := strings.Split(h.get(t, "/replies", "javab_lang=en").Body.String(), "<article")
	for i, want := range [][]string{
		1: {`<section lang="fa" dir="rtl">`, `<section lang="ar" dir="rtl">`, `<section lang="en" dir="ltr">`, `<bdi dir="ltr" class="code open">{name}</bdi>`, "the member", "sent 1,204 times"},
		2: {"Finance", "Renewal", "date of the promise", "Not sent in the last 30 days"},
	} {
		for _, words := range want {
			if !strings.Contains(cards[i], words) {
				t.Errorf("reply %d does not tell %q: %s", i, words, cards[i])
			}
		}
	}
	if strings.Contains(cards[2], "the member") {
		t.Error("a place that the text has not is told")
	}
	if want := noon.AddDate(0, 0, -30); !h.since.Equal(want) {
		t.Errorf("counted since %s", h.since)
	}
}
