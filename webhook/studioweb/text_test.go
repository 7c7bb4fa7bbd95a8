package studioweb

import (
	"encoding/json"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

const (
	units = "content/units.yaml"
	talk  = "help.en.chat"
)

func TestListsAndDialoguesAreFoundAndShownAsText(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.draft(t, "ann", units, string(builtIn()[units])+"# mine\n")
		h.publish(t, "ann")
		h.draft(t, "bob", units, string(builtIn()[units])+"# his\n")
		cookie := "javab_lang=" + string(lang)
		list := h.get(t, "/studio", cookie).Body.String()
		for path, said := range map[string]string{
			"/studio/text/content/units.yaml": "version: 1", "/studio/text/" + talk: "language en", "/studio/text/content/units.yaml/versions": "# mine",
			"/studio/text/content/units.yaml/diff": "", "/studio/text/" + talk + "/versions": "",
		} {
			answer := h.get(t, path, cookie)
			if answer.Code != 200 || !strings.Contains(answer.Body.String(), said) {
				t.Errorf("%s %s: answered %d", lang, path, answer.Code)
			}
			pagetest.Look(t, string(lang)+" "+path, answer.Body.String(), lang)
			if file := strings.TrimSuffix(strings.TrimSuffix(path, "/versions"), "/diff"); !strings.Contains(list, `href="`+file+`"`) {
				t.Errorf("%s: the list does not lead to %s", lang, file)
			}
		}
		if missed := h.Missed(); len(missed) > 0 {
			t.Errorf("%s: no words for %q", lang, missed)
		}
	}
}

func TestAListIsCheckedKeptAndDiscardedAsText(t *testing.T) {
	h := open(t)
	const at = "/studio/text/content/units.yaml"
	body := string(builtIn()[units])
	broken := strings.Replace(body, "parent: ", "parent: nowhere_", 1)
	if broken == body {
		t.Fatal("no unit has a parent")
	}
	var said checked
	if err := json.Unmarshal(h.post(t, at+"/check", "text", broken).Body.Bytes(), &said); err != nil || len(said.Problems) == 0 {
		t.Fatal(err, said)
	}
	if p := said.Problems[0]; p.File != "" || p.Line != 1+strings.Count(strings.Split(broken, "parent: nowhere_")[0], "\n") || said.Graph != "" {
		t.Errorf("%+v", p)
	}
	var now saved
	answer := h.post(t, at+"/save", "text", body+"# mine\n", "rev", number(h.text(t, "ann", units).Rev))
	if err := json.Unmarshal(answer.Body.Bytes(), &now); err != nil || !now.Drafted || string(h.text(t, "ann", units).Body) != body+"# mine\n" {
		t.Errorf("answered %d: %v", answer.Code, err)
	}
	if answer := h.post(t, at+"/discard"); answer.Code != 303 || answer.Header().Get("Location") != at || h.text(t, "ann", units).Drafted {
		t.Errorf("discarded: %d to %s", answer.Code, answer.Header().Get("Location"))
	}
	if answer := h.get(t, "/studio/text/content/nothing.yaml"); answer.Code != 404 {
		t.Errorf("a file that is not there: %d", answer.Code)
	}
}

func TestAProblemInAListLeadsThereAndTheVersionsOfAScriptToThoseOfOtherFiles(t *testing.T) {
	h := open(t)
	h.draft(t, "ann", units, strings.Replace(string(builtIn()[units]), "parent: ", "parent: nowhere_", 1))
	var said checked
	if err := json.Unmarshal(h.post(t, "/studio/flow/help/check", "text", string(builtIn()[help])).Body.Bytes(), &said); err != nil || len(said.Problems) == 0 {
		t.Fatal(err, said)
	}
	if p := said.Problems[0]; p.File != units || p.URL != "/studio/text/content/units.yaml" {
		t.Errorf("%+v", p)
	}
	h.draft(t, "ann", units, string(builtIn()[units])+"# mine\n")
	h.publish(t, "ann")
	if html := h.get(t, "/studio/flow/help/versions").Body.String(); !strings.Contains(html, `href="/studio/text/content/units.yaml/versions?from=1&amp;to=2"`) {
		t.Error("the other file is only named")
	}
}
