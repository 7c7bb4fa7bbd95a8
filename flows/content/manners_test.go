package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"javab/bot"
	"javab/flows"
)

func TestTheWordsOfMannersAreThereInEveryLanguage(t *testing.T) {
	m := embedded(t).Manners
	for name, list := range map[string]map[bot.Lang][]string{
		"anger": m.Anger, "calm": m.Calm, "rude": m.Rude, "promises": m.Promises, "waivers": m.Waivers,
		"compensation": m.Compensation, "discounts": m.Discounts, "money": m.Money, "sums": m.Sums,
	} {
		for _, lang := range bot.Langs {
			if len(list[lang]) == 0 {
				t.Errorf("%s has no words in %s", name, lang)
			}
		}
	}
}

func TestAnEntryOfMannersWithoutLettersIsFound(t *testing.T) {
	files := copied(t)
	src := string(files["content/manners.yaml"].Data)
	files["content/manners.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(src, `en: ["we guarantee*"`, `en: ["… *"`, 1))}
	_, problems := Load(files)
	if !slices.ContainsFunc(problems, func(p flows.Problem) bool {
		return p.Code == "content.field_missing" && p.File == "content/manners.yaml" && p.Line > 0
	}) {
		t.Errorf("not found: %s", described(problems))
	}
}

func TestAListOfMannersThatLacksALanguageIsFound(t *testing.T) {
	files := copied(t)
	src := string(files["content/manners.yaml"].Data)
	before, after, found := strings.Cut(src, "\nmoney:")
	if !found {
		t.Fatal("the content has no words of money")
	}
	_, after, _ = strings.Cut(after, "\n  ar:")
	_, after, _ = strings.Cut(after, "\n")
	files["content/manners.yaml"] = &fstest.MapFile{Data: []byte(before + "\nmoney:\n  fa: [x]\n" + after)}
	_, problems := Load(files)
	if !slices.ContainsFunc(problems, func(p flows.Problem) bool {
		return p.Code == "content.language" && p.File == "content/manners.yaml" && p.Params["Lang"] == "ar"
	}) {
		t.Errorf("not found: %s", described(problems))
	}
}
