package app

import (
	"bufio"
	"errors"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"javab/webhook/emulator"
)

// The pace of the tests' watch, and how long several of its looks take.
const (
	quickWatch = 20 * time.Millisecond
	manyLooks  = 20 * quickWatch
)

// duty is a town with Telegram and Bale, watched quickly; a person of the staff has written to the bot on each.
func duty(t *testing.T, settings ...string) (tw *town, tele, bale booth) {
	t.Helper()
	tele, bale = open(t, false), open(t, true)
	tw = plan{
		messenger: tele, settings: append(bale.settings(), settings...), change: func(h *house) { h.watchEvery = quickWatch },
	}.settle(t)
	for _, messenger := range []booth{tele, bale} {
		messenger.Join(emulator.Member{ID: 9001, First: "Duty"})
		if _, err := messenger.Say(9001, "/start"); err != nil {
			t.Fatal(err)
		}
	}
	return tw, tele, bale
}

// timesTold counts the messages with those words in the staff's chat.
func timesTold(t *testing.T, b booth, words string) int {
	t.Helper()
	v, err := b.View(9001)
	if err != nil {
		t.Fatal(err)
	}
	return timesRead(v, words)
}

// wantTold waits until the words have been told once, and a little longer, lest they are told again.
func wantTold(t *testing.T, count func(words string) int, words string) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); count(words) == 0 && time.Now().Before(end); time.Sleep(quickWatch) {
	}
	time.Sleep(manyLooks)
	if n := count(words); n != 1 {
		t.Errorf("%q was told %d times, want once", words, n)
	}
}

var refusing = emulator.Fault{Method: "getWebhookInfo", Status: http.StatusUnauthorized}

func TestWhenAChannelFailsTheStaffHearsOfItOnceOnTheOtherAndOnceWhenItWorksAgain(t *testing.T) {
	t.Parallel()
	_, tele, bale := duty(t, "JAVAB_ALARM_CHAT=bale:9001")
	onBale := func(words string) int { return timesTold(t, bale, words) }
	time.Sleep(manyLooks)
	if n := onBale("Javab: the channel"); n != 0 {
		t.Fatalf("%d alarms while all is well", n)
	}
	tele.AddFault(refusing)
	wantTold(t, onBale, "the channel tg is not working")
	tele.ClearFaults()
	wantTold(t, onBale, "the channel tg works again")
	if n := timesTold(t, tele, "Javab: the channel"); n != 0 {
		t.Errorf("the failing channel told of itself %d times", n)
	}
}

func TestAFailingChannelNeverTellsOfItselfTheMailDoes(t *testing.T) {
	t.Parallel()
	office := openPostOffice(t)
	_, tele, bale := duty(t, "JAVAB_ALARM_CHAT=tg:9001", "JAVAB_ALARM_MAIL=duty@chamber.example", "JAVAB_SMTP="+office.url)
	tele.AddFault(refusing)
	wantTold(t, office.count, "the channel tg is not working")
	tele.ClearFaults()
	wantTold(t, office.count, "the channel tg works again")
	for _, b := range []booth{tele, bale} {
		if n := timesTold(t, b, "Javab: the channel"); n != 0 {
			t.Errorf("%d alarms on %s", n, b.variable)
		}
	}
	if to := office.letters()[0].Header.Get("To"); !strings.Contains(to, "duty@chamber.example") {
		t.Errorf("the letter went to %q", to)
	}
}

func TestAnAlarmThatNobodyHeardIsToldAgain(t *testing.T) {
	t.Parallel()
	_, tele, bale := duty(t, "JAVAB_ALARM_CHAT=bale:9001")
	bale.AddFault(emulator.Fault{Method: "sendMessage", Chat: 9001, Status: http.StatusForbidden, Times: 3})
	tele.AddFault(refusing)
	wantTold(t, func(words string) int { return timesTold(t, bale, words) }, "the channel tg is not working")
}

