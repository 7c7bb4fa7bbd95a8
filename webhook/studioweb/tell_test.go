package studioweb

import (
	"context"
	"errors"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows/studio"
	"javab/webhook/page/pagetest"
)

// jam is a press that does not go.
type jam struct {
	*studio.Studio
	err error
}

func (j jam) Rehearse(context.Context, bot.StaffID, func(done, all int)) (studio.Rehearsal, error) {
	return studio.Rehearsal{}, j.err
}

func (j jam) Publish(context.Context, bot.StaffID, studio.Publishing, func(done, all int)) (studio.Outcome, error) {
	return studio.Outcome{}, j.err
}

func TestAFaultThatAStreamTellsOfIsInTheLogAndARefusalIsNot(t *testing.T) {
	for _, path := range []string{"/studio/rehearse", "/studio/publish"} {
		h := open(t)
		h.draft(t, "ann", help, h.worded(t, "ann"))
		told := h.Listen()
		h.Press = jam{h.studio, &bot.Error{Kind: bot.Invalid, Key: "studio_trial_broken"}}
		h.streamed(t, path)
		if lines := told(); len(lines) > 0 {
			t.Errorf("%s refuses: %q", path, lines)
		}
		h.Press = jam{h.studio, errors.New("read version 3: disk I/O error")}
		if html := h.streamed(t, path).HTML; html == "" || strings.Contains(html, "disk") {
			t.Errorf("%s: %s", path, html)
		}
		pagetest.Faulty(t, told(), path)
	}
}

func TestAFaultThatAScriptOfThePageIsToldOfIsInTheLogAndARefusalIsNot(t *testing.T) {
	h := open(t)
	told := h.Listen()
	h.refuse = &bot.Error{Kind: bot.Invalid, Key: "studio_trial_broken"}
	form := []string{"text", "flow: home", "trial", `{"lang":"en","acts":[{"do":"say","what":"hello"}]}`}
	if answer := h.post(t, "/studio/flow/home/trial", form...); answer.Code != 422 || len(told()) > 0 {
		t.Errorf("refused: %d and %q", answer.Code, told())
	}
	h.refuse = errors.New("open a store: disk I/O error")
	if answer := h.post(t, "/studio/flow/home/trial", form...); answer.Code != 500 || strings.Contains(answer.Body.String(), "disk") {
		t.Errorf("answered %d %s", answer.Code, answer.Body)
	}
	pagetest.Faulty(t, told(), "/studio/flow/:id/trial", "home", "hello")
}
