package learnweb

import (
	"strings"
	"testing"

	"javab/bot"
)

func TestAFlowIsCalledByItsTitleInTheLanguageOfTheReader(t *testing.T) {
	h := open(t)
	h.stock()
	for _, lang := range bot.Langs {
		html := h.get(t, home, "javab_lang="+string(lang)).Body.String()
		_, link, _ := strings.Cut(html, `href="/studio/flow/complaint"`)
		link, _, _ = strings.Cut(link, "</a>")
		if strings.Contains(link, "\u201ccomplaint") || strings.Contains(link, "\u00abcomplaint") || lang == bot.En && !strings.Contains(link, "Flow \u201cFile a complaint\u201d") {
			t.Errorf("%s: %s", lang, link)
		}
	}
}
