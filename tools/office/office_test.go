package office

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/tools/messenger"
)

// page is a desk's page with a box to write in.
func page(id int) string {
	return fmt.Sprintf(`<form class="reply" method="post"><input type="hidden" name="tab" value="mine"><input type="hidden" name="id" value="f%d">`, id)
}

// house is a desk that says what it was asked; each path answers as its list says, the last answer for ever.
type house struct {
	mu      sync.Mutex
	heard   []string
	answers map[string][]int
	shows   string // words on the chat's page
}

func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.heard = append(h.heard, strings.Join([]string{r.URL.Path, r.FormValue("id"), r.FormValue("text")}, " "))
	status := http.StatusOK
	if list := h.answers[r.URL.Path]; len(list) > 0 {
		status = list[0]
		h.answers[r.URL.Path] = list[min(1, len(list)-1):]
	}
	w.WriteHeader(status)
	fmt.Fprint(w, page(len(h.heard)), h.shows)
}

func (h *house) times(said string) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, one := range h.heard {
		if strings.HasPrefix(one, said) {
			n++
		}
	}
	return n
}

func open(t *testing.T, answers map[string][]int) (*Officer, *house) {
	t.Helper()
	h := &house{answers: answers, shows: `<li class="row" id="row-c:7" data-chat="c:7" data-rev="1">`}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return &Officer{Name: "sara", browser: newBrowser(server.URL), inHand: make(map[string]bool)}, h
}

func TestWhatWasNotAnsweredIsPostedAgainUnderItsOwnId(t *testing.T) {
	one, h := open(t, map[string][]int{"/desk/c:7/reply": {503, 502, 200}})
	got, err := one.Write(t.Context(), "c:7", "reply", "f1", "Good morning")
	if err != nil || !got.taken || !got.again || got.next != "f3" {
		t.Errorf("%+v, %v", got, err)
	}
	if n := h.times("/desk/c:7/reply f1 Good morning"); n != 3 {
		t.Errorf("posted %d times: %v", n, h.heard)
	}
}

func TestWhatTheDeskRefusesIsNotPostedAgainAndNotTaken(t *testing.T) {
	one, h := open(t, map[string][]int{"/desk/c:7/reply": {409}})
	got, err := one.Write(t.Context(), "c:7", "reply", "f1", "Good morning")
	if err != nil || got.taken || got.again || len(h.heard) != 1 {
		t.Errorf("%+v, %v after %v", got, err, h.heard)
	}
}

func TestASessionThatEndsIsAnError(t *testing.T) {
	one, _ := open(t, map[string][]int{"/desk/c:7/note": {401}})
	if _, err := one.Write(t.Context(), "c:7", "note", "f1", "x"); err == nil || !strings.Contains(err.Error(), "session is over") {
		t.Errorf("got %v", err)
	}
}

func TestAnOfficerTakesWhatWaitsOnceAndLeavesWhatAnotherHas(t *testing.T) {
	one, h := open(t, map[string][]int{"/desk/c:7/claim": {409, 200}})
	o := &Office{Officers: []*Officer{one}, Patience: time.Minute}
	if err := o.serve(t.Context(), one); err != nil || h.times("/desk/c:7/reply") != 0 {
		t.Errorf("after another's claim: %v, %v", err, h.heard)
	}
	one.inHand["c:7"] = true
	if err := o.serve(t.Context(), one); err != nil || h.times("/desk/c:7/claim") != 1 {
		t.Errorf("he claims a chat in which he talks: %v, %v", err, h.heard)
	}
}

func TestATalkIsAnsweredAndClosedWhenTheMemberHasSaidGoodbye(t *testing.T) {
	one, h := open(t, nil)
	o := &Office{Officers: []*Officer{one}, Patience: time.Minute, Again: 1}
	h.shows = goodbye(inLetters("f9"))
	if err := o.talk(t.Context(), one, "c:7", "f9"); err != nil {
		t.Fatal(err)
	}
	replies := slices.DeleteFunc(slices.Clone(o.posted), func(p Posted) bool { return p.Note })
	if h.times("/desk/c:7/close") != 1 || h.times("/desk/c:7/reply") != 2*len(replies) || int(o.answers.Load()) != len(replies) {
		t.Errorf("%d answers, %+v after %v", o.answers.Load(), o.posted, h.heard)
	}
	if err := o.Trouble(); err != nil {
		t.Error(err)
	}
}

func TestNoTalkIsNamedLikeASumOfMoney(t *testing.T) {
	if id := inLetters("54f71aed"); strings.ContainsAny(id, "0123456789") || id == inLetters("54f72aed") {
		t.Errorf("a manager would be asked about %s", id)
	}
}

func TestATalkThatEndsWithoutGoodbyeIsTrouble(t *testing.T) {
	one, _ := open(t, nil)
	o := &Office{Patience: time.Millisecond}
	if err := o.talk(t.Context(), one, "c:7", "f9"); err == nil || !strings.Contains(err.Error(), "never said goodbye") {
		t.Errorf("got %v", err)
	}
}

func TestARefusedRepeatIsTrouble(t *testing.T) {
	one, _ := open(t, map[string][]int{"/desk/c:7/reply": {200, 409}})
	o := &Office{Again: 1}
	_, _ = o.write(t.Context(), one, Posted{Chat: "c:7", ID: "f1", Words: "x"})
	if o.Trouble() == nil && o.posted[0].Taken {
		t.Error("nobody tells of it")
	}
}

func TestMembersComeWhileThereIsASeatAndAsTheWorkGoesOn(t *testing.T) {
	o := &Office{Officers: []*Officer{{}}, Answers: 100}
	came := 0
	for o.Wants(0) {
		came++
	}
	if came != atOnce {
		t.Errorf("%d came at the beginning to %d seats", came, atOnce)
	}
	o.answers.Store(50)
	if o.Wants(0.5) {
		t.Error("one more came to full seats, though they are not behind")
	}
	if !o.Wants(1) {
		t.Error("nobody came though they are behind")
	}
	o.answers.Store(100)
	for range came + 1 {
		o.Left()
	}
	if o.Wants(1) {
		t.Error("one came after the last answer")
	}
}

func TestAMemberAsksTheBotInBetweenAndSaysGoodbyeToTheLastAnswer(t *testing.T) {
	for words, want := range map[string]string{
		answerOf(1, 3, "f9", "sara"):        "/track",
		answerOf(2, 3, "f9", "sara"):        "I see, 2 of f9",
		answerOf(3, 3, "f9", "sara"):        goodbye("f9"),
		answerOf(1, 1, "f9", "sara"):        goodbye("f9"),
		"An officer has taken your chat":    "",
		"Answer me this, said the bot once": "",
	} {
		if got := (&Office{}).Reply(messenger.Seen{Text: words}); got != want {
			t.Errorf("to %q: %q, want %q", words, got, want)
		}
	}
}

// The vectors of RFC 6238, of which the last six digits are shown.
func TestACodeIsWhatAuthenticatorsShow(t *testing.T) {
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 2000000000: "279037"} {
		if got, err := code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", time.Unix(at, 0)); got != want || err != nil {
			t.Errorf("at %d: %s, %v, want %s", at, got, err, want)
		}
	}
	if _, err := code("not base32!", time.Unix(0, 0)); err == nil {
		t.Error("no error")
	}
}

func TestWhoIsInterruptedStopsAsking(t *testing.T) {
	one, _ := open(t, map[string][]int{"/desk/list": {503}})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := one.List(ctx, "waiting"); err == nil {
		t.Error("no error")
	}
}
