package faq

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"
	"testing"

	"github.com/goccy/go-yaml"

	"javab/bot"
)

// sampleDocs returns the product's own answers as documents: those of the scripts where they are at hand, else the copy
// beside the tests.
func sampleDocs(tb testing.TB) []Document {
	tb.Helper()
	return contentDocs(tb, "../../flows/scripts/content/answers.yaml", "testdata/kb.jsonl")
}

// sampleCategories returns the categories of complaints in the same way.
func sampleCategories(tb testing.TB) []Document {
	tb.Helper()
	return contentDocs(tb, "../../flows/scripts/content/complaints.yaml", "testdata/categories.jsonl")
}

func contentDocs(tb testing.TB, path, instead string) []Document {
	tb.Helper()
	body, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		docs, err := Documents(questions(tb, instead))
		if err != nil {
			tb.Fatal(err)
		}
		return docs
	}
	var file struct{ Answers, Categories []entry }
	if err := yaml.Unmarshal(body, &file); err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	var docs []Document
	for _, lang := range bot.Langs {
		for _, e := range slices.Concat(file.Answers, file.Categories) {
			docs = append(docs, e.document(lang))
		}
	}
	if len(docs) == 0 {
		tb.Fatalf("%s holds no documents", path)
	}
	return docs
}

// entry is what an answer or a category says of how it is asked for.
type entry struct {
	ID, Risk  string
	Q, Name   bot.Text
	Title, A  bot.Text
	Phrasings map[bot.Lang][]string
	Alt       map[string][]string
}

// document is what the command `javab faq` makes of the entry.
func (e entry) document(lang bot.Lang) Document {
	d := Document{ID: e.ID, Lang: lang, Phrasings: e.phrasings(lang), Risky: e.Risk != ""}
	if e.A.In(lang) != "" {
		d.Says = e.Title.In(lang) + ". " + e.A.In(lang)
	}
	if lang == bot.Fa {
		d.Finglish = e.Alt["fin"]
	}
	return d
}

func (e entry) phrasings(lang bot.Lang) []string {
	all := slices.Concat([]string{e.Q.In(lang), e.Name.In(lang)}, e.Alt[string(lang)], e.Phrasings[lang])
	return slices.DeleteFunc(all, func(p string) bool { return p == "" })
}

// untold are the documents as a member's chat knows them: by their phrasings alone.
func untold(docs []Document) []Document {
	docs = slices.Clone(docs)
	for i := range docs {
		docs[i].Says, docs[i].Finglish = "", nil
	}
	return docs
}

// trainedSample is the sample content, trained once for all tests that only ask.
func trainedSample(tb testing.TB) *Index {
	tb.Helper()
	docs := sampleDocs(tb)
	trainedSampleOnce.Do(func() { trainedSampleIndex = Train(docs) })
	return trainedSampleIndex
}

var (
	trainedSampleOnce  sync.Once
	trainedSampleIndex *Index
)

// someOf are the first documents of each language: enough to learn from, and quick under the race detector.
func someOf(docs []Document, n int) []Document {
	var some []Document
	for _, lang := range bot.Langs {
		of := inLang(docs, lang)
		some = append(some, of[:min(n, len(of))]...)
	}
	return some
}

func questions(tb testing.TB, path string) []Question {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	lines, err := ReadQuestions(file)
	if err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	return lines
}

// inLang returns the documents of one language in the order of their ids.
func inLang(docs []Document, lang bot.Lang) []Document {
	docs = slices.DeleteFunc(slices.Clone(docs), func(d Document) bool { return d.Lang != lang })
	slices.SortFunc(docs, func(a, b Document) int { return cmp.Compare(a.ID, b.ID) })
	return docs
}
