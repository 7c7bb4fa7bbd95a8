package app

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"javab/bot/telegram"
	"javab/storage/vault"
	"javab/webhook/emulator"
)

const doctorToken = "100001:doctor-doctor-doctor-doctor-doctor-doctor"

// clinic is an installation with a messenger whose clock is the doctor's, or off by so much.
func clinic(t *testing.T, bale bool, off time.Duration, vars ...string) (*installation, *emulator.Server) {
	t.Helper()
	messenger := emulator.New(emulator.Options{Token: doctorToken, Bale: bale, Now: func() time.Time { return morning }, Second: time.Millisecond})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", morning.Add(off).Format(http.TimeFormat))
		messenger.ServeHTTP(w, r)
	}))
	t.Cleanup(func() { web.Close(); messenger.Close() })
	name := "JAVAB_TELEGRAM_"
	if bale {
		name = "JAVAB_BALE_"
	}
	i := install(t, append([]string{name + "TOKEN=" + doctorToken, name + "API=" + web.URL}, vars...)...)
	i.want(i.run("migrate"), 0)
	return i, messenger
}

// findings are what the doctor says, by check: the state and the message.
func (i *installation) findings() map[string]finding {
	i.t.Helper()
	list := decoded[struct{ Findings []finding }](i, i.run("doctor", "--json"))
	byCheck := map[string]finding{}
	for _, f := range list.Findings {
		if had, seen := byCheck[f.Check]; !seen || had.State == fine {
			byCheck[f.Check] = f
		}
		if f.State != fine && f.Advice == "" {
			i.t.Errorf("no advice: %+v", f)
		}
	}
	return byCheck
}

func (i *installation) wantFinding(check string, s state, part string) {
	i.t.Helper()
	if got := i.findings()[check]; got.State != s || !strings.Contains(got.Message, part) {
		i.t.Errorf("%s: got %+v", check, got)
	}
}

func TestAHealthyInstallationHasNoFindings(t *testing.T) {
	i, _ := clinic(t, false, 0)
	i.want(i.run("doctor"), 0, "[ok] tg: the token is accepted (@javab_demo_bot)", "messages are asked for", "Problems: 0, warnings: 0")
	for check, f := range i.findings() {
		if f.State != fine {
			t.Errorf("%s: %+v", check, f)
		}
	}
}

func TestTheClockIsComparedWithTheMessengers(t *testing.T) {
	for off, want := range map[time.Duration]state{2 * time.Second: fine, -10 * time.Second: warning, time.Hour: problem} {
		i, _ := clinic(t, false, off)
		i.wantFinding("tg.clock", want, "clock")
	}
}

// hook registers a webhook at the installation's messenger, as a server with that public address does.
func (i *installation) hook(publicURL string) {
	i.t.Helper()
	config, err := LoadConfig(i.vars, i.dir)
	if err != nil {
		i.t.Fatal(err)
	}
	v, err := keptVault(config)
	if err != nil {
		i.t.Fatal(err)
	}
	h := &house{config: config, vault: v, env: i.environment()}
	if err := h.openChannels(); err != nil {
		i.t.Fatal(err)
	}
	c := h.channels[0]
	if err := c.Profile.Webhook(i.t.Context(), publicURL+"/hook/"+string(c.ID), hookSecrets(config, v, c.ID)[0]); err != nil {
		i.t.Fatal(err)
	}
}

func TestTheWebhookIsComparedWithThePublicAddress(t *testing.T) {
	const here, elsewhere = "http://127.0.0.1:1", "http://127.0.0.1:2"
	for _, bale := range []bool{false, true} {
		check := "tg.webhook"
		if bale {
			check = "bale.webhook"
		}
		i, _ := clinic(t, bale, 0, "JAVAB_PUBLIC_URL="+here)
		i.wantFinding(check, warning, "not to "+here)
		i.hook(here)
		i.wantFinding(check, fine, here+"/hook/")
		i.hook(elsewhere)
		i.wantFinding(check, warning, elsewhere)
		i.vars = i.vars[:len(i.vars)-1] // without a public address
		i.wantFinding(check, warning, "JAVAB_PUBLIC_URL is not set")
		if all := i.run("doctor", "--json").out; strings.Contains(all, hookSecrets(Config{}, mustVault(t), "bale")[0]) {
			t.Errorf("the secret of the path is shown:\n%s", all)
		}
	}
}

