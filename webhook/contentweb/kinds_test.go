package contentweb

import (
	"testing"

	"javab/bot/learning"
	"javab/flows/content"
)

func TestTheFormsKnowTheLimitsThatTheContentIsCheckedBy(t *testing.T) {
	if maxTitle != content.MaxTitle || maxLabel != content.MaxLabel || maxAnswer != content.MaxAnswer {
		t.Errorf("the forms have %d, %d and %d letters, the content %d, %d and %d", maxTitle, maxLabel, maxAnswer, content.MaxTitle, content.MaxLabel, content.MaxAnswer)
	}
	if enough != learning.Enough {
		t.Errorf("%d phrasings are enough for the list, %d for the learning", enough, learning.Enough)
	}
}
