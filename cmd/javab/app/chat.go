package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/locales/text"
)

func chatCommand(e Environment) *cobra.Command {
	var lang, save string
	command := &cobra.Command{
		Use: "chat [PATH]", Short: "Talk with the bot in the terminal", Args: cobra.MaximumNArgs(1),
		Long: "Plays the bot on this terminal, from a folder of content or from the one that Javab comes with. Nothing is\n" +
			"kept. A line is what the member writes; the number or the words of a button press it.\n\n" +
			"  /send FILE [CAPTION]  sends a file (only its name is used)\n" +
			"  /share PHONE          shares the own phone card\n" +
			"  /wait 2s              lets time go by\n" +
			"  /quit                 ends, as does the end of the input",
		Example: "  javab chat\n  javab chat --lang en --save complaint.en.chat ./content",
		RunE: func(cmd *cobra.Command, args []string) error {
			if !bot.Lang(lang).Valid() {
				return unknownLang(lang)
			}
			folder, err := e.folder(args)
			if err != nil {
				return err
			}
			l, err := e.reader.open(folder.files, e.Clock())
			if err != nil {
				return err
			}
			t, err := openTheatreAt(l, e.Clock(), e.Random())
			if err != nil {
				return err
			}
			return e.chat(cmd.Context(), t, bot.Lang(lang), save)
		},
	}
	command.Flags().StringVar(&lang, "lang", string(bot.Fa), "language of the member's messenger: fa, ar or en")
	command.Flags().StringVar(&save, "save", "", "write the dialogue to this .chat file at the end")
	return command
}

// errLeft ends a conversation.
var errLeft = errors.New("left")

// talk is a conversation on a terminal.
type talk struct {
	*console
	conversation *dialogue.Conversation
	written      *dialogue.File
	choices      []string // of the bot's last turn, as numbered
}

func (e Environment) chat(ctx context.Context, t *theatre, lang bot.Lang, save string) error {
	c, err := e.console()
	if err != nil {
		return err
	}
	p := &talk{console: c, conversation: dialogue.New(t.world(), lang), written: &dialogue.File{Lang: lang}}
	c.say("chat.hello", nil)
	err = p.play(ctx, dialogue.Block{Head: "member", Speech: []string{"/start"}})
	for lines := typed(ctx, e.Stdin); err == nil; {
		select {
		case <-ctx.Done():
			err = errLeft
		case line := <-lines:
			err = p.hear(ctx, line)
		}
	}
	if errors.Is(err, errLeft) {
		err = nil
	}
	if save != "" {
		if wrote := os.WriteFile(e.path(save), p.written.Format(), 0o644); wrote != nil {
			return errors.Join(err, fmt.Errorf("save the dialogue: %w", wrote))
		}
		c.say("chat.saved", params{"Path": save})
	}
	return err
}

// typed are the lines of the terminal; its end is "/quit". They are read beside, since nothing else stops a reader that
// waits for a line.
func typed(ctx context.Context, terminal io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		for scanner := bufio.NewScanner(terminal); scanner.Scan(); {
			select {
			case lines <- strings.TrimSpace(scanner.Text()):
			case <-ctx.Done():
				return
			}
		}
		select {
		case lines <- "/quit":
		case <-ctx.Done():
		}
	}()
	return lines
}

// hear takes one line of the terminal. What cannot be done is told, and the conversation goes on.
func (p *talk) hear(ctx context.Context, line string) error {
	if line == "" {
		return nil
	}
	if line == "/quit" {
		return errLeft
	}
	return p.play(ctx, p.read(line))
}

// read makes of a line what a member would have done.
func (p *talk) read(line string) dialogue.Block {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case word == "/send" && rest != "":
		name, caption, _ := strings.Cut(rest, " ")
		b := dialogue.Block{Head: "member sends " + filepath.Base(name)}
		if caption != "" {
			b.Speech = []string{caption}
		}
		return b
	case word == "/share" && rest != "":
		return dialogue.Block{Head: "member shares " + rest}
	case word == "/wait" && rest != "":
		return dialogue.Block{Head: "member waits " + rest}
	}
	if label, pressed := p.button(line); pressed {
		return dialogue.Block{Head: "member taps " + label}
	}
	return dialogue.Block{Head: "member", Speech: []string{line}}
}

// button finds the choice that a line means: its number, in any digits, or its words.
func (p *talk) button(line string) (label string, found bool) {
	if n, err := strconv.Atoi(text.Digits(line)); err == nil && 1 <= n && n <= len(p.choices) {
		return p.choices[n-1], true
	}
	for _, label := range p.choices {
		if text.Fold(label) == text.Fold(line) {
			return label, true
		}
	}
	return "", false
}

func (p *talk) play(ctx context.Context, b dialogue.Block) error {
	answer, err := p.conversation.Do(ctx, b)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		p.say("chat.refused", params{"Cause": cause(err)})
		return nil
	}
	p.written.Blocks = append(append(p.written.Blocks, b), answer...)
	p.show(answer)
	return nil
}

// show prints what the bot said and numbers its buttons.
func (p *talk) show(answer []dialogue.Block) {
	var buttons []string
	for _, b := range answer {
		if b.Speaker() != "bot" {
			fmt.Fprintf(p.out, "(%s)\n", b.Head)
			continue
		}
		fmt.Fprintf(p.out, "%s\n", strings.Join(b.Speech, "\n"))
		for _, label := range b.Choices {
			buttons = append(buttons, label)
			fmt.Fprintf(p.out, "  %d. %s\n", len(buttons), label)
		}
		fmt.Fprintln(p.out)
	}
	if len(answer) > 0 {
		p.choices = buttons
	}
}
