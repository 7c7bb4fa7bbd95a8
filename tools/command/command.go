// Package command is how the commands of the tools begin and end: the flags that say which program is tried on which
// engine, an interrupt that ends a run in order, a folder for the length of the run, the binary, the exit code.
//
// It never knows what is tried.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"javab/tools/subject"
)

// Source says where the program's source and the PostgreSQL server are.
type Source struct{ Module, Postgres string }

// Flags declares -module and -postgres.
func (s *Source) Flags(flags *flag.FlagSet) {
	flags.StringVar(&s.Module, "module", "..", "folder of the main module")
	flags.StringVar(&s.Postgres, "postgres", os.Getenv("TEST_POSTGRES"), "PostgreSQL server; TEST_POSTGRES")
}

// Tool compiles one of the tools into a folder, with optional build flags, and returns the binary.
func (s *Source) Tool(ctx context.Context, name, folder string, flags ...string) (string, error) {
	return subject.Build(ctx, filepath.Join(s.Module, "tools"), "./"+name, folder, flags...)
}

// Program says which program is tried, and on which engines.
type Program struct {
	Source
	Binary, Engine string
}

// Flags declares those of the source, -binary and -engine.
func (p *Program) Flags(flags *flag.FlagSet) {
	p.Source.Flags(flags)
	flags.StringVar(&p.Binary, "binary", "", "the program; built from -module when empty")
	flags.StringVar(&p.Engine, "engine", "both", "sqlite, postgres or both")
}

// Engines spells out what -engine means.
func (p *Program) Engines() []string {
	if p.Engine == "both" {
		return []string{subject.SQLiteName, subject.PostgresName}
	}
	return []string{p.Engine}
}

// Open makes one of the engines, with its data in a folder that it makes.
func (p *Program) Open(ctx context.Context, engine, folder string) (*subject.Engine, error) {
	return subject.Open(ctx, engine, p.Postgres, folder)
}

// Each runs on each of the engines, one after the other, with its data in a folder of its own. It ends with the first that
// fails.
func (p *Program) Each(ctx context.Context, folder string, run func(ctx context.Context, engine *subject.Engine, own string) error) error {
	for _, name := range p.Engines() {
		own := filepath.Join(folder, name)
		engine, err := p.Open(ctx, name, own)
		if err != nil {
			return err
		}
		err = run(ctx, engine, own)
		engine.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", engine.Name, err)
		}
	}
	return nil
}

// Built returns the binary that was named, else one that is compiled into the folder with optional build flags.
func (p *Program) Built(ctx context.Context, folder string, flags ...string) (string, error) {
	if p.Binary != "" {
		return p.Binary, nil
	}
	return subject.Build(ctx, p.Module, "./cmd/javab", folder, flags...)
}

// Slim is how a release is built: what is measured is what is shipped.
var Slim = []string{"-trimpath", "-ldflags=-s -w"}

// Body is a run. The folder is its own.
type Body func(ctx context.Context, folder string) error

// Main reads the arguments and ends the process with the exit code of the run.
func Main(name string, declare func(*flag.FlagSet), run Body) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := Run(ctx, name, os.Args[1:], os.Stderr, declare, run)
	stop()
	os.Exit(code)
}

// Run is Main within a process: 0 is for a run that found nothing wrong, 1 for one that did, 2 for bad usage.
func Run(ctx context.Context, name string, args []string, trouble io.Writer, declare func(*flag.FlagSet), run Body) int {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(trouble)
	declare(flags)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	if err := within(ctx, name, run); err != nil {
		fmt.Fprintf(trouble, "%s: %v\n", name, err)
		return 1
	}
	return 0
}

// within runs in a folder that is gone afterwards.
func within(ctx context.Context, name string, run Body) error {
	folder, err := os.MkdirTemp("", "javab-"+name)
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	return run(ctx, folder)
}
