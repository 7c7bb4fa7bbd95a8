package office

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"javab/tools/subject"
)

// Officer is one of them, signed in.
type Officer struct {
	Name string
	*browser

	mu     sync.Mutex
	inHand map[string]bool // chats that he talks in: a claim of his own he would get again
}

// begin reports whether he does not talk in the chat yet.
func (o *Officer) begin(chat string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.inHand[chat] {
		return false
	}
	o.inHand[chat] = true
	return true
}

func (o *Officer) end(chat string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.inHand, chat)
}

// secret is what the page of a second factor shows to be typed.
var secret = regexp.MustCompile(`class="secret"[^>]*>([A-Z2-7 ]+)<`)

// Hire makes an account in the shell, beside the running program, signs in with it, and sits down at the desk.
func Hire(ctx context.Context, program *subject.Subject, name string, more ...string) (*Officer, error) {
	o, err := enter(ctx, program, name, more...)
	if err != nil {
		return nil, err
	}
	if err := o.lead(ctx, "/desk/status", url.Values{"status": {"available"}}, "/desk"); err != nil {
		return nil, fmt.Errorf("sit %s down: %w", name, err)
	}
	return o, nil
}

// enter makes an account and signs in with it as its owner does for the first time: password, second factor, a password of
// his own.
func enter(ctx context.Context, program *subject.Subject, name string, more ...string) (*Officer, error) {
	password, err := add(ctx, program, name, more)
	if err != nil {
		return nil, fmt.Errorf("make an account for %s: %w", name, err)
	}
	o := &Officer{Name: name, browser: newBrowser("http://" + program.Address), inHand: make(map[string]bool)}
	if err := o.signIn(ctx, password); err != nil {
		return nil, fmt.Errorf("sign in %s: %w", name, err)
	}
	return o, nil
}

// add runs `javab staff add` and returns the password that it prints.
func add(ctx context.Context, program *subject.Subject, name string, more []string) (string, error) {
	args := append([]string{"staff", "add", name, "--json", "--langs", "fa,ar,en", "--lang", "en"}, more...)
	var printed, trouble bytes.Buffer
	command := program.Beside(ctx, args...)
	command.Stdout, command.Stderr = &printed, &trouble
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, trouble.String())
	}
	var made struct{ Password string }
	if err := json.Unmarshal(printed.Bytes(), &made); err != nil {
		return "", fmt.Errorf("read what it printed: %w", err)
	}
	return made.Password, nil
}

// signIn goes through the doors of the first time.
func (o *Officer) signIn(ctx context.Context, password string) error {
	if err := o.lead(ctx, "/login", url.Values{"login": {o.Name}, "password": {password}}, "/login/setup"); err != nil {
		return err
	}
	page, err := o.ask(ctx, "/login/setup", nil, false)
	if err != nil {
		return err
	}
	found := secret.FindStringSubmatch(page.body)
	if found == nil {
		return fmt.Errorf("no second factor is offered: %d", page.status)
	}
	now, err := code(strings.ReplaceAll(found[1], " ", ""), time.Now())
	if err != nil {
		return err
	}
	if err := o.lead(ctx, "/login/setup", url.Values{"code": {now}}, ""); err != nil {
		return err
	}
	own := "a long password of " + o.Name + " alone"
	return o.lead(ctx, "/account/password", url.Values{"old": {password}, "password": {own}, "again": {own}}, "")
}

// lead posts a form and says when it does not lead there; empty: it shows a page.
func (o *Officer) lead(ctx context.Context, path string, form url.Values, to string) error {
	a, err := o.ask(ctx, path, form, false)
	want := http.StatusOK
	if to != "" {
		want = http.StatusSeeOther
	}
	if err == nil && (a.status != want || !strings.HasPrefix(a.to, to)) {
		err = fmt.Errorf("answered %d and leads to %q", a.status, a.to)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
