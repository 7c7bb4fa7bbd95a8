package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/flows/content"
	"javab/flows/studio"
	"javab/storage"
)

func contentCommand(e Environment) *cobra.Command {
	command := &cobra.Command{
		Use: "content", Short: "Carry the published content to a folder and back, to keep it in Git",
		Long: "What members read is kept in the database and changed in the studio. These commands write it into a folder of YAML\n" +
			"files, compare the two, and publish the folder. They work beside a running server, which plays a new version\n" +
			"within two seconds.",
		Example: "  javab content pull ./content\n  javab content diff ./content\n  javab content push --note \"new fees\" ./content",
	}
	command.AddCommand(contentPullCommand(e), contentDiffCommand(e), contentPushCommand(e))
	return command
}

// versionFile says, within a folder, of which version it was made.
const versionFile = ".javab-version"

func contentPullCommand(e Environment) *cobra.Command {
	var version int
	var force, asJSON bool
	command := &cobra.Command{
		Use: "pull DIR", Short: "Write the live version into a folder", Args: cobra.ExactArgs(1),
		Long: "Writes every file of the live version, or of another one, and takes away those that the version does not have.\n" +
			"A folder in which something was changed since the last pull is left as it is, unless --force says otherwise.",
		Example: "  javab content pull ./content\n  javab content pull --version 3 ./old",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.withContent(cmd.Context(), args[0], func(b *binder) error { return b.pull(cmd.Context(), version, force, asJSON) })
		},
	}
	command.Flags().IntVar(&version, "version", 0, "another version than the live one")
	command.Flags().BoolVar(&force, "force", false, "write over what was changed in the folder")
	command.Flags().BoolVar(&asJSON, "json", false, "print what was written as JSON")
	return command
}

func contentDiffCommand(e Environment) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use: "diff DIR", Short: "Tell which files of a folder are not as they are live", Args: cobra.ExactArgs(1),
		Long:    "Lists files that were added (+), changed (~) or taken away (-) in the folder. Exit code 1 when there are any.",
		Example: "  javab content diff ./content\n  javab content diff --json ./content",
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.withContent(cmd.Context(), args[0], func(b *binder) error { return b.diff(cmd.Context(), asJSON) })
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print as JSON")
	return command
}

func contentPushCommand(e Environment) *cobra.Command {
	var p studio.Publishing
	var asJSON bool
	command := &cobra.Command{
		Use: "push DIR", Short: "Publish a folder as the next version", Args: cobra.ExactArgs(1),
		Long: "Checks the folder, plays its dialogues and makes it live, unless something was published since it was pulled.\n" +
			"Errors and dialogues that take another path stop it; warnings and changed words ask for --warnings and --words,\n" +
			"the latter of which also writes the changed words into the dialogues of the folder.",
		Example: "  javab content push ./content\n  javab content push --words --note \"fees of 1406\" ./content",
		RunE: func(cmd *cobra.Command, args []string) error {
			gently()
			return e.withContent(cmd.Context(), args[0], func(b *binder) error { return b.push(cmd.Context(), p, asJSON) })
		},
	}
	command.Flags().StringVar(&p.Note, "note", "", "what changed and why; the studio shows it beside the version")
	command.Flags().BoolVar(&p.Warnings, "warnings", false, "publish in spite of warnings")
	command.Flags().BoolVar(&p.Words, "words", false, "take over what the dialogues say now")
	command.Flags().BoolVar(&asJSON, "json", false, "print the outcome as JSON")
	return command
}

// binder carries content between a database and a folder.
type binder struct {
	*console
	studio *studio.Studio
	dir    string // where the folder is
	named  string // as the operator wrote it
}

// withContent opens the content of an installation beside its server.
func (e Environment) withContent(ctx context.Context, dir string, act func(*binder) error) (err error) {
	c, err := e.console()
	if err != nil {
		return err
	}
	here, err := e.visited(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, here.store.Close()) }()
	s := &studio.Studio{
		Store: storage.As[studio.Tx](here.store), Clock: e.Clock, ID: func() string { return fmt.Sprintf("%016x", e.Random()) }, Play: playAll,
		Loader: new(content.Loader), Log: e.logger(here.config.Log),
	}
	switch live, err := s.Live(ctx); {
	case err != nil:
		return databaseError(here.config, err)
	case live == 0:
		return &bot.Error{Kind: bot.NotFound, Key: "content.unpublished"}
	}
	return act(&binder{c, s, e.path(dir), dir})
}

// change is a file that is not the same, for programs.
type change struct {
	File string `json:"file"`
	Kind string `json:"kind"` // added, changed or removed
}

// signs are how a list shows the kinds.
var signs = map[string]string{"added": "+", "changed": "~", "removed": "-"}

func named(changes []studio.Change) []change {
	list := make([]change, len(changes))
	for i, c := range changes {
		switch {
		case c.Before == nil:
			list[i] = change{c.Name, "added"}
		case c.After == nil:
			list[i] = change{c.Name, "removed"}
		default:
			list[i] = change{c.Name, "changed"}
		}
	}
	return list
}

// folder is what lies in the folder now; nothing when it is not there yet.
func (b *binder) folder() (studio.Folder, error) {
	files, err := studio.ReadFolder(os.DirFS(b.dir))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", b.named, err)
	}
	return files, nil
}