func mustVault(t *testing.T) *vault.Vault {
	t.Helper()
	v, err := keptVault(Config{Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDeliveriesThatFailAreTold(t *testing.T) {
	const here = "http://127.0.0.1:1" // where nobody listens
	i, messenger := clinic(t, false, 0, "JAVAB_PUBLIC_URL="+here)
	i.hook(here)
	messenger.Join(emulator.Member{ID: 77})
	if _, err := messenger.Say(77, "hello"); err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); time.Since(begun) < 30*time.Second; time.Sleep(20 * time.Millisecond) {
		if got := i.findings()["tg.webhook"]; strings.Contains(got.Message, "the last delivery failed") {
			return
		}
	}
	t.Errorf("got %+v", i.findings()["tg.webhook"])
}

func TestARefusedTokenIsToldFromAMessengerThatIsDown(t *testing.T) {
	i, messenger := clinic(t, false, 0)
	messenger.AddFault(emulator.Fault{Method: "getMe", Status: 401, Text: "Unauthorized"})
	i.wantFinding("tg.token", problem, "refused")
	messenger.ClearFaults()
	messenger.AddFault(emulator.Fault{Method: "getMe", Status: 502, Text: "Bad Gateway"})
	i.wantFinding("tg.token", problem, "did not check")
}

func TestAPublicAddressThatMessengersWouldNotTakeIsTold(t *testing.T) {
	i, _ := clinic(t, false, 0, "JAVAB_PUBLIC_URL=http://bot.chamber.example")
	i.wantFinding("url", problem, "https")
	i.vars[len(i.vars)-1] = "JAVAB_PUBLIC_URL=https://bot.chamber.example:9443"
	i.wantFinding("url", problem, "9443")
}

func TestAlarmsThatCouldNotGetThroughAreAProblem(t *testing.T) {
	for setting, want := range map[string]string{
		"JAVAB_ALARM_CHAT=bale:12345":           "names the messenger bale, which is not set up",
		"JAVAB_ALARM_MAIL=duty@chamber.example": "JAVAB_SMTP",
	} {
		i, _ := clinic(t, false, 0, setting)
		i.want(i.run("doctor"), 1, want, "[ok] tg: the token is accepted", "Problems: 1, warnings: 0")
	}
}

func TestTheDoctorTellsWhatWaits(t *testing.T) {
	i := filled(t)
	i.vars = append(i.vars, withTelegram, "JAVAB_TELEGRAM_API=http://127.0.0.1:1")
	i.hold(8, start(8))
	later := func(e Environment) Environment {
		e.Clock = func() time.Time { return morning.Add(time.Hour) }
		return e
	}
	i.want(i.runIn(later(i.environment("doctor"))), 1, "could not handle: 1", "javab replay", "60 minutes late")
}

func TestTheDoctorMakesNothing(t *testing.T) {
	i := install(t)
	i.vars = i.vars[:1] // without a key
	i.want(i.run("doctor"), 0, "There is no database")
	if held, err := os.ReadDir(i.dir); err != nil || len(held) > 0 {
		t.Errorf("made %v, %v", held, err)
	}
}

func TestALostKeyIsAProblem(t *testing.T) {
	i := filled(t)
	i.vars = i.vars[:1]
	i.wantKeyProblem("The encryption key is not there")
	i.vars = append(i.vars, "JAVAB_KEY=fedcba9876543210-fedcba9876543210-another")
	i.wantKeyProblem("does not belong")
}

func (i *installation) wantKeyProblem(part string) {
	i.t.Helper()
	list := decoded[struct{ Findings []finding }](i, i.run("doctor", "--json"))
	for _, f := range list.Findings {
		if f.Check == "key" && f.State == problem && strings.Contains(f.Message, part) {
			return
		}
	}
	i.t.Errorf("%q is not among %+v", part, list.Findings)
}

func TestTablesOfAnOlderVersionAreAProblem(t *testing.T) {
	i := install(t)
	if err := os.MkdirAll(filepath.Join(i.dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(i.dir, "data", databaseFile), nil, 0o600); err != nil { // an empty database
		t.Fatal(err)
	}
	i.wantFinding("schema", problem, "version 0")
}

func TestACallThatFailsSaysHowFarItCame(t *testing.T) {
	answering := httptest.NewServer(http.NotFoundHandler())
	defer answering.Close()
	troubled := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	defer troubled.Close()
	cutting := hangingUp(t)
	nobody := httptest.NewServer(nil)
	nobody.Close()
	for name, c := range map[string]struct {
		probe probe
		want  stage
	}{
		"an answer":                   {probe{base: answering.URL}, ""},
		"an answer through a proxy":   {probe{base: "http://api.example", proxy: answering.URL}, ""},
		"trouble":                     {probe{base: troubled.URL}, stageTrouble},
		"nobody listens":              {probe{base: nobody.URL}, stageDown},
		"cut in the handshake":        {probe{base: "https://" + cutting}, stageTLS},
		"cut after the call":          {probe{base: "http://" + cutting}, stageAnswer},
		"a foreign certificate":       {probe{base: httptestTLS(t)}, stageTLS},
		"no proxy":                    {probe{base: "https://api.example", proxy: nobody.URL}, stageProxy},
		"a proxy that refuses":        {probe{base: "https://api.example", proxy: answering.URL}, stageProxy},
		"a socks proxy that hangs up": {probe{base: "https://api.example", proxy: "socks5://" + cutting}, stageProxy},
		"an unknown name":             {probe{base: "https://no-such-host.invalid"}, stageName},
	} {
		date, got, err := c.probe.run(t.Context())
		if got != c.want || (err == nil) != (c.want == "") || (c.want == "") == date.IsZero() {
			t.Errorf("%s: %q, %v, %s", name, got, err, date)
		}
		if err != nil && strings.Contains(err.Error(), "http") && strings.Contains(err.Error(), c.probe.base) {
			t.Errorf("%s: the address is told twice: %v", name, err)
		}
	}
}

// hangingUp takes connections and cuts them.
func hangingUp(t *testing.T) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			connection.Read(make([]byte, 1)) // so that the cut comes after the first byte of the call
			connection.Close()
		}
	}()
	return listener.Addr().String()
}

