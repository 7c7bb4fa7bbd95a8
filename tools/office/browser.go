package office

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// browser is one officer's: it keeps its cookies and follows nothing by itself.
type browser struct {
	base   string
	client *http.Client
}

// answer is what the server said.
type answer struct {
	status int
	to     string // where it leads
	body   string
}

func newBrowser(base string) *browser {
	jar, _ := cookiejar.New(nil) // it fails for options alone
	return &browser{base, &http.Client{
		Jar: jar, Timeout: 15 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 6}, // as browsers do
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// request is one as a page makes it; swapped is one that asks for a piece of it.
func (b *browser) request(ctx context.Context, path string, form url.Values, swapped bool) (*http.Request, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, b.base+path, body)
	if err != nil {
		return nil, err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if swapped {
		r.Header.Set("HX-Request", "true")
	}
	r.Header.Set("Origin", b.base)
	return r, nil
}

// ask does it once.
func (b *browser) ask(ctx context.Context, path string, form url.Values, swapped bool) (answer, error) {
	r, err := b.request(ctx, path, form, swapped)
	if err != nil {
		return answer{}, err
	}
	response, err := b.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	a := answer{response.StatusCode, response.Header.Get("Location"), string(body)}
	if swapped {
		a.to = response.Header.Get("HX-Redirect")
	}
	return a, err
}

// pause is how long a browser waits before it tries again.
const pause = 100 * time.Millisecond

// insist repeats until the server answers for itself, and tells whether it had to: an answer that was cut says nothing
// of what was done.
func (b *browser) insist(ctx context.Context, path string, form url.Values) (a answer, again bool, err error) {
	for ; ; again = true {
		if a, err = b.ask(ctx, path, form, true); err == nil && a.status < http.StatusInternalServerError {
			break
		}
		select {
		case <-ctx.Done():
			return a, again, ctx.Err()
		case <-time.After(pause):
		}
	}
	if a.status == http.StatusUnauthorized {
		return a, again, fmt.Errorf("%s: the session is over: it leads to %s", path, a.to)
	}
	return a, again, nil
}
