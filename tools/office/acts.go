package office

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

var (
	rowChat  = regexp.MustCompile(`<li class="row"[^>]*data-chat="([^"]+)"`)
	lastLine = regexp.MustCompile(`data-last="(\d+)"`)
	formID   = regexp.MustCompile(`(?s)<form class="reply".*?name="id" value="([^"]+)"`)
)

// chatURL is where a chat is.
func chatURL(chat string) string { return "/desk/" + url.PathEscape(chat) }

// List returns the chats of a tab, the next one first.
func (o *Officer) List(ctx context.Context, tab string) ([]string, error) {
	a, _, err := o.insist(ctx, "/desk/list?tab="+tab, nil)
	if err != nil || a.status != http.StatusOK {
		return nil, fmt.Errorf("read the list: %d %w", a.status, err)
	}
	var chats []string
	for _, row := range rowChat.FindAllStringSubmatch(a.body, -1) {
		chats = append(chats, row[1])
	}
	return chats, nil
}

// Claim takes a chat and returns the id of the form to write in; empty when somebody else has it.
func (o *Officer) Claim(ctx context.Context, chat string) (form string, err error) {
	a, _, err := o.insist(ctx, chatURL(chat)+"/claim", url.Values{"tab": {"waiting"}})
	if err != nil || a.status != http.StatusOK {
		return "", err
	}
	if form = idOf(a.body); form == "" {
		return "", fmt.Errorf("chat %s has no box to write in", chat)
	}
	return form, o.Beat(ctx, chat, "tab-"+o.Name)
}

func idOf(page string) string {
	found := formID.FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return found[1]
}

// Beat says that a tab shows a chat.
func (o *Officer) Beat(ctx context.Context, chat, tab string) error {
	_, _, err := o.insist(ctx, chatURL(chat)+"/beat", url.Values{"browser": {o.Name}, "tab_id": {tab}})
	return err
}

// written is what became of a post.
type written struct {
	next  string // id of the form for the next one
	taken bool
	again bool // an answer was cut: it was posted more than once
}

// Write posts a reply or a note under the id of its form until the server answers.
func (o *Officer) Write(ctx context.Context, chat, what, id, words string) (written, error) {
	a, again, err := o.insist(ctx, chatURL(chat)+"/"+what, url.Values{"id": {id}, "text": {words}, "tab": {"mine"}})
	return written{idOf(a.body), a.status == http.StatusOK, again}, err
}

// Heard reports whether the chat's page shows these words.
func (o *Officer) Heard(ctx context.Context, chat, words string) (bool, error) {
	a, _, err := o.insist(ctx, strings.Replace(chatURL(chat), "/desk/", "/desk/part/", 1)+"?part=talk", nil)
	return strings.Contains(a.body, words), err
}

// Close ends a chat. One that is not there any more was closed by a post whose answer was cut.
func (o *Officer) Close(ctx context.Context, chat string) error {
	a, again, err := o.insist(ctx, chatURL(chat)+"/close", url.Values{"outcome": {"solved"}, "tab": {"mine"}, "then": {"list"}})
	if err == nil && a.status != http.StatusOK && !again {
		err = fmt.Errorf("close chat %s: %d", chat, a.status)
	}
	return err
}
