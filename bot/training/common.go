package training

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// common is the file that all personas share.
type common struct {
	words map[string]map[bot.Lang][]string
	items map[string]itemShape
}

// commonShape is how it is written.
type commonShape struct {
	Words map[string]map[bot.Lang][]string
	Items map[string]itemShape
}

// itemShape is an item as it is written. A persona names one of the common file and may say some of it otherwise.
type itemShape struct {
	Item          string
	Check         Check
	If            string
	Within        string
	Words         []string
	First         int
	Unit          bot.UnitID
	Title, Advice bot.Text
}

func loadCommon(files fs.FS) (common, error) {
	src, err := fs.ReadFile(files, CommonFile)
	if err != nil {
		return common{}, fmt.Errorf("read what personas share: %w", err)
	}
	var shape commonShape
	p, err := open(CommonFile, src, &shape)
	if err != nil {
		return common{}, err
	}
	shared := common{shape.Words, shape.Items}
	for _, name := range slices.Sorted(maps.Keys(shape.Words)) {
		for _, lang := range bot.Langs {
			if len(shape.Words[name][lang]) == 0 {
				p.fail("$.words."+name, "the words %s lack %s", name, lang)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(shape.Items)) {
		shared.item(p, "$.items."+id, id, shape.Items[id])
	}
	return shared, p.err()
}

// phrases are named lists of words, all together.
func (c common) phrases(p *page, at string, names []string) text.Phrases {
	all := map[bot.Lang][]string{}
	for i, name := range names {
		lists, known := c.words[name]
		if !known {
			p.fail(fmt.Sprintf("%s[%d]", at, i), "there are no words %q; there are %s", name, strings.Join(slices.Sorted(maps.Keys(c.words)), ", "))
		}
		for lang, list := range lists {
			all[lang] = append(all[lang], list...)
		}
	}
	return text.NewPhrases(all)
}

// wants are the things that a check is told, without which it says nothing.
var wants = map[Check]struct{ within, words, unit bool }{
	InTime: {within: true}, Answered: {within: true}, Said: {words: true}, Unsaid: {words: true}, Unpromised: {words: true},
	PassedOn: {unit: true}, Language: {}, Discreet: {}, Recorded: {}, Settled: {},
}

// item makes an item of what is written.
func (c common) item(p *page, at, id string, shape itemShape) Item {
	made := Item{
		ID: id, Check: shape.Check, If: shape.If, Within: p.span(at+".within", shape.Within), First: shape.First, Unit: shape.Unit,
		Words: c.phrases(p, at+".words", shape.Words), Title: shape.Title, Advice: shape.Advice,
	}
	want, known := wants[shape.Check]
	switch {
	case !known:
		p.fail(at+".check", "there is no check %q; there are %s", shape.Check, strings.Join(checkNames(), ", "))
	case want.within && made.Within == 0:
		p.fail(at, "the check %s wants within", shape.Check)
	case want.words && len(shape.Words) == 0:
		p.fail(at, "the check %s wants words", shape.Check)
	case want.unit && shape.Unit == "":
		p.fail(at, "the check %s wants unit", shape.Check)
	}
	p.whole(at+".title", shape.Title)
	p.whole(at+".advice", shape.Advice)
	return made
}

func checkNames() (names []string) {
	for check := range checks {
		names = append(names, string(check))
	}
	slices.Sort(names)
	return names
}

// over returns an item of the common file with what a persona says otherwise.
func (shape itemShape) over(base itemShape) itemShape {
	if shape.Check == "" {
		shape.Check = base.Check
	}
	if shape.Within == "" {
		shape.Within = base.Within
	}
	if shape.Words == nil {
		shape.Words = base.Words
	}
	if shape.First == 0 {
		shape.First = base.First
	}
	if shape.Unit == "" {
		shape.Unit = base.Unit
	}
	if shape.Title.Empty() {
		shape.Title = base.Title
	}
	if shape.Advice.Empty() {
		shape.Advice = base.Advice
	}
	return shape
}
