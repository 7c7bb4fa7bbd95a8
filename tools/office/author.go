package office

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"javab/tools/subject"
)

// Author is an admin, signed in, who changes what the bot says. He has no desk.
type Author struct{ *browser }

// Appoint makes an admin's account and signs in with it.
func Appoint(ctx context.Context, program *subject.Subject, name string) (*Author, error) {
	o, err := enter(ctx, program, name, "--role", "admin")
	if err != nil {
		return nil, err
	}
	return &Author{o.browser}, nil
}

// Publish makes a script of another text live, over a version of it and in spite of warnings, as the studio's page does.
func (a *Author) Publish(ctx context.Context, flow string, over int, text string) error {
	saved, err := a.ask(ctx, "/studio/flow/"+flow+"/save", url.Values{"text": {text}, "rev": {strconv.Itoa(over)}}, false)
	if err != nil {
		return fmt.Errorf("save: %w", err)
	}
	if saved.status != http.StatusOK {
		return fmt.Errorf("save: answered %d: %.200s", saved.status, saved.body)
	}
	told, err := a.ask(ctx, "/studio/publish", url.Values{"warnings": {"1"}, "words": {"1"}}, false)
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(told.body), "\n")
	var last struct{ URL string }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.URL == "" {
		return fmt.Errorf("publish: answered %d: %s", told.status, lines[len(lines)-1])
	}
	return nil
}
