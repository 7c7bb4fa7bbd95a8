package deskweb

import (
	"strings"
	"testing"

	"javab/bot"
	"javab/bot/desk"
)

func TestAnAnswerOfTheBotCanBeCalledWrong(t *testing.T) {
	const way = "/studio/propose?chat=tg%3Ab%3A1&amp;entry=answers%2Fhours&amp;lang=ar"
	h := open(t)
	h.alter = func(lines []desk.Line) {
		lines[0].Author, lines[0].Direction, lines[0].Text = bot.ByBot, bot.Out, answered
		lines[1].Author, lines[1].Direction, lines[1].Text = bot.ByBot, bot.Out, "Which one?"
	}
	if html := h.get(t, "/desk/tg:b:1", false).Body.String(); strings.Count(html, way) != 1 || strings.Count(html, "/studio/propose") != 1 {
		t.Errorf("the way is there %d times", strings.Count(html, "/studio/propose"))
	}
	h.alter = func(lines []desk.Line) { lines[0].Author, lines[0].Text = "2", answered }
	if html := h.get(t, "/desk/tg:b:1", false).Body.String(); strings.Contains(html, "/studio/propose") {
		t.Error("a colleague's words are taken for the bot's")
	}
	h.alter = func(lines []desk.Line) {
		lines[0].Author, lines[0].Direction, lines[0].Text = bot.ByBot, bot.Out, answered
	}
	h.No["GET /studio/propose"] = true
	if html := h.get(t, "/desk/tg:b:1", false).Body.String(); strings.Contains(html, "/studio/propose") {
		t.Error("the way is shown to somebody who may not go it")
	}
}
