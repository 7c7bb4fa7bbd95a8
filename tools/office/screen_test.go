package office

import (
	"slices"
	"testing"
)

// look is a screen on a desk whose list shows chats, with what else it asks for heard by the house.
func look(t *testing.T, pointed bool) (*Screen, *house) {
	t.Helper()
	one, h := open(t, nil)
	s, err := NewScreen(t.Context(), one)
	if err != nil {
		t.Fatal(err)
	}
	s.Pointed = pointed
	if !slices.Equal(s.Rows(), []string{"c:7"}) || !s.Lists("c:7") || s.Lists("c:8") {
		t.Fatalf("the list shows %v", s.Rows())
	}
	return s, h
}

func TestARowThatChangesIsReadAlone(t *testing.T) {
	s, h := look(t, false)
	s.changed(t.Context(), rows{Chats: []string{"c:7"}})
	if h.times("/desk/row/c:7") != 1 || h.times("/desk/list") != 1 || len(s.list) != 0 {
		t.Errorf("asked for %v", h.heard)
	}
}

func TestChatsThatTheListDoesNotShowAreAReasonToReadItOnceInAWhile(t *testing.T) {
	s, h := look(t, false)
	for range 3 {
		s.changed(t.Context(), rows{Chats: []string{"c:8", "c:9"}})
	}
	<-s.list
	s.reread(t.Context())
	if h.times("/desk/list") != 2 || h.times("/desk/row") != 0 {
		t.Errorf("asked for %v", h.heard)
	}
	s.changed(t.Context(), rows{Chats: []string{"c:8"}})
	if !s.soon || len(s.list) != 0 {
		t.Error("the list is read again at once")
	}
}

func TestUnderAPointerRowsStayWhereTheyAre(t *testing.T) {
	s, h := look(t, true)
	h.shows = `<li class="row" id="row-c:8" data-chat="c:8" data-rev="1">`
	s.reread(t.Context())
	if !s.Lists("c:7") || s.Lists("c:8") {
		t.Errorf("the list shows %v", s.Rows())
	}
}

func TestASignalForTheOpenChatHasItsLinesReadAgain(t *testing.T) {
	s, h := look(t, false)
	s.open = "c:7"
	var shown []bool
	s.Shown = func(thread bool, _ string) { shown = append(shown, thread) }
	if err := s.hear([]byte(`{"open":["c:9"]}`)); err != nil || len(s.talk) != 0 {
		t.Errorf("another chat: %v, %d", err, len(s.talk))
	}
	if err := s.hear([]byte(`{"open":["c:7"],"chats":["c:7"]}`)); err != nil || len(s.talk) != 1 || len(s.chats) != 1 {
		t.Fatalf("%v, %d, %d", err, len(s.talk), len(s.chats))
	}
	s.read(t.Context())
	if h.times("/desk/part/c:7") != 1 || !slices.Equal(shown, []bool{true}) {
		t.Errorf("asked for %v", h.heard)
	}
	if err := s.hear([]byte(`{`)); err == nil {
		t.Error("half a signal is none")
	}
}

func TestAScreenClaimsAnswersAndCloses(t *testing.T) {
	s, h := look(t, false)
	h.answers = map[string][]int{"/desk/c:7/claim": {409, 200}}
	if took, err := s.Take(t.Context(), 0); took != 0 || err != nil || s.Chat() != "" {
		t.Errorf("a colleague's chat: %s, %v", took, err)
	}
	if took, err := s.Take(t.Context(), 5); took == 0 || err != nil || s.Chat() != "c:7" {
		t.Fatalf("%s, %v", took, err)
	}
	if _, err := s.Say(t.Context(), "Good morning"); err != nil || h.times("/desk/c:7/reply f") != 1 {
		t.Errorf("%v, %v", err, h.heard)
	}
	if err := s.Leave(t.Context()); err != nil || s.Chat() != "" || h.times("/desk/c:7/close") != 1 {
		t.Errorf("%v, %v", err, h.heard)
	}
}