func TestOneWhoIsPatientIsWokenOnce(t *testing.T) {
	away := errors.New("away")
	var p patient
	var heard []string
	look := func(err error, through bool) {
		id := p.note(err)
		if id != "" {
			p.heard(id, through)
		}
		heard = append(heard, id)
	}
	for _, err := range []error{away, away, nil, away, away} {
		look(err, true)
	}
	look(away, false)
	look(away, true)
	look(away, true)
	look(nil, true)
	look(nil, true)
	want := ",,,,,alarm.failing,alarm.failing,,alarm.recovered,"
	if got := strings.Join(heard, ","); got != want {
		t.Errorf("heard %q, want %q", got, want)
	}
}

func TestDeliveriesThatPileUpAtTheMessengerAreTrouble(t *testing.T) {
	tele := open(t, false)
	h := plan{messenger: tele}.house(t, "http://127.0.0.1:1")
	t.Cleanup(func() { _ = h.close() })
	if err := h.channels[0].Profile.Webhook(t.Context(), "http://127.0.0.1:1/hook/tg", strings.Repeat("s", 32)); err != nil {
		t.Fatal(err)
	}
	if err := h.trouble(t.Context(), h.channels[0]); err != nil {
		t.Errorf("nothing waits, and there is trouble: %v", err)
	}
	tele.Join(emulator.Member{ID: 7001})
	for range watchPending {
		if _, err := tele.Say(7001, "hello"); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	for end := time.Now().Add(10 * time.Second); err == nil && time.Now().Before(end); time.Sleep(quickWatch) {
		err = h.trouble(t.Context(), h.channels[0])
	}
	if err == nil || !strings.Contains(err.Error(), "wait at the messenger") {
		t.Errorf("got %v", err)
	}
}

func TestAlarmsThatCouldNotGetThroughAreRefusedAtTheStart(t *testing.T) {
	token := "JAVAB_TELEGRAM_TOKEN=" + demoToken
	for settings, want := range map[string]string{
		"JAVAB_ALARM_CHAT=12345":                         "such as bale:12345",
		"JAVAB_ALARM_CHAT=bale:":                         "such as bale:12345",
		"JAVAB_ALARM_CHAT=bale:12345":                    "names the messenger bale, which is not set up. Please name one of these: tg.",
		"JAVAB_ALARM_MAIL=duty@chamber.example":          "JAVAB_SMTP",
		"JAVAB_ALARM_MAIL=duty JAVAB_SMTP=smtp://a.b:25": "such as duty@chamber.example",
	} {
		i := install(t, append(strings.Fields(settings), token)...)
		i.want(i.run("serve"), 2, want)
	}
	for _, fine := range []Config{{}, {TelegramToken: demoToken, AlarmChat: "tg:-100123"}, {AlarmMail: "a@b.c", SMTP: "smtp://b.c"}} {
		if err := fine.checkAlarms(); err != nil {
			t.Errorf("%+v is refused: %v", fine, err)
		}
	}
}

// postOffice is a mail server of a few lines: it takes whatever it is handed.
type postOffice struct {
	url string

	mu   sync.Mutex
	held []string
}

func openPostOffice(t *testing.T) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	o := &postOffice{url: "smtp://" + listener.Addr().String()}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go o.serve(conn)
		}
	}()
	return o
}

func (o *postOffice) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	_, _ = io.WriteString(conn, "220 office\r\n")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch command, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " "); command {
		case "DATA":
			_, _ = io.WriteString(conn, "354 go on\r\n")
			o.take(in)
			_, _ = io.WriteString(conn, "250 taken\r\n")
		case "QUIT":
			_, _ = io.WriteString(conn, "221 bye\r\n")
			return
		default:
			_, _ = io.WriteString(conn, "250 ok\r\n")
		}
	}
}

func (o *postOffice) take(in *bufio.Reader) {
	var letter strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		letter.WriteString(line)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held = append(o.held, letter.String())
}

func (o *postOffice) letters() []*mail.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []*mail.Message
	for _, raw := range o.held {
		if m, err := mail.ReadMessage(strings.NewReader(raw)); err == nil {
			all = append(all, m)
		}
	}
	return all
}

func (o *postOffice) count(words string) (n int) {
	for _, letter := range o.letters() {
		if body, err := io.ReadAll(quotedprintable.NewReader(letter.Body)); err == nil && strings.Contains(string(body), words) {
			n++
		}
	}
	return n
}
