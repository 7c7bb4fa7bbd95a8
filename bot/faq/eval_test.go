package faq

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"testing"

	"javab/bot"
)

const smallKB = `{"lang":"en","query":"opening hours","expected":"contact hours"}

{"lang":"en","query":"when are you open","expected":"contact hours"}
{"lang":"en","query":"membership fees","expected":"fees"}
{"lang":"fa-Latn","query":"hazine","expected":"fees"}
{"lang":"en","query":"file a complaint","expected":"complaint"}
`

func smallIndex(t *testing.T) *Index {
	t.Helper()
	return Build(documentsOf(t, smallKB))
}

func documentsOf(tb testing.TB, lines string) []Document {
	tb.Helper()
	kb, err := ReadQuestions(strings.NewReader(lines))
	if err != nil {
		tb.Fatal(err)
	}
	docs, err := Documents(kb)
	if err != nil {
		tb.Fatal(err)
	}
	return docs
}

func TestAKnowledgeBaseOfMoreAnswersThanAnIndexTakesIsRefused(t *testing.T) {
	var kb []Question
	for i := range MaxDocuments + 1 {
		id := strconv.Itoa(i)
		kb = append(kb, Question{Lang: "en", Query: id, Expected: &id}, Question{Lang: "fa", Query: "0", Expected: new(string)})
	}
	if docs, err := Documents(kb[:2*MaxDocuments]); err != nil || len(docs) != MaxDocuments+1 {
		t.Errorf("as many as there may be: %d, %v", len(docs), err)
	}
	if _, err := Documents(kb); err == nil || !strings.Contains(err.Error(), "more than 65536 answers in en") {
		t.Errorf("one more: %v", err)
	}
}

func predictLines(t *testing.T, x *Index, lines string) []Prediction {
	t.Helper()
	asked, err := ReadQuestions(strings.NewReader(lines))
	if err != nil {
		t.Fatal(err)
	}
	predictions := make([]Prediction, len(asked))
	for i, q := range asked {
		predictions[i] = Predict(x, q)
	}
	return predictions
}

func TestLinesOfOneIdAreThePhrasingsOfOneDocument(t *testing.T) {
	docs := documentsOf(t, smallKB)
	if len(docs) != 4 || docs[0].ID != "contact hours" || len(docs[0].Phrasings) != 2 || docs[2].Lang != bot.Fa {
		t.Errorf("got %+v", docs)
	}
}

func TestAPredictionKeepsTheFieldsOfItsLineAndAddsItsOwn(t *testing.T) {
	const asked = `{"query":"Opening <hours>?","kind":"keyword","expected":"contact hours","lang":"en"}`
	var out bytes.Buffer
	if err := WritePredictions(&out, predictLines(t, smallIndex(t), asked)); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"query":"Opening <hours>?"`, `"kind":"keyword"`, `"expected":"contact hours"`, `"lang":"en"`,
		`"action":"answer"`, `"detected":"en"`, `"top":[{"id":"contact hours","p":1},`,
	} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%s lacks %s", out.String(), part)
		}
	}
	if n := strings.Count(out.String(), `{"id":`); n != 3 {
		t.Errorf("%d guesses, want 3", n)
	}
}

func TestAQuestionMadeByHandIsWrittenWithItsLanguage(t *testing.T) {
	var out bytes.Buffer
	p := Predict(smallIndex(t), Question{Lang: "en", Query: "membership fees"})
	if err := WritePredictions(&out, []Prediction{p}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"lang":"en"`, `"query":"membership fees"`, `"expected":null`} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%s lacks %s", out.String(), part)
		}
	}
}

func TestTheSameQuestionsGiveTheSameBytes(t *testing.T) {
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		x := Build(sampleDocs(t))
		var predictions []Prediction
		for _, q := range questions(t, "testdata/dev.jsonl") {
			predictions = append(predictions, Predict(x, q))
		}
		if err := WritePredictions(out, predictions); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs differ")
	}
	if lines := bytes.Count(first.Bytes(), []byte("\n")); lines != len(questions(t, "testdata/dev.jsonl")) {
		t.Errorf("%d lines", lines)
	}
}

func TestAQuestionWithoutALanguageIsAskedInTheDetectedOne(t *testing.T) {
	got := predictLines(t, smallIndex(t), `{"query":"file a complaint"}`)[0]
	if got.Action != ActAnswer || got.Detected != "en" || got.Top[0].ID != "complaint" {
		t.Errorf("got %+v", got)
	}
	if none := predictLines(t, smallIndex(t), `{"query":"123 ?"}`)[0]; none.Detected != "" || none.Action != ActHandOff {
		t.Errorf("got %+v", none)
	}
}

func TestAMistakeInAFileIsNamedByItsLine(t *testing.T) {
	for lines, want := range map[string]string{
		`{"query":"a"}` + "\n{":                             "line 2: ",
		`{"lang":"en"}`:                                     `line 1: no field "query"`,
		`{"query":"a","lang":"de"}`:                         `line 1: unknown language "de"`,
		`{"query":"` + strings.Repeat("a", maxLine) + "\"}": "line 1: ",
	} {
		_, err := ReadQuestions(strings.NewReader(lines))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.30q: got %v, want %s", lines, err, want)
		}
	}
}

func TestScoresCountWhatTheySay(t *testing.T) {
	id := func(s string) *string { return &s }
	top := func(p float64, ids ...string) (guesses []Guess) {
		for _, s := range ids {
			guesses = append(guesses, Guess{ID: s, P: p})
		}
		return guesses
	}
	got := Score([]Prediction{
		{Question: Question{Expected: id("a")}, Top: top(0.95, "a", "b", "c"), Action: ActAnswer},
		{Question: Question{Expected: id("a")}, Top: top(0.95, "b", "a", "c"), Action: ActAnswer},
		{Question: Question{Expected: id("c")}, Top: top(0.5, "b", "a", "c"), Action: ActAsk},
		{Question: Question{Expected: id("d")}, Top: top(0.5, "b", "a", "c", "d"), Action: ActAsk},
		{Question: Question{}, Top: top(0, "b", "a", "c"), Action: ActAnswer},
		{Question: Question{}, Top: top(0, "b", "a", "c"), Action: ActHandOff},
	})
	want := Scores{
		In: 4, Top1: 0.25, Top3: 0.75, MRR: (1 + 0.5 + 1.0/3 + 0.25) / 4, Answered: 0.5, Wrong: 0.25, Asked: 0.5, AskHit: 0.5,
		Resolved: 0.5, Out: 2, OutFalse: 0.5, ECE: (0.9 + 1.0) / 6,
	}
	if math.Abs(got.ECE-want.ECE) > 1e-9 || math.Abs(got.MRR-want.MRR) > 1e-9 {
		t.Errorf("ece %v mrr %v, want %v %v", got.ECE, got.MRR, want.ECE, want.MRR)
	}
	got.ECE, got.MRR, want.ECE, want.MRR = 0, 0, 0, 0
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if zero := Score(nil); zero != (Scores{}) {
		t.Errorf("of nothing: %+v", zero)
	}
}
