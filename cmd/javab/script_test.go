package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/rogpeppe/go-internal/testscript"

	"javab/webhook/emulator"
)

// The real binary, run as a person runs it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"javab": main})
}

const scriptToken = "100001:scripts-scripts-scripts-scripts-scripts"

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("JAVAB_KEY", "0123456789abcdef-0123456789abcdef-of-scripts")
			env.Setenv("JAVAB_DATA", filepath.Join(env.WorkDir, "data"))
			env.Setenv("JAVAB_LISTEN", "127.0.0.1:0")
			env.Setenv("TOKEN", scriptToken)
			env.Setenv("REPOSITORY", repository(t))
			env.Setenv("TEST_REDIS", os.Getenv("TEST_REDIS"))
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"messenger": startMessenger, "freeport": freePort, "busyport": busyPort, "waitfor": waitFor, "exits": exits, "member": member, "deliver": deliver,
			"database": database,
		},
	})
}

// condition knows "servers": whether there are a PostgreSQL and a Redis to test on. In CI they must be there.
func condition(name string) (bool, error) {
	if name != "servers" {
		return false, fmt.Errorf("unknown condition %s", name)
	}
	set := os.Getenv("TEST_POSTGRES") != "" && os.Getenv("TEST_REDIS") != ""
	if !set && os.Getenv("CI") == "true" {
		return false, errors.New("TEST_POSTGRES or TEST_REDIS is not set, and CI must test on the real servers")
	}
	return set, nil
}

// database makes an empty one on the test server, for the length of the script: database VAR.
func database(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("pgx", os.Getenv("TEST_POSTGRES"))
	ts.Check(err)
	name := fmt.Sprintf("javab_script_%d", os.Getpid())
	_, err = db.Exec("CREATE DATABASE " + name)
	ts.Check(err)
	ts.Defer(func() {
		_, err := db.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		ts.Check(errors.Join(err, db.Close()))
	})
	u, err := url.Parse(os.Getenv("TEST_POSTGRES"))
	ts.Check(err)
	u.Path = "/" + name
	ts.Setenv(args[0], u.String())
}

func repository(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// startMessenger puts up a Bot API whose token is TOKEN and names it in MESSENGER.
func startMessenger(ts *testscript.TestScript, _ bool, _ []string) {
	server := emulator.New(emulator.Options{Token: scriptToken, Now: time.Now, Second: 10 * time.Millisecond})
	web := httptest.NewServer(server)
	ts.Defer(func() { web.Close(); server.Close() })
	ts.Setenv("MESSENGER", web.URL)
}

// freePort names an address that nobody listens on: freeport VAR.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	listener := listenSomewhere(ts)
	ts.Check(listener.Close())
	ts.Setenv(args[0], listener.Addr().String())
}

// busyPort names an address that is taken until the script ends: busyport VAR.
func busyPort(ts *testscript.TestScript, _ bool, args []string) {
	listener := listenSomewhere(ts)
	ts.Defer(func() { listener.Close() })
	ts.Setenv(args[0], listener.Addr().String())
}

func listenSomewhere(ts *testscript.TestScript) net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	return listener
}

// patience bounds how long a script waits for anything.
const patience = 60 * time.Second

// waitFor waits until an address answers 200, or, with a second argument, answers with a text that contains it:
// waitfor URL [TEXT].
func waitFor(ts *testscript.TestScript, _ bool, args []string) {
	var last string
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		status, body := get(args[0])
		if last = body; status == http.StatusOK && (len(args) == 1 || strings.Contains(body, args[1])) {
			return
		}
	}
	ts.Fatalf("%v never came; the last answer was %s", args, last)
}

func get(url string) (status int, body string) {
	answer, err := http.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(text)
}

// exits runs a command and compares its exit code, which "exec" only knows as good or bad: exits CODE COMMAND ARGS...
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if failed, is := err.(interface{ ExitCode() int }); is {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
	for _, stream := range []string{"stdout", "stderr"} {
		if said := ts.ReadFile(stream); strings.Contains(said, "goroutine ") || strings.Contains(said, "panic:") {
			ts.Fatalf("%s has a stack trace", stream)
		}
	}
}

// member lets a member of the messenger write: member ID TEXT.
func member(ts *testscript.TestScript, _ bool, args []string) {
	chat := ts.Getenv("MESSENGER") + "/sim/chats/" + args[0]
	ask(ts, http.MethodPut, chat, `{"first_name":"Sara","language_code":"en"}`)
	ask(ts, http.MethodPost, chat+"/text", fmt.Sprintf(`{"text":%q}`, args[1]))
}

// deliver lets the messenger deliver bytes: deliver BYTES.
func deliver(ts *testscript.TestScript, _ bool, args []string) {
	ask(ts, http.MethodPost, ts.Getenv("MESSENGER")+"/sim/updates", args[0])
}

func ask(ts *testscript.TestScript, method, url, body string) {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	ts.Check(err)
	answer, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		ts.Fatalf("%s: the messenger answers %s", url, answer.Status)
	}
}
