// Package app is the program: its commands, its configuration, and how the house is put together.
//
// It alone knows every package and the real clock. It never knows what a member is told (content) or how a messenger,
// a database or a page works (adapters).
package app

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"javab/bot"
)

// Environment is what a run of the program takes from the outside. Tests hand in their own.
type Environment struct {
	Args   []string // without the program's name
	Env    []string // NAME=value
	Dir    string   // where javab.yaml is looked for
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Clock  func() time.Time
	World  func() time.Time // the clock of what guards security, where Clock may skip days; nil: Clock
	Random func() uint64

	reader *reader // nil: one for each content; many tests play one content, read and learnt once
}

// world is the clock of sign-ins, sessions and leases.
func (e Environment) world() func() time.Time {
	if e.World != nil {
		return e.World
	}
	return e.Clock
}

// System is the real environment.
func System() Environment {
	return Environment{
		Args: os.Args[1:], Env: os.Environ(), Dir: ".", Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Clock: time.Now, Random: random,
	}
}

// random is 64 bits of the system's cryptographic randomness.
func random() uint64 {
	var bits [8]byte
	rand.Read(bits[:]) // never fails: the program ends when the system has no randomness
	return binary.LittleEndian.Uint64(bits[:])
}

// lang is the operator's language, from the usual variables of the shell.
func (e Environment) lang() bot.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		for _, pair := range e.Env {
			value, found := strings.CutPrefix(pair, name+"=")
			if !found || value == "" {
				continue
			}
			if lang := bot.Lang(value[:min(2, len(value))]); lang.Valid() {
				return lang
			}
			return bot.En
		}
	}
	return bot.En
}

// logger writes for people on a terminal and for machines elsewhere. Secrets that stand in error texts are scrubbed.
func (e Environment) logger(level string) *slog.Logger {
	var threshold slog.Level
	if err := threshold.UnmarshalText([]byte(level)); err != nil {
		threshold = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: threshold, ReplaceAttr: scrubAttr}
	if terminal(e.Stderr) {
		return slog.New(slog.NewTextHandler(e.Stderr, options))
	}
	return slog.New(slog.NewJSONHandler(e.Stderr, options))
}

// terminal reports whether a person is likely to be reading.
func terminal(w io.Writer) bool {
	file, isFile := w.(*os.File)
	if !isFile {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
