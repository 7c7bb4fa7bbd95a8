package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"path/filepath"
	"strings"

	"javab/bot"
	"javab/locales"
	"javab/locales/text"
)

// console is where a command talks: to the operator in his language, to his programs in JSON.
type console struct {
	words *locales.Localizer
	lang  bot.Lang
	out   io.Writer
	side  io.Writer // for progress; nil when nobody watches
}

// params fill in the placeholders of a sentence.
type params = map[string]any

func (e Environment) console() (*console, error) {
	words, err := locales.New(slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, fmt.Errorf("read the catalogs: %w", err)
	}
	c := &console{words: words, lang: e.lang(), out: e.Stdout}
	if terminal(e.Stderr) {
		c.side = e.Stderr
	}
	return c, nil
}

// t is a sentence in the operator's language. Counts (int) are told in its digits; what is typed again, such as the
// number of a delivery, is handed in as a string.
func (c *console) t(id string, data params) string {
	told := maps.Clone(data)
	for name, value := range told {
		if n, isCount := value.(int); isCount {
			told[name] = text.For(c.lang).Number(int64(n))
		}
	}
	return c.words.T(c.lang, id, told)
}

func (c *console) say(id string, data params) { fmt.Fprintln(c.out, c.t(id, data)) }

// json prints a value for programs.
func (c *console) json(v any) error {
	lines := json.NewEncoder(c.out)
	lines.SetEscapeHTML(false)
	lines.SetIndent("", "  ")
	if err := lines.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}

// progress shows what is being done, on a line that the next one takes the place of. Elsewhere than on a terminal it
// says nothing.
func (c *console) progress(id string, data params) {
	if c.side != nil {
		fmt.Fprintf(c.side, "\r\x1b[K%s", c.t(id, data))
	}
}

// settled clears the line of the progress.
func (c *console) settled() {
	if c.side != nil {
		fmt.Fprint(c.side, "\r\x1b[K")
	}
}

// path is a path of the command line as seen from the folder of the environment.
func (e Environment) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(e.Dir, p)
}

// cause is why something failed, in one line without secrets: what the network said, when it was the network.
func cause(err error) string {
	if network, is := errors.AsType[*net.OpError](err); is {
		err = network
	}
	for {
		told, is := errors.AsType[*bot.Error](err)
		if !is || told.Err == nil {
			return scrub(strings.Join(strings.Fields(err.Error()), " "))
		}
		err = told.Err
	}
}
