package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"javab/tools/subject"
)

// order is what happens in the house at an instant; cmd/javab/app/year_test.go says which there are.
type order struct {
	At                          int64 // unix ms; set when it is given
	Do                          string
	Chat, Lang, Event, Action   string            `json:",omitempty"`
	With                        map[string]string `json:",omitempty"`
	Data, Text, Number, By, Act string            `json:",omitempty"`
}

// answer is what came of it.
type answer struct {
	Sent         *sent
	Err, Refused string
	Outcome      string
	Vars         map[string]any
	Days         map[string][]int64
	Topics       []topic
}

// sent is a message that has reached a member.
type sent struct {
	Chat, Text string
	Presses    []string
}

type topic struct {
	Kind, ID, Unit string
	Hours          int
}

// house is the program of the year: a process that is killed as often as one likes and goes on with its data.
type house struct {
	binary, log string
	env         []string
	hears       func(sent) // each message that reaches a member

	command *exec.Cmd
	orders  io.WriteCloser
	answers chan answer // closed when the process has ended
}

// build compiles the house: the main module's tests of it, which play the year instead while YEAR is set.
func build(ctx context.Context, module, folder string) (string, error) {
	binary := filepath.Join(folder, "house")
	command := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, "./cmd/javab/app")
	command.Dir = module
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the house: %w\n%s", err, output)
	}
	return binary, nil
}

func newHouse(binary, folder string, engine *subject.Engine, hears func(sent)) *house {
	return &house{
		binary: binary, log: filepath.Join(folder, "house.log"), hears: hears,
		env: append(engine.Env(), "YEAR=1", "GOGC=400", "JAVAB_TELEGRAM_TOKEN=4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"JAVAB_KEY=k3y-of-the-tools-runs-0123456789abcdef", "JAVAB_MEMBER_LIMIT=0", "JAVAB_LOG=error"),
	}
}

// start runs the process. What it says beside its answers is in the log.
func (h *house) start() error {
	log, err := os.OpenFile(h.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	h.command = exec.Command(h.binary)
	h.command.Env, h.command.Stderr = append(os.Environ(), h.env...), log
	if h.orders, err = h.command.StdinPipe(); err != nil {
		return err
	}
	said, err := h.command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := h.command.Start(); err != nil {
		return fmt.Errorf("start the house: %w", err)
	}
	h.answers = make(chan answer, 1)
	go h.listen(said, h.answers)
	return nil
}

// listen reads what the process says until it ends. A line that was cut off by a kill was never said.
func (h *house) listen(said io.Reader, answers chan answer) {
	defer close(answers)
	lines := bufio.NewReader(said)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var a answer
		if json.Unmarshal(line, &a) != nil {
			continue // the test binary's own last words
		}
		if a.Sent != nil {
			h.hears(*a.Sent)
			continue
		}
		answers <- a
	}
}

// do gives an order and returns what came of it. One that lasts for minutes has come to a halt.
func (h *house) do(ctx context.Context, o order) (answer, error) {
	if err := h.give(o); err != nil {
		return answer{}, err
	}
	select {
	case a, alive := <-h.answers:
		if !alive {
			return a, fmt.Errorf("the house has ended at %s: %s", o.Do, h.tail())
		}
		return a, nil
	case <-time.After(3 * time.Minute):
		return answer{}, fmt.Errorf("no answer to %+v: %s", o, h.tail())
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
}

func (h *house) give(o order) error {
	line, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if _, err := h.orders.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("order %s: %w\n%s", o.Do, err, h.tail())
	}
	return nil
}

// kill ends the process at once, as a power cut would, and takes in what it had said.
func (h *house) kill() {
	if h.command == nil {
		return
	}
	h.command.Process.Kill()
	for range h.answers {
	}
	h.command.Wait()
	h.command = nil
}

func (h *house) tail() string {
	log, _ := os.ReadFile(h.log)
	return string(log[max(0, len(log)-2000):])
}
