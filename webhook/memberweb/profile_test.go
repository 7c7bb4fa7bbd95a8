package memberweb

import (
	"context"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/storage"
)

func TestAProfileIsMaskedAndSaysHowEachFactIsKnown(t *testing.T) {
	h := open(t)
	html := h.get(t, "/members/m1").Body.String()
	for _, hidden := range []string{"989121234567", "0499370899", "karim@pars.ir"} {
		if strings.Contains(html, hidden) {
			t.Errorf("%s is told", hidden)
		}
	}
	for _, told := range []string{
		"*********4567", "Verified", "Told by the member", "Contact about a case", "Refused", `href="/members/m2"`, `href="/desk/tg:b:1"`, "Telegram", "Card 7.jpg",
	} {
		if !strings.Contains(html, told) {
			t.Errorf("%q is not there", told)
		}
	}
	if html := h.get(t, "/members/m3").Body.String(); strings.Contains(html, "/desk/tg") || !strings.Contains(html, "Not at your desk") {
		t.Error("a chat that does not open is linked")
	}
	if answer := h.get(t, "/members/nobody"); answer.Code != 404 {
		t.Errorf("nobody: %d", answer.Code)
	}
	if answer := h.get(t, "/members/x%2F4:5%206"); answer.Code != 200 {
		t.Errorf("an id with signs in it: %d", answer.Code)
	}
}

func TestAHiddenDetailIsShownToWhoSaysWhyAndTheAuditHasIt(t *testing.T) {
	h := open(t)
	if answer := h.post(t, "/members/m1/reveal", "field", "phone"); answer.Code != 422 || strings.Contains(answer.Body.String(), "98912") {
		t.Errorf("without a reason: %d", answer.Code)
	}
	answer := h.post(t, "/members/m1/reveal", "field", "phone", "reason", "to call back")
	if html := answer.Body.String(); answer.Code != 200 || !strings.Contains(html, "989121234567") || strings.Contains(html, "0499370899") {
		t.Errorf("answered %d without the phone, or with more", answer.Code)
	}
	if answer := h.post(t, "/members/m1/reveal", "field", "name", "reason", "x"); answer.Code != 422 {
		t.Errorf("what is not hidden: %d", answer.Code)
	}
	if got, want := h.audited(t), []string{"sara member.revealed member m1: to call back (192.0.2.7)"}; !slices.Equal(got, want) {
		t.Errorf("audited %q", got)
	}
}

func TestWhatAnOfficerEntersIsKeptAsHis(t *testing.T) {
	h := open(t)
	answer := h.post(t, "/members/m1/enter", "field", "phone", "value", "0935 765 4321", "reason", "told on the phone")
	if m := h.profile(t, "m1").Member; answer.Code != 303 || answer.Header().Get("Location") != "/members/m1#phone" || m.Phone != "+989357654321" || m.Verified {
		t.Errorf("answered %d to %s, kept %+v", answer.Code, answer.Header().Get("Location"), m)
	}
	if html := h.get(t, "/members/m1").Body.String(); !strings.Contains(html, "Entered by staff") || !strings.Contains(html, "<bdi>Sara</bdi>") {
		t.Error("it is not said who entered it")
	}
	if got, want := h.audited(t), []string{"sara member.changed member m1: told on the phone (192.0.2.7)"}; !slices.Equal(got, want) {
		t.Errorf("audited %q", got)
	}
}

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	h := open(t)
	for _, row := range []struct{ field, value, reason, says string }{
		{"email", "karim at pars", "seen", "This is no e-mail address"},
		{"national_id", "123", "seen", "ten digits"},
		{"company", "Pars Steel", "", "Please write the reason"},
	} {
		answer := h.post(t, "/members/m1/enter", "field", row.field, "value", row.value, "reason", row.reason)
		html := answer.Body.String()
		if answer.Code != 422 || !strings.Contains(html, row.says) || !strings.Contains(html, `name="value" value="`+row.value+`"`) || strings.Count(html, "<details open>") != 1 {
			t.Errorf("%s: answered %d, and what was typed is lost", row.field, answer.Code)
		}
	}
	if got := h.audited(t); len(got) != 0 {
		t.Errorf("audited %q", got)
	}
}

func TestAChatOfTheSamePersonIsFoundAndLinkedByWhoLeads(t *testing.T) {
	h := open(t)
	html := h.get(t, "/members/m1?link=Clark").Body.String()
	if strings.Contains(html, `value="tg:b:3"`) {
		t.Error("a chat that the reader cannot open is offered")
	}
	h.opens["tg:b:3"] = true
	if html = h.get(t, "/members/m1?link=Clark").Body.String(); strings.Count(html, `value="tg:b:3"`) != 1 {
		t.Error("the chat is not offered once")
	}
	if answer := h.post(t, "/members/m1/link", "value", "tg:b:3"); answer.Code != 422 || len(h.linked) != 0 {
		t.Errorf("without a reason: %d", answer.Code)
	}
	h.post(t, "/members/m1/link", "value", "tg:b:3", "reason", "same voice")
	h.post(t, "/members/m1/unlink", "value", "tg:b:3", "reason", "another voice")
	if want := []string{"sara links tg:b:3 to m1: same voice", "sara unlinks tg:b:3: another voice"}; !slices.Equal(h.linked, want) {
		t.Errorf("did %q", h.linked)
	}
	h.refuse = &bot.Error{Kind: bot.Forbidden, Key: "desk_senior"}
	if answer := h.post(t, "/members/m1/unlink", "value", "tg:b:1", "reason", "who knows"); answer.Code != 403 || !strings.Contains(answer.Body.String(), `value="who knows"`) {
		t.Errorf("refused with %d, and the reason is lost", answer.Code)
	}
	h.No["POST /members/:id/link"] = true
	if html := h.get(t, "/members/m1?link=Clark").Body.String(); strings.Contains(html, "tg:b:3") || strings.Contains(html, "/unlink") {
		t.Error("who may not is offered it")
	}
}

func TestAFileIsOfferedAsTheDeskGivesItToWhoMayOpenItsChat(t *testing.T) {
	h := open(t)
	link := `<a href="/desk/tg:b:1/file/tg:b:1" download>`
	if html := h.get(t, "/members/m1").Body.String(); strings.Count(html, link) != 1 {
		t.Error("the file is not offered")
	}
	if html := h.get(t, "/members/m3").Body.String(); strings.Contains(html, "/file/") || !strings.Contains(html, "Card 7.jpg") {
		t.Error("a file of a chat that does not open is offered, or is not named")
	}
	h.No["GET /desk/:chat/file/:id"] = true
	if html := h.get(t, "/members/m1").Body.String(); strings.Contains(html, "/file/") {
		t.Error("who may not is offered it")
	}
}

func TestAFileThatIsNotThereSaysSoAndIsNotOffered(t *testing.T) {
	for state, why := range map[bot.FileState]string{bot.FileRefused: "desk.file.refused", bot.FileLost: "desk.file.lost", bot.FileAnnounced: "desk.file.waiting"} {
		h := open(t)
		h.do(t, func(ctx context.Context, tx storage.Tx) error {
			return tx.SaveFile(ctx, bot.File{ID: "tg:b:1", State: state})
		})
		if html := h.get(t, "/members/m1").Body.String(); strings.Contains(html, "/file/") || !strings.Contains(html, "<b>"+h.Words.T(bot.En, why, nil)+"</b>") {
			t.Errorf("%s is not told", state)
		}
	}
}
