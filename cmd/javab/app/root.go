package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/locales"
)

// The exit codes of every command.
const (
	exitFine     = 0
	exitProblems = 1 // the command did its work and found problems, or could not do it
	exitUsage    = 2 // wrong arguments or configuration: nothing was done
)

// errProblems is an error whose details the command has printed already.
var errProblems = errors.New("problems found")

// Main runs the program and returns its exit code. Ctrl-C and SIGTERM end it gently.
func Main(e Environment) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return Run(ctx, e)
}

// Run is Main under a context of the caller's.
func Run(ctx context.Context, e Environment) int {
	root := commands(e)
	root.SetArgs(e.Args)
	root.SetIn(e.Stdin)
	root.SetOut(e.Stdout)
	root.SetErr(e.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitFine
	}
	if !errors.Is(err, errProblems) {
		fmt.Fprintln(e.Stderr, e.explain(err))
	}
	return exitCode(err)
}

func (e Environment) explain(err error) string {
	words, broken := locales.New(slog.New(slog.DiscardHandler))
	if broken != nil {
		return err.Error()
	}
	return explain(words, e.lang(), err)
}

// version is set by the release.
var version = "dev"

func commands(e Environment) *cobra.Command {
	root := &cobra.Command{
		Use: "javab", Version: version, Short: "Self-service bot and member desk for chambers and associations",
		Long: "Javab walks members through answers, services and complaints on their messenger, in Persian, Arabic and\n" +
			"English, and hands hard cases to officers. Settings come from JAVAB_* variables or javab.yaml.",
		Example:      "  javab demo\n  javab check ./content\n  JAVAB_TELEGRAM_TOKEN=... javab serve",
		SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	for _, make := range []func(Environment) *cobra.Command{
		demoCommand, serveCommand, chatCommand, checkCommand, testCommand, faqCommand, contentCommand,
		migrateCommand, doctorCommand, backupCommand, restoreCommand, replayCommand,
		staffCommand, auditCommand, reportCommand,
	} {
		root.AddCommand(make(e))
	}
	return root
}

// usageError is a command line that cannot be understood.
type usageError struct{ error }

func exitCode(err error) int {
	var usage *usageError
	switch {
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"), strings.Contains(err.Error(), "arg(s)"):
		return exitUsage
	case bot.KindOf(err) == bot.Invalid:
		return exitUsage
	default:
		return exitProblems
	}
}

// explain tells an error to the operator in his language: each of several on a line of its own.
func explain(words *locales.Localizer, lang bot.Lang, err error) string {
	if many, isMany := err.(interface{ Unwrap() []error }); isMany {
		var lines []string
		for _, one := range many.Unwrap() {
			lines = append(lines, explain(words, lang, one))
		}
		return strings.Join(lines, "\n")
	}
	told, isTold := errors.AsType[*bot.Error](err)
	if !isTold {
		return "javab: " + scrub(err.Error())
	}
	params := make(map[string]any, len(told.Params)+1)
	for name, value := range told.Params {
		params[name] = scrub(value)
	}
	if want := told.Params["Want"]; strings.HasPrefix(want, "config.want.") {
		params["Want"] = words.T(lang, want, nil)
	}
	if told.Err != nil {
		params["Cause"] = cause(told.Err)
	}
	return "javab: " + words.T(lang, told.Key, params)
}
