package dialogue

import (
	"fmt"
	"strings"
	"unicode"

	"javab/bot"
)

// File is a conversation as it is written down. A speaker stands alone on its line, speech is indented by two spaces,
// choices stand in brackets in the order of the script:
//
//	member taps ...
//
//	bot complaint/category
//	  ...
//	  [...]
//
//	program case.open category=card_delivery kind=complaint: ok
type File struct {
	Notes  []string // lines that begin with #, without it; they head the file
	Lang   bot.Lang
	Blocks []Block
}

// Block is one speaker's turn.
type Block struct {
	Line    int    // where its head stands, from 1; 0 for one that was played
	Head    string // who, and what he does: "member", "member taps ...", "bot complaint/category", "program ..."
	Speech  []string
	Choices []string
}

// Speaker is the first word of the head.
func (b Block) Speaker() string {
	speaker, _, _ := strings.Cut(b.Head, " ")
	return speaker
}

// played reports whether somebody does something that Play carries out.
func (b Block) played() bool {
	switch b.Speaker() {
	case officer, manager, clock, stage:
		return true
	}
	return b.Speaker() == member && b.Head != reads
}

// The speakers. What a member and the staff do, that time passes, and what is arranged, is played; what the bot, the program and the queue do,
// what becomes of the case, and what the member reads of an officer, is compared.
const (
	member  = "member"
	officer = "officer"
	manager = "manager" // an officer of whom the file says that he decides
	clock   = "time"
	stage   = "stage" // what is arranged: a step to begin at, a variable, the outcome of an action
	reads   = "member reads"
	botSays = "bot"
	program = "program"
	queue   = "queue"
	ofCase  = "case"
)

// Fault is a line of a file that cannot be read, and what may stand there.
type Fault struct {
	File string
	Line int
	Err  error
}

// Error implements error.
func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %v", f.File, f.Line, f.Err) }

// Unwrap returns the cause alone.
func (f *Fault) Unwrap() error { return f.Err }

// Parse reads a `.chat` file. Its errors are Faults.
func Parse(name string, source []byte) (*File, error) {
	file := &File{Lang: bot.Fa}
	for i, line := range strings.Split(strings.ReplaceAll(string(source), "\r\n", "\n"), "\n") {
		if err := file.add(i+1, line); err != nil {
			return nil, &Fault{name, i + 1, err}
		}
	}
	file.trim()
	return file, nil
}

func (f *File) add(number int, line string) error {
	speech, indented := strings.CutPrefix(line, "  ")
	switch note, isNote := strings.CutPrefix(line, "#"); {
	case strings.TrimSpace(line) == "":
		f.keepBlank()
	case indented && len(f.Blocks) == 0:
		return fmt.Errorf("speech without a speaker: write member or bot on a line of its own above it")
	case indented:
		f.Blocks[len(f.Blocks)-1].speak(bare(speech))
	case isNote:
		f.Notes = append(f.Notes, bare(note))
	case strings.HasPrefix(line, "language "):
		f.Lang = bot.Lang(strings.TrimSpace(strings.TrimPrefix(line, "language ")))
		if !f.Lang.Valid() {
			return fmt.Errorf("unknown language %q: one of fa, ar, en", f.Lang)
		}
	default:
		return f.begin(number, line)
	}
	return nil
}

// keepBlank notes an empty line; it counts when more speech of the same block follows.
func (f *File) keepBlank() {
	if n := len(f.Blocks); n > 0 && len(f.Blocks[n-1].Speech) > 0 {
		f.Blocks[n-1].Speech = append(f.Blocks[n-1].Speech, "")
	}
}

func (f *File) begin(number int, line string) error {
	block := Block{Line: number, Head: strings.TrimSpace(line)}
	switch block.Speaker() {
	case member, officer, manager, clock, stage, botSays, program, queue, ofCase:
	default:
		return fmt.Errorf("unknown speaker %q: one of member, officer, manager, time, stage, bot, program, queue, case", block.Speaker())
	}
	f.trim()
	f.Blocks = append(f.Blocks, block)
	return nil
}

// trim drops the empty lines after the last block's speech.
func (f *File) trim() {
	if n := len(f.Blocks); n > 0 {
		f.Blocks[n-1].trim()
	}
}

func (b *Block) trim() {
	for n := len(b.Speech); n > 0 && b.Speech[n-1] == ""; n-- {
		b.Speech = b.Speech[:n-1]
	}
}

// bare is a line without the spaces at its end, which nobody sees.
func bare(line string) string { return strings.TrimRightFunc(line, unicode.IsSpace) }

// lines are words as a block holds them: bare, without empty lines at either end.
func lines(words string) []string {
	b := Block{}
	for line := range strings.SplitSeq(words, "\n") {
		if line = bare(line); line != "" || len(b.Speech) > 0 {
			b.Speech = append(b.Speech, line)
		}
	}
	b.trim()
	return b.Speech
}

func (b *Block) speak(line string) {
	if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
		b.Choices = append(b.Choices, line[1:len(line)-1])
		return
	}
	b.Speech = append(b.Speech, line)
}

// Format writes the file as Parse reads it.
func (f *File) Format() []byte {
	var out strings.Builder
	for _, note := range f.Notes {
		fmt.Fprintf(&out, "#%s\n", note)
	}
	fmt.Fprintf(&out, "language %s\n", f.Lang)
	for _, b := range f.Blocks {
		fmt.Fprintf(&out, "\n%s\n", b.Head)
		for _, line := range b.Speech {
			out.WriteString(bare("  "+line) + "\n")
		}
		for _, choice := range b.Choices {
			fmt.Fprintf(&out, "  [%s]\n", choice)
		}
	}
	return []byte(out.String())
}
