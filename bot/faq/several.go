package faq

import (
	"slices"
	"strings"

	"javab/bot"
)

// The bounds of several questions in one message: how many are answered, and how many words one of them has at least
// beside the rest.
const (
	mostQuestions   = 3
	fewestOfSeveral = 2
)

// Questions cuts a message into the questions that it asks: at question marks, ends of sentences and lines. What is small
// talk is left out. Whether they mean several things is for the index to find out.
func (p *Speech) Questions(s string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(cut(s), endsQuestion) {
		part = strings.TrimSpace(part)
		if _, polite := p.SmallTalk(part); polite || len(foldedWords(part)) < fewestOfSeveral {
			continue
		}
		all = append(all, part)
	}
	return all
}

// endsQuestion reports marks that end a sentence, the Persian and Arabic ones too.
func endsQuestion(r rune) bool { return strings.ContainsRune("?!.;\n\u061f\u061b\u06d4", r) }

// parts are the questions of a message that has several.
func (x *Index) parts(s string) []string {
	if parts := x.speech.Questions(s); len(parts) > 1 {
		return parts
	}
	return nil
}

// several finds what each part of a message is about, when it asks several things: the first is the one to answer, the
// others to offer next. It returns nothing for a message that asks one thing, however many sentences it takes: only parts
// that are sure on their own count, and only when at least two mean different things.
func (x *Index) several(lang bot.Lang, parts []string, h *hearing) []Result {
	var all []Result
	for _, question := range parts {
		r := x.find(lang, question, h)
		if r.Sure == "" || slices.ContainsFunc(all, func(b Result) bool { return b.Sure == r.Sure }) {
			continue
		}
		if all = append(all, r); len(all) == mostQuestions {
			break
		}
	}
	if len(all) < 2 {
		return nil
	}
	return all
}

// followWords is how many words a question has at most that leans on the one before it: "and for companies?".
const followWords = 6

// follow finds what a short question is about that goes on from the document answered last, by asking it together with
// how that document is asked for. It has no idea when the question says enough by itself, or when nothing but the last
// document fits: that was read already. It is never sure: what was meant is asked, with what was found on top.
func (x *Index) follow(lang bot.Lang, s, last string, h *hearing) Result {
	sec := x.sections[lang]
	if sec == nil || len(foldedWords(s)) > followWords {
		return Result{Lang: lang}
	}
	doc := slices.Index(sec.ids, last)
	if alone := x.match(lang, cut(s), h); doc < 0 || alone.Sure != "" && alone.P >= leaningP {
		return Result{Lang: lang}
	}
	r := x.match(lang, cut(s)+" "+sec.asked[doc], nil) // an embedder would hear little but the answer before
	own := func(t Scored) bool { return t.ID == last }
	r.Sure = ""
	r.Top = slices.DeleteFunc(r.Top, own)
	r.Likely = slices.DeleteFunc(r.Likely, func(id string) bool { return id == last })
	return r
}
