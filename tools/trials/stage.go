package main

import (
	"cmp"
	"context"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"javab/tools/messenger"
	"javab/tools/overlay"
	"javab/tools/subject"
)

// stage is where one trial plays. What it sets up is taken down by clear, last first.
type stage struct {
	*settings
	base
	engine, folder string
	scenes         []*scene
	down           []func()
}

// leftovers tells what still waits to be sent in the scenes of a trial that went wrong, and why.
func (s *stage) leftovers(ctx context.Context) (lines []string) {
	for _, sc := range s.scenes {
		rows, err := sc.engine.DB.QueryContext(ctx, "SELECT lane, attempts, leased_until > 0, err FROM jobs WHERE state = 'open' ORDER BY id LIMIT 5")
		if err != nil {
			continue
		}
		for rows.Next() {
			var lane, fault string
			var attempts int
			var leased bool
			if rows.Scan(&lane, &attempts, &leased, &fault) == nil {
				lines = append(lines, fmt.Sprintf("open job of %s: %d attempts, leased %v, %q", lane, attempts, leased, fault))
			}
		}
		rows.Close()
	}
	return lines
}

func (s *stage) clear() {
	for _, f := range slices.Backward(s.down) {
		f()
	}
}

func (s *stage) later(f func()) { s.down = append(s.down, f) }

// scene is a program at work between its engine and a messenger.
type scene struct {
	*messenger.Messenger
	program *subject.Subject
	engine  *subject.Engine
	api     string
}

// setting is what differs from trial to trial; the zero value is a messenger that behaves well.
type setting struct {
	faults      messenger.Faults
	again       float64
	connections int
	senders     int
	binary      string
	tls         bool
	arrived     func(chat int64, text string)
	prepare     func(*subject.Engine) error // before the program starts
	idle        bool                        // do not start the program
}

// unready is what kept a trial from beginning.
type unready struct{ error }

func (u *unready) Unwrap() error { return u.error }

// open sets up a scene and starts the program.
func (s *stage) open(ctx context.Context, set setting) (*scene, error) {
	sc, err := s.setUp(ctx, set)
	if err == nil && !set.idle {
		err = sc.program.Start()
	}
	if err != nil {
		return nil, &unready{err}
	}
	return sc, nil
}

func (s *stage) setUp(ctx context.Context, set setting) (*scene, error) {
	engine, err := s.Open(ctx, s.engine, filepath.Join(s.folder, strconv.Itoa(len(s.scenes))))
	if err != nil {
		return nil, err
	}
	s.later(engine.Close)
	if set.prepare != nil {
		if err := set.prepare(engine); err != nil {
			return nil, err
		}
	}
	m := messenger.New(subject.Secret, max(set.connections, 40))
	m.Faults, m.Again, m.Arrived, m.SeeThrough = set.faults, set.again, set.arrived, !set.idle
	server, env, err := s.listen(m, set)
	if err != nil {
		return nil, err
	}
	program, err := subject.Javab{
		Binary: cmp.Or(set.binary, s.base.binary), Engine: engine, API: server, Senders: max(set.senders, 8), Env: env,
	}.New()
	if err != nil {
		return nil, err
	}
	m.Hook = program.Hook()
	sc := &scene{m, program, engine, server}
	s.scenes = append(s.scenes, sc)
	s.later(program.Kill)
	return sc, nil
}

// listen puts the Bot API up, and returns its address and what the program must be told to trust it.
func (s *stage) listen(m *messenger.Messenger, set setting) (address string, env []string, err error) {
	if !set.tls {
		server := m.Listen()
		s.later(server.Close)
		return server.URL, nil, nil
	}
	server := m.ListenTLS()
	s.later(server.Close)
	ca := filepath.Join(s.folder, "ca.pem")
	pem := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	return server.URL, []string{"SSL_CERT_FILE=" + ca}, os.WriteFile(ca, pem, 0o600)
}

// build compiles the program with edits of the trial's own.
func (s *stage) build(ctx context.Context, edits ...overlay.Edit) (string, error) {
	binary, err := overlay.Build(ctx, s.Module, filepath.Join(s.folder, "build"), slices.Concat(s.base.edits, edits)...)
	if err != nil {
		return "", &unready{err}
	}
	return binary, nil
}
