package app

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/faq"
	"javab/flows/content"
	"javab/flows/scripts"
)

func faqCommand(e Environment) *cobra.Command {
	command := &cobra.Command{
		Use: "faq", Short: "Ask the matcher, or judge it by a list of questions", Args: cobra.NoArgs,
		Long: "The matcher finds the answer that a free text is about. Without --kb it knows the answers that Javab comes\n" +
			"with; with --kb those of a file of JSON lines: {\"lang\":\"fa\",\"query\":\"a phrasing\",\"expected\":\"answer-id\"}.",
		Example: "  javab faq ask how do I renew my card\n  javab faq eval --kb kb.jsonl --out predictions.jsonl questions.jsonl",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(askCommand(e), evalCommand(e))
	return command
}

func askCommand(e Environment) *cobra.Command {
	var kb, lang string
	var asJSON bool
	command := &cobra.Command{
		Use: "ask TEXT", Short: "Show what the matcher makes of a text", Args: cobra.MinimumNArgs(1),
		Example: "  javab faq ask --lang en how do I renew my card\n  javab faq ask --json --kb kb.jsonl renew card",
		RunE: func(_ *cobra.Command, args []string) error {
			if lang != "" && !bot.Lang(strings.TrimSuffix(lang, "-Latn")).Valid() {
				return unknownLang(lang)
			}
			index, err := e.index(kb)
			if err != nil {
				return err
			}
			return e.tellPrediction(faq.Predict(index, faq.Question{Lang: lang, Query: strings.Join(args, " ")}), asJSON)
		},
	}
	command.Flags().StringVar(&kb, "kb", "", "file of JSON lines with the answers to choose from")
	command.Flags().StringVar(&lang, "lang", "", "language of the text: fa, ar, en or fa-Latn; default: detected")
	command.Flags().BoolVar(&asJSON, "json", false, "print one JSON line")
	return command
}

func unknownLang(lang string) error {
	return &bot.Error{Kind: bot.Invalid, Key: "lang.unknown", Params: map[string]string{"Lang": lang}}
}

func (e Environment) tellPrediction(p faq.Prediction, asJSON bool) error {
	if asJSON {
		return faq.WritePredictions(e.Stdout, []faq.Prediction{p})
	}
	c, err := e.console()
	if err != nil {
		return err
	}
	c.say("faq."+string(p.Action), nil)
	for i, guess := range p.Top {
		fmt.Fprintf(c.out, "%d. %-32s %.2f\n", i+1, guess.ID, guess.P)
	}
	return nil
}

func evalCommand(e Environment) *cobra.Command {
	var kb, out string
	var asJSON bool
	command := &cobra.Command{
		Use: "eval QUESTIONS.jsonl", Short: "Judge the matcher by questions whose answers are known", Args: cobra.ExactArgs(1),
		Long: "Reads questions, one JSON line each: {\"lang\":\"fa\",\"query\":\"...\",\"expected\":\"answer-id\"}; a null for expected means\n" +
			"that no answer fits. Prints the scores, and with --out writes each question with what the matcher makes of it.",
		Example: "  javab faq eval questions.jsonl\n  javab faq eval --kb kb.jsonl --out predictions.jsonl questions.jsonl",
		RunE: func(_ *cobra.Command, args []string) error {
			index, err := e.index(kb)
			if err != nil {
				return err
			}
			questions, err := e.questions(args[0])
			if err != nil {
				return err
			}
			return e.evaluate(index, questions, out, asJSON)
		},
	}
	command.Flags().StringVar(&kb, "kb", "", "file of JSON lines with the answers to choose from")
	command.Flags().StringVar(&out, "out", "", "file for the predictions")
	command.Flags().BoolVar(&asJSON, "json", false, "print the scores as JSON")
	return command
}

func (e Environment) evaluate(index *faq.Index, questions []faq.Question, out string, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	predictions := make([]faq.Prediction, len(questions))
	for i, q := range questions {
		if i%100 == 0 {
			c.progress("faq.progress", params{"Done": i, "All": len(questions)})
		}
		predictions[i] = faq.Predict(index, q)
	}
	c.settled()
	if out != "" {
		var lines bytes.Buffer
		if err := faq.WritePredictions(&lines, predictions); err != nil {
			return err
		}
		if err := os.WriteFile(e.path(out), lines.Bytes(), 0o644); err != nil {
			return fmt.Errorf("write predictions: %w", err)
		}
	}
	scores := faq.Score(predictions)
	if asJSON {
		return c.json(scores)
	}
	c.tellScores(scores)
	return nil
}

func (c *console) tellScores(s faq.Scores) {
	for _, line := range []struct {
		id    string
		share float64
	}{
		{"faq.score.top1", s.Top1},
		{"faq.score.top3", s.Top3},
		{"faq.score.mrr", s.MRR},
		{"faq.score.answered", s.Answered},
		{"faq.score.wrong", s.Wrong},
		{"faq.score.asked", s.Asked},
		{"faq.score.ask_hit", s.AskHit},
		{"faq.score.resolved", s.Resolved},
		{"faq.score.oos_false", s.OutFalse},
		{"faq.score.ece", s.ECE},
	} {
		fmt.Fprintf(c.out, "%6.1f %%  %s\n", 100*line.share, c.t(line.id, nil))
	}
	c.say("faq.score.count", params{"In": s.In, "Out": s.Out})
}

// index knows the answers of a file, or those that Javab comes with, by their ids alone. Flows are no answers.
func (e Environment) index(kb string) (*faq.Index, error) {
	if kb != "" {
		lines, err := e.questions(kb)
		if err != nil {
			return nil, err
		}
		return faq.Build(faq.Documents(lines)), nil
	}
	bundle, problems := content.Load(scripts.FS)
	if bundle == nil {
		return nil, &contentError{problems}
	}
	return faq.Build(answersOf(bundle, e.Clock())), nil
}

func answersOf(bundle *content.Bundle, now time.Time) []faq.Document {
	var answers []faq.Document
	for _, doc := range documents(bundle.Phrasings(now)) {
		if id, isAnswer := strings.CutPrefix(doc.ID, "answers/"); isAnswer {
			doc.ID = id
			answers = append(answers, doc)
		}
	}
	return answers
}

func (e Environment) questions(file string) ([]faq.Question, error) {
	source, err := os.Open(e.path(file))
	if err != nil {
		return nil, badLines(file, err)
	}
	defer source.Close()
	questions, err := faq.ReadQuestions(source)
	if err != nil {
		return nil, badLines(file, err)
	}
	return questions, nil
}

func badLines(file string, err error) error {
	return &bot.Error{Kind: bot.Invalid, Key: "faq.bad_lines", Err: err, Params: map[string]string{"Path": file}}
}
