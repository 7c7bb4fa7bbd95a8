package faq

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"javab/bot"
)

// Question is one line of a knowledge base or of an evaluation set.
type Question struct {
	Lang  string // fa, ar, en, fa-Latn ...; empty when it is to be detected
	Query string
	// Expected is the id of the right document: in a knowledge base the one that the query is a phrasing of. Nil means
	// that the question is out of scope.
	Expected *string
	// fields are all fields of the line, also those that only its author knows: they are written back.
	fields map[string]json.RawMessage
}

// index is the language whose index the question is put to: "fa-Latn" asks the Persian one.
func (q Question) index() bot.Lang {
	lang, _, _ := strings.Cut(q.Lang, "-")
	return bot.Lang(lang)
}

// Kind is how the question is written, if its line says so: formal, typo, story ...
func (q Question) Kind() string {
	var kind string
	_ = json.Unmarshal(q.fields["kind"], &kind) // a kind that is no text is none
	return kind
}

// maxLine is the longest line that is read.
const maxLine = 1 << 20

// ReadQuestions reads a file of JSON lines. An error names the line.
func ReadQuestions(r io.Reader) ([]Question, error) {
	var questions []Question
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		q, err := parseQuestion(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		questions = append(questions, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	return questions, nil
}

func parseQuestion(line []byte) (Question, error) {
	var known struct {
		Lang     string  `json:"lang"`
		Query    *string `json:"query"`
		Expected *string `json:"expected"`
	}
	q := Question{}
	if err := json.Unmarshal(line, &known); err != nil {
		return q, err
	}
	if err := json.Unmarshal(line, &q.fields); err != nil {
		return q, err
	}
	if known.Query == nil {
		return q, fmt.Errorf("no field %q", "query")
	}
	q.Lang, q.Query, q.Expected = known.Lang, *known.Query, known.Expected
	if lang := q.index(); lang != "" && !lang.Valid() {
		return q, fmt.Errorf("unknown language %q: want fa, ar, en or fa-Latn", q.Lang)
	}
	return q, nil
}

// WritePredictions writes a JSON line for each prediction: the fields of its question, then what was made of it. The
// same predictions give the same bytes.
func WritePredictions(w io.Writer, predictions []Prediction) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for i, p := range predictions {
		if err := lines.Encode(p.fields()); err != nil {
			return fmt.Errorf("prediction %d: %w", i+1, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write predictions: %w", err)
	}
	return nil
}

func (p Prediction) fields() map[string]any {
	fields := map[string]any{"query": p.Question.Query, "expected": p.Question.Expected}
	if p.Question.Lang != "" {
		fields["lang"] = p.Question.Lang
	}
	for name, value := range p.Question.fields {
		fields[name] = value
	}
	fields["top"], fields["action"], fields["detected"] = p.Top, p.Action, p.Detected
	return fields
}