func httptestTLS(t *testing.T) string {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestFilteringIsToldFromAMachineThatIsDown(t *testing.T) {
	official := telegram.Telegram().API
	private := []net.IPAddr{{IP: net.IPv4(10, 10, 34, 34)}}
	public := []net.IPAddr{{IP: net.IPv4(149, 154, 167, 220)}}
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	reset := &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	for name, c := range map[string]struct {
		probe probe
		seen  progressOfCall
		err   error
		want  stage
	}{
		"the resolver lies":        {probe{base: official, official: official}, progressOfCall{addresses: private}, refused, stageForged},
		"a server of one's own":    {probe{base: "http://botapi", official: official}, progressOfCall{addresses: private}, refused, stageDown},
		"nothing comes back":       {probe{base: official, official: official}, progressOfCall{addresses: public}, context.DeadlineExceeded, stageSilent},
		"cut by the server's name": {probe{base: official, official: official}, progressOfCall{addresses: public, connected: true, handshake: true}, reset, stageTLS},
		"cut behind a proxy":       {probe{base: official, proxy: "socks5://p"}, progressOfCall{connected: true, handshake: true}, reset, stageTLS},
		"refused by the machine":   {probe{base: official, official: official}, progressOfCall{addresses: public}, refused, stageDown},
	} {
		if got := c.probe.judge(c.seen, c.err); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestACauseIsOneLineWithoutSecrets(t *testing.T) {
	err := databaseError(Config{}, errors.New("first\n\tsecond 123456:abcdefghijklmnopqrstuvwxyz-0123456789"))
	if got := cause(err); got != "first second <token>" {
		t.Errorf("got %q", got)
	}
}
