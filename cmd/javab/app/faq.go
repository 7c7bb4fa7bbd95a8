package app

import (
	"bytes"
	"cmp"
	"context"
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
		RunE: func(cmd *cobra.Command, args []string) error {
			if lang != "" && !bot.Lang(strings.TrimSuffix(lang, "-Latn")).Valid() {
				return unknownLang(lang)
			}
			index, err := e.index(cmd.Context(), kb)
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
	var how tellHow
	command := &cobra.Command{
		Use: "eval QUESTIONS.jsonl", Short: "Judge the matcher by questions whose answers are known", Args: cobra.ExactArgs(1),
		Long: "Reads questions, one JSON line each: {\"lang\":\"fa\",\"query\":\"...\",\"expected\":\"answer-id\"}; a null for expected means\n" +
			"that no answer fits. Prints the scores, and with --out writes each question with what the matcher makes of it.\n" +
			"With --by-kind, prints them by language and by the field \"kind\" of the lines.",
		Example: "  javab faq eval questions.jsonl\n  javab faq eval --kb kb.jsonl --out predictions.jsonl questions.jsonl",
		RunE: func(cmd *cobra.Command, args []string) error {
			index, err := e.index(cmd.Context(), kb)
			if err != nil {
				return err
			}
			questions, err := e.questions(args[0])
			if err != nil {
				return err
			}
			return e.evaluate(index, questions, out, how)
		},
	}
	command.Flags().StringVar(&kb, "kb", "", "file of JSON lines with the answers to choose from")
	command.Flags().StringVar(&out, "out", "", "file for the predictions")
	command.Flags().BoolVar(&how.json, "json", false, "print the scores as JSON")
	command.Flags().BoolVar(&how.byKind, "by-kind", false, "print the scores by language and kind, as a table")
	return command
}

// tellHow says in which form scores are printed.
type tellHow struct{ json, byKind bool }

func (e Environment) evaluate(index *faq.Index, questions []faq.Question, out string, how tellHow) error {
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
	scores, groups := faq.Score(predictions), faq.ScoreByKind(predictions)
	switch {
	case how.json && how.byKind:
		return c.json(groups)
	case how.json:
		return c.json(scores)
	case how.byKind:
		c.tellGroups(groups)
	default:
		c.tellScores(scores)
	}
	return nil
}

// tellGroups prints a table that a page of Markdown can take as it is. Its columns are the names that --json uses.
func (c *console) tellGroups(groups []faq.Group) {
	fmt.Fprintln(c.out, "| lang | kind | in_scope | top1 | top3 | mrr | answered | wrong | resolved | out_of_scope | oos_false |")
	fmt.Fprintln(c.out, "|---|---|---|---|---|---|---|---|---|---|---|")
	for _, g := range groups {
		inside, outside := " |  |  |  |  | ", ""
		if g.In > 0 {
			inside = fmt.Sprintf("%.1f | %.1f | %.1f | %.1f | %.1f | %.1f", 100*g.Top1, 100*g.Top3, 100*g.MRR, 100*g.Answered, 100*g.Wrong, 100*g.Resolved)
		}
		if g.Out > 0 {
			outside = fmt.Sprintf("%.1f", 100*g.OutFalse)
		}
		fmt.Fprintf(c.out, "| %s | %s | %d | %s | %d | %s |\n", cmp.Or(g.Lang, "?"), cmp.Or(g.Kind, "all"), g.In, inside, g.Out, outside)
	}
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

// index knows the answers of a file, or those that Javab comes with, by their ids alone. Flows are no answers. A large file
// takes a while to learn.
func (e Environment) index(ctx context.Context, kb string) (*faq.Index, error) {
	docs, err := e.answers(kb)
	if err != nil {
		return nil, err
	}
	c, err := e.console()
	if err != nil {
		return nil, err
	}
	c.progress("faq.training", nil)
	defer c.settled()
	return cmp.Or(e.reader, new(reader)).school.train(ctx, courseOf(faq.Usual(), docs))
}

func (e Environment) answers(kb string) ([]faq.Document, error) {
	if kb != "" {
		lines, err := e.questions(kb)
		if err != nil {
			return nil, err
		}
		return faq.Documents(lines)
	}
	bundle, problems := content.Load(scripts.FS)
	if bundle == nil {
		return nil, &contentError{problems}
	}
	return answersOf(bundle, e.Clock()), nil
}

// answersOf are the answers as documents, with all that helps to find them: the text and the title, how they are asked for
// in Latin letters, and whether a wrong one costs something.
func answersOf(bundle *content.Bundle, now time.Time) []faq.Document {
	var answers []faq.Document
	for _, a := range bundle.Answers {
		if !a.Valid(now) {
			continue
		}
		for _, lang := range bot.Langs {
			doc := faq.Document{
				ID: a.ID, Lang: lang, Phrasings: a.Phrasings[lang], Says: a.Title.In(lang) + ". " + a.Text.In(lang), Risky: a.Risk != "",
			}
			if lang == bot.Fa {
				doc.Finglish = a.Finglish
			}
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
