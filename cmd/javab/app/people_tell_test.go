package app

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"javab/bot"
	"javab/storage"
)

// forgetful is a store that does not know any more who works here.
type forgetful struct {
	storage.Store
	gone atomic.Bool
}

func (f *forgetful) AllStaff(ctx context.Context) ([]bot.Staff, error) {
	if f.gone.Load() {
		return nil, errors.New("read staff: disk I/O error")
	}
	return f.Store.AllStaff(ctx)
}

func TestPagesTellTheLogOfWhatTheirReadersAreNotTold(t *testing.T) {
	t.Parallel()
	log, store := new(notes), new(forgetful)
	o := plan{messenger: open(t, false), log: log, change: func(h *house) {
		store.Store = h.store
		h.store = store
	}}.furnish(t)
	admin := o.signIn(t, "admin")
	store.gone.Store(true)
	answer := o.ask(http.MethodGet, "/settings/staff/sara", admin, nil)
	store.gone.Store(false)
	id := answer.Header().Get("X-Request-Id")
	if answer.Code != http.StatusInternalServerError || id == "" || strings.Contains(answer.Body.String(), "disk") {
		t.Fatalf("answered %d as %q: %.300s", answer.Code, id, answer.Body)
	}
	var told []string
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, id) {
			told = append(told, line)
		}
	}
	if len(told) != 1 || !strings.Contains(told[0], "/settings/staff/:login") || !strings.Contains(told[0], "disk I/O error") || strings.Contains(told[0], "sara") {
		t.Errorf("the log is told %q", told)
	}
}