// from is the version that the folder was made of; 0 when it says none.
func (b *binder) from() (int, error) {
	text, err := os.ReadFile(filepath.Join(b.dir, versionFile))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of %s: %w", b.named, err)
	}
	number, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("read the version of %s: %w", b.named, err)
	}
	return number, nil
}

func (b *binder) pull(ctx context.Context, version int, force, asJSON bool) error {
	files, number, err := b.studio.Export(ctx, version)
	if err != nil {
		return err
	}
	before, err := b.folder()
	if err != nil {
		return err
	}
	if err := b.untouched(ctx, before, force); err != nil {
		return err
	}
	changes := studio.Compare(before, files)
	if err := b.write(changes, number); err != nil {
		return err
	}
	if asJSON {
		return b.json(map[string]any{"version": number, "files": named(changes)})
	}
	b.say("content.pulled", params{"Version": number, "N": len(changes), "Dir": b.named})
	return nil
}

// untouched refuses a folder in which something was changed since it was pulled.
func (b *binder) untouched(ctx context.Context, now studio.Folder, force bool) error {
	from, err := b.from()
	if err != nil || force || len(now) == 0 {
		return err
	}
	local := len(now)
	if from > 0 {
		then, _, err := b.studio.Export(ctx, from)
		if err != nil {
			return err
		}
		local = len(studio.Compare(then, now))
	}
	if local > 0 {
		return &bot.Error{Kind: bot.Conflict, Key: "content.local", Params: map[string]string{"Dir": b.named}}
	}
	return nil
}

// write makes the folder what a version says.
func (b *binder) write(changes []studio.Change, number int) error {
	for _, c := range changes {
		at := filepath.Join(b.dir, filepath.FromSlash(c.Name))
		err := os.MkdirAll(filepath.Dir(at), 0o755)
		if err == nil && c.After == nil {
			err = os.Remove(at)
		} else if err == nil {
			err = os.WriteFile(at, c.After, 0o644)
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", c.Name, err)
		}
	}
	if err := os.WriteFile(filepath.Join(b.dir, versionFile), []byte(strconv.Itoa(number)+"\n"), 0o644); err != nil {
		return fmt.Errorf("note the version of %s: %w", b.named, err)
	}
	return nil
}

func (b *binder) diff(ctx context.Context, asJSON bool) error {
	live, number, err := b.studio.Export(ctx, 0)
	if err != nil {
		return err
	}
	now, err := b.folder()
	if err != nil {
		return err
	}
	changes := named(studio.Compare(live, now))
	if asJSON {
		err = b.json(map[string]any{"version": number, "files": changes})
	} else {
		for _, c := range changes {
			fmt.Fprintln(b.out, signs[c.Kind], c.File)
		}
		b.say("content.differs", params{"Version": number, "N": len(changes)})
	}
	if err == nil && len(changes) > 0 {
		return errProblems
	}
	return err
}

func (b *binder) push(ctx context.Context, p studio.Publishing, asJSON bool) error {
	from, err := b.from()
	if err != nil {
		return err
	}
	out, err := b.studio.Push(ctx, "", os.DirFS(b.dir), from, p, func(done, all int) {
		b.progress("content.playing", params{"Done": done, "All": all})
	})
	b.settled()
	if err != nil {
		return errors.Join(b.because(out, asJSON), unfit(err))
	}
	var changes []studio.Change
	for _, d := range out.Rehearsal.Of(studio.Words) {
		changes = append(changes, studio.Change{Name: d.File, After: d.Body})
	}
	if err := b.write(changes, out.Version); err != nil {
		return err
	}
	if asJSON {
		return b.json(map[string]any{"version": out.Version, "rewritten": named(changes)})
	}
	b.say("content.pushed", params{"Version": out.Version, "N": len(changes)})
	return nil
}

// unfit makes what is wrong with content an error that is no mistake of the command line.
func unfit(err error) error {
	if told, is := errors.AsType[*bot.Error](err); is && told.Kind == bot.Invalid {
		return &bot.Error{Kind: bot.Conflict, Key: told.Key, Params: told.Params, Err: told.Err}
	}
	return err
}

// because tells what a folder was refused for.
func (b *binder) because(out studio.Outcome, asJSON bool) error {
	refused := append(out.Rehearsal.Of(studio.Path, studio.Broken), out.Rehearsal.Of(studio.Words)...)
	if asJSON {
		return b.json(map[string]any{"version": 0, "problems": out.Problems, "dialogues": refused})
	}
	for _, p := range out.Problems {
		fmt.Fprintf(b.out, "%s:%d:%d: %s: %s\n", filepath.Join(b.named, p.File), p.Line, p.Column, b.t("check."+string(p.Severity), nil), p.Message(b.translate))
	}
	for _, d := range refused {
		verdict := string(d.Verdict)
		fmt.Fprintf(b.out, "%s: %s\n", filepath.Join(b.named, d.File), b.t("test."+verdict, nil))
		for _, w := range d.Where {
			fmt.Fprintf(b.out, "%s:%d:\n  - %s\n  + %s\n", filepath.Join(b.named, d.File), w.Line, w.Want, w.Got)
		}
	}
	return nil
}
