// Package subject starts the real binary under test, kills it, stops it and measures it, on either engine.
//
// It knows processes, ports and databases. It never knows what the binary says.
package subject

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Subject is one binary with its data. Its address stays the same over restarts.
type Subject struct {
	Binary  string
	Args    []string
	Env     []string
	Address string
	Log     string // file that gets its output

	command *exec.Cmd
	exited  chan error
	cpu     time.Duration // of processes that have ended
}

// Port finds a free loopback port.
func Port() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// Build compiles a package of the main module into a folder, with optional build flags, and returns the binary.
func Build(ctx context.Context, module, pkg, folder string, flags ...string) (string, error) {
	binary := filepath.Join(folder, filepath.Base(pkg))
	args := append([]string{"build", "-o", binary}, flags...)
	command := exec.CommandContext(ctx, "go", append(args, pkg)...)
	command.Dir = module
	output, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, output)
	}
	return binary, nil
}

// Beside is another command of the binary, with the same configuration.
func (s *Subject) Beside(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, s.Binary, args...)
	command.Env = append(os.Environ(), s.Env...)
	return command
}

// Start runs the binary and returns when it says that it is ready.
func (s *Subject) Start() error {
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.command = exec.Command(s.Binary, s.Args...)
	s.command.Env = append(os.Environ(), s.Env...)
	s.command.Stdout, s.command.Stderr = log, log
	if err := s.command.Start(); err != nil {
		return err
	}
	s.exited = make(chan error, 1)
	go func(c *exec.Cmd, exited chan error) { exited <- c.Wait() }(s.command, s.exited)
	return s.ready(30 * time.Second)
}

func (s *Subject) ready(limit time.Duration) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); {
		select {
		case err := <-s.exited:
			s.exited = nil
			return fmt.Errorf("the program ended before it was ready: %w\n%s", err, s.Tail())
		case <-time.After(10 * time.Millisecond):
		}
		response, err := http.Get("http://" + s.Address + "/readyz")
		if err != nil {
			continue
		}
		response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.New("the program is not ready after " + limit.String())
}

// Tail is the end of what the program has logged.
func (s *Subject) Tail() string {
	log, _ := os.ReadFile(s.Log)
	return string(log[max(0, len(log)-2000):])
}

// Kill ends the program at once, as a power cut would. A program that has ended is left alone.
func (s *Subject) Kill() {
	if s.exited == nil {
		return
	}
	s.cpu += s.running()
	s.command.Process.Kill()
	<-s.exited
	s.exited = nil
}

// Stop asks the program to end and returns how it did.
func (s *Subject) Stop(limit time.Duration) error {
	s.command.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-s.exited:
		s.exited = nil
		s.cpu += s.command.ProcessState.UserTime() + s.command.ProcessState.SystemTime()
		return err
	case <-time.After(limit):
		s.Kill()
		return errors.New("the program did not end in " + limit.String())
	}
}

// Freeze stops the program's clock of work, as a machine does that swaps or is migrated; Thaw lets it go on.
func (s *Subject) Freeze() { s.command.Process.Signal(syscall.SIGSTOP) }

// Thaw ends a Freeze.
func (s *Subject) Thaw() { s.command.Process.Signal(syscall.SIGCONT) }

// CPU is the processor time used so far, over all restarts.
func (s *Subject) CPU() time.Duration { return s.cpu + s.running() }

// running reads the processor time of the living process from the kernel's table.
func (s *Subject) running() time.Duration {
	if s.exited == nil {
		return 0
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.command.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// RSS is the memory in use now, in bytes.
func (s *Subject) RSS() int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.command.Process.Pid))
	fields := strings.Fields(string(status))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
