package app

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/dialogue"
)

func testCommand(e Environment) *cobra.Command {
	var update, asJSON bool
	var run string
	command := &cobra.Command{
		Use: "test [PATH]", Short: "Play the dialogues that stand beside the scripts", Args: cobra.MaximumNArgs(1),
		Long: "Plays every *.chat file of a folder of content, by default of the content that Javab comes with. A dialogue\n" +
			"fails when another path is taken (steps, choices, outcomes, hand-overs) or when the bot says other words.\n" +
			"--update writes new words into the files; a path that changed is never rewritten: read it and decide.",
		Example: "  javab test ./content\n  javab test --run complaint ./content\n  javab test --update ./content",
		RunE: func(cmd *cobra.Command, args []string) error {
			if update && len(args) == 0 {
				return &bot.Error{Kind: bot.Invalid, Key: "test.update_embedded"}
			}
			folder, err := e.folder(args)
			if err != nil {
				return err
			}
			return e.testDialogues(cmd.Context(), folder, run, update, asJSON)
		},
	}
	command.Flags().BoolVarP(&update, "update", "u", false, "write new words of the bot into the dialogues")
	command.Flags().StringVar(&run, "run", "", "play only the dialogues whose names contain this")
	command.Flags().BoolVar(&asJSON, "json", false, "print the results as JSON")
	return command
}

// The verdicts on a dialogue.
const (
	playedSame    = "same"
	playedPath    = "path"    // another way through the scripts
	playedWords   = "words"   // the bot says something else on the same way
	playedUpdated = "updated" // new words were written into the file
	playedBroken  = "broken"  // it cannot be read, or what the member does cannot be done
)

// played is what came of one dialogue.
type played struct {
	File        string                `json:"file"`
	Verdict     string                `json:"verdict"`
	Error       string                `json:"error,omitempty"`
	Differences []dialogue.Difference `json:"differences,omitempty"`

	now *dialogue.File // as it went
}

// ok reports whether the dialogue is as it should be.
func (p played) ok() bool { return p.Verdict == playedSame || p.Verdict == playedUpdated }

func (e Environment) testDialogues(ctx context.Context, f folder, run string, update, asJSON bool) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	l, err := e.reader.open(f.files, opening)
	if err != nil {
		return err
	}
	t, err := openTheatre(l)
	if err != nil {
		return err
	}
	names, err := dialogues(f.files, run)
	if err != nil {
		return err
	}
	results, failed := []played{}, 0
	for i, name := range names {
		c.progress("test.progress", params{"Name": name, "Done": i, "All": len(names)})
		p := t.playFile(ctx, f.files, name)
		if update && p.Verdict == playedWords {
			p = p.rewritten(filepath.Join(e.path(f.path), name))
		}
		if !p.ok() {
			failed++
		}
		c.settled()
		p.File = f.name(name)
		results = append(results, p)
		if !asJSON {
			c.tellPlayed(p)
		}
	}
	if asJSON {
		err = c.json(map[string]any{"dialogues": results, "failed": failed})
	} else {
		c.say("test.summary", params{"All": len(results), "Failed": failed})
	}
	if err == nil && failed > 0 {
		return errProblems
	}
	return err
}

// dialogues are the names of the files to play.
func dialogues(files fs.FS, run string) ([]string, error) {
	all, err := fs.Glob(files, "*.chat")
	if err != nil {
		return nil, fmt.Errorf("list dialogues: %w", err)
	}
	var names []string
	for _, name := range all {
		if strings.Contains(name, run) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, &bot.Error{Kind: bot.NotFound, Key: "test.no_dialogue", Params: map[string]string{"Run": run}}
	}
	return names, nil
}

// playFile plays one dialogue in a world of its own.
func (t *theatre) playFile(ctx context.Context, files fs.FS, name string) played {
	broken := func(err error) played { return played{File: name, Verdict: playedBroken, Error: err.Error()} }
	source, err := fs.ReadFile(files, name)
	if err != nil {
		return broken(err)
	}
	written, err := dialogue.Parse(name, source)
	if err != nil {
		return broken(err)
	}
	now, err := guarded(func() (*dialogue.File, error) { return dialogue.Play(ctx, t.world(), written) })
	if err != nil {
		return broken(fmt.Errorf("%s: %w", name, err))
	}
	p := played{File: name, Verdict: playedSame, now: now, Differences: dialogue.Compare(written, now)}
	for _, d := range p.Differences {
		if d.Path {
			p.Verdict = playedPath
			break
		}
		p.Verdict = playedWords
	}
	return p
}

// rewritten writes the dialogue as it went into its file.
func (p played) rewritten(path string) played {
	if err := os.WriteFile(path, p.now.Format(), 0o644); err != nil {
		p.Verdict, p.Error = playedBroken, err.Error()
		return p
	}
	p.Verdict = playedUpdated
	return p
}

func (c *console) tellPlayed(p played) {
	if p.Verdict == playedSame {
		return
	}
	fmt.Fprintf(c.out, "%s: %s\n", p.File, cmp.Or(p.Error, c.t("test."+p.Verdict, nil)))
	if p.ok() {
		return
	}
	for _, d := range p.Differences {
		fmt.Fprintf(c.out, "%s:%d:\n  - %s\n  + %s\n", p.File, d.Line, d.Want, d.Got)
	}
}
