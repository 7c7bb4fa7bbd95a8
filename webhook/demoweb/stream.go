package demoweb

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/emulator"
)

// screen is one phone as a page first shows it: what its member sees, and the updates behind it.
type screen struct {
	emulator.View
	Updates []json.RawMessage `json:"updates"`
}

// maxUpdates is how many of a chat's last updates a page shows.
const maxUpdates = 20

// state is all that a page shows at its start.
func (d *Demo) state(c echo.Context) error {
	answer := struct {
		Bot     map[bot.Lang]Profile `json:"bot"`
		Screens []screen             `json:"screens"`
	}{Bot: map[bot.Lang]Profile{}, Screens: []screen{}}
	for _, lang := range bot.Langs {
		if d.Profile != nil {
			answer.Bot[lang] = d.Profile(lang)
		}
	}
	chats, _ := d.stage.now()
	for _, id := range chats {
		if shown, ok := d.screen(id); ok {
			answer.Screens = append(answer.Screens, shown)
		}
	}
	return c.JSON(http.StatusOK, answer)
}

func (d *Demo) screen(id int64) (screen, bool) {
	view, err := d.Messenger.View(id)
	if err != nil {
		return screen{}, false
	}
	shown := screen{View: view, Updates: []json.RawMessage{}}
	events, _, err := d.Messenger.Events(id, 0)
	for _, e := range events {
		if e.Update != nil && e.Seq <= view.LastSeq {
			shown.Updates = append(shown.Updates, e.Update)
		}
	}
	shown.Updates = shown.Updates[max(0, len(shown.Updates)-maxUpdates):]
	return shown, err == nil
}

// ping keeps an idle stream known to be alive.
const ping = 20 * time.Second

// events streams what happens in all chats of the stage: one stream for a page, since browsers open six at most.
// ?after=chat:seq,... says what the page has. The stream ends when the stage changes; the page then reads its state anew.
func (d *Demo) events(c echo.Context) error {
	chats, staged := d.stage.now()
	seen := cursors(c.QueryParam("after"))
	c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
	c.Response().WriteHeader(http.StatusOK)
	for {
		wake, err := d.send(c.Response(), chats, seen)
		if err != nil {
			return nil // the page has gone
		}
		switch {
		case closed(staged):
			return write(c.Response(), "data: {\"type\":\"stage\"}\n\n")
		case closed(c.Request().Context().Done()), closed(d.Done):
			return nil
		case !anyOf(append(wake, staged, c.Request().Context().Done(), d.Done)):
			_ = write(c.Response(), ": here\n\n")
		}
	}
}

func write(w *echo.Response, text string) error {
	_, err := io.WriteString(w, text)
	w.Flush()
	return err
}

func (d *Demo) send(w *echo.Response, chats []int64, seen map[int64]int64) (wake []<-chan struct{}, err error) {
	for _, id := range chats {
		events, more, err := d.Messenger.Events(id, seen[id])
		if err != nil {
			continue
		}
		wake = append(wake, more)
		for _, e := range events {
			seen[id] = e.Seq
			body, _ := json.Marshal(struct {
				Chat string `json:"chat"`
				emulator.Event
			}{strconv.FormatInt(id, 10), e})
			if _, err := fmt.Fprintf(w, "data: %s\n\n", body); err != nil {
				return nil, err
			}
		}
	}
	w.Flush()
	return wake, nil
}

// anyOf waits until one of the channels closes, and reports false when none did in the time of a ping.
func anyOf(channels []<-chan struct{}) bool {
	cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(time.After(ping))}}
	for _, ch := range channels {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(ch)})
	}
	chosen, _, _ := reflect.Select(cases)
	return chosen != 0
}

func closed(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

// cursors reads "7001:12,7002:40".
func cursors(text string) map[int64]int64 {
	seen := map[int64]int64{}
	for pair := range strings.SplitSeq(text, ",") {
		chat, seq, _ := strings.Cut(pair, ":")
		id, _ := strconv.ParseInt(chat, 10, 64)
		seen[id], _ = strconv.ParseInt(seq, 10, 64)
	}
	return seen
}
