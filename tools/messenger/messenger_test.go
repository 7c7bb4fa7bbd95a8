package messenger_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/tools/messenger"
)

// hook is a bot's side: it notes what comes in and answers as the test says.
type hook struct {
	mu     sync.Mutex
	bodies []string
	answer func(try int, w http.ResponseWriter)
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	h.bodies = append(h.bodies, string(body))
	try := len(h.bodies)
	h.mu.Unlock()
	if h.answer != nil {
		h.answer(try, w)
	}
}

func open(t *testing.T, h *hook) *messenger.Messenger {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	m := messenger.New("secret", 4)
	m.Hook = server.URL
	return m
}

func TestTheNextUpdateOfAChatComesOnlyAfterTheLastWasAccepted(t *testing.T) {
	h := &hook{answer: func(try int, w http.ResponseWriter) {
		if try == 1 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}}
	m := open(t, h)
	m.Member(7).Say("one")
	<-m.Member(7).Say("two")
	var words []string
	for _, body := range h.bodies {
		for _, word := range []string{"one", "two"} {
			if strings.Contains(body, `"text":"`+word+`"`) {
				words = append(words, word)
			}
		}
	}
	if !slices.Equal(words, []string{"one", "one", "two"}) || m.Failed.Load() != 1 || m.Waiting.Load() != 0 {
		t.Errorf("delivered %v, %d failed, %d waiting", words, m.Failed.Load(), m.Waiting.Load())
	}
}

func TestARetryAfterIsObeyed(t *testing.T) {
	m := open(t, &hook{answer: func(try int, w http.ResponseWriter) {
		if try == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}})
	begun := time.Now()
	<-m.Member(7).Say("one")
	if took := time.Since(begun); took < time.Second || m.Refused.Load() != 1 || m.Failed.Load() != 0 {
		t.Errorf("accepted after %s, %d refused", took, m.Refused.Load())
	}
}

func send(t *testing.T, url, text, buttons string) int {
	t.Helper()
	body := `{"chat_id":7,"text":"` + text + `","reply_markup":{"inline_keyboard":[[{"text":"b","callback_data":"` + buttons + `"}]]}}`
	response, err := http.Post(url+"/bot1:x/sendMessage", "application/json", strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestACopyIsSeenButNotFresh(t *testing.T) {
	m := open(t, &hook{})
	m.SeeThrough = true
	api := m.Listen()
	defer api.Close()
	for _, token := range []string{"a", "a", "b"} {
		send(t, api.URL, "menu", token)
	}
	if seen, fresh := len(m.Member(7).Seen()), m.Member(7).Count(); seen != 3 || fresh != 2 {
		t.Errorf("seen %d, fresh %d; want 3 and 2", seen, fresh)
	}
}

func TestAMessageBeforeItsTimeIsCounted(t *testing.T) {
	m := open(t, &hook{})
	m.Faults.TooMany = 1
	api := m.Listen()
	defer api.Close()
	if status := send(t, api.URL, "one", "a"); status != http.StatusTooManyRequests {
		t.Errorf("status %d", status)
	}
	m.Faults.TooMany = 0
	send(t, api.URL, "one", "a")
	if m.Early() != 1 || m.TooMany.Load() != 1 {
		t.Errorf("%d too early of %d refused", m.Early(), m.TooMany.Load())
	}
}

func TestANoticeBesideTheDialogueIsOnlyCounted(t *testing.T) {
	m := open(t, &hook{})
	m.Overlook = "outage"
	api := m.Listen()
	defer api.Close()
	send(t, api.URL, "an outage", "a")
	if m.Overlooked.Load() != 1 || m.Member(7).Count() != 0 {
		t.Error("the notice was not overlooked")
	}
}

func TestARobotFindsAButtonHoweverEarlyItCame(t *testing.T) {
	m := open(t, &hook{})
	api := m.Listen()
	defer api.Close()
	robot := &messenger.Robot{Member: m.Member(7), Patience: time.Second}
	if err := robot.Expect("b"); err == nil {
		t.Error("found a button before there was one")
	}
	go send(t, api.URL, "menu", "a")
	if err := robot.Expect("b"); err != nil {
		t.Error(err)
	}
	if err := robot.Expect("b"); err != nil {
		t.Error(err)
	}
}

func TestAHangUpIsDeliveredAgainAndCountedAsAFailure(t *testing.T) {
	h := &hook{answer: func(try int, _ http.ResponseWriter) {
		if try == 1 {
			panic(http.ErrAbortHandler)
		}
	}}
	m := open(t, h)
	<-m.Member(7).Say("one")
	if len(h.bodies) != 2 || h.bodies[0] != h.bodies[1] || m.Failed.Load() != 1 || m.Refused.Load() != 0 || m.Delivered.Load() != 1 {
		t.Errorf("%d deliveries, %d failed, %d refused", len(h.bodies), m.Failed.Load(), m.Refused.Load())
	}
}

func TestA503WithoutATimeIsAFailure(t *testing.T) {
	m := open(t, &hook{answer: func(try int, w http.ResponseWriter) {
		if try == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}})
	<-m.Member(7).Say("one")
	if m.Failed.Load() != 1 || m.Refused.Load() != 0 {
		t.Errorf("%d failed, %d refused", m.Failed.Load(), m.Refused.Load())
	}
}

func TestAPressDoesNotWaitForWordsThatAreHeldUp(t *testing.T) {
	begun, held := make(chan struct{}), make(chan struct{})
	m := open(t, &hook{answer: func(try int, _ http.ResponseWriter) {
		if try == 1 {
			close(begun)
			<-held
		}
	}})
	words := m.Member(7).Say("one")
	<-begun
	<-m.Member(7).Press(messenger.Seen{ID: 1}, messenger.Button{Data: "f:a:1"})
	select {
	case <-words:
		t.Error("the words were accepted before the press")
	default:
	}
	close(held)
	<-words
}

func TestAnUpdateIsDeliveredAgainWhenTheMessengerIsUnsure(t *testing.T) {
	h := &hook{}
	m := open(t, h)
	m.Again = 1
	<-m.Member(7).Say("one")
	<-m.Member(7).Say("two") // behind the second delivery of the first
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.bodies) < 3 || h.bodies[0] != h.bodies[1] || h.bodies[2] == h.bodies[0] {
		t.Errorf("%d deliveries: %v", len(h.bodies), h.bodies)
	}
}
