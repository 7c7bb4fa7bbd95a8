package flows

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
)

// examples are the YAML blocks of the reference page. A block of steps becomes a script of its own.
func examples(t *testing.T) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../docs/language.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := map[string]string{}
	for i, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		name, src := fmt.Sprintf("example%d", i+1), m[1]
		if !strings.HasPrefix(src, "flow:") {
			src = "flow: " + name + "\ntitle: {fa: f, ar: a, en: e}\nsteps:\n  " +
				strings.ReplaceAll(strings.TrimSpace(src), "\n", "\n  ")
		}
		blocks[name] = src
	}
	if len(blocks) < 9 {
		t.Fatalf("only %d examples", len(blocks))
	}
	return blocks
}

func TestTheExamplesOfTheReferenceHaveNoProblems(t *testing.T) {
	for name, src := range examples(t) {
		for _, p := range checkWith(t, name+".yaml", []byte(src)) {
			t.Errorf("%v", p)
		}
	}
}

func TestTheExamplesOfTheReferencePlay(t *testing.T) {
	for name, src := range examples(t) {
		t.Run(name, func(t *testing.T) {
			s, _ := Parse(name, []byte(src))
			c := newChat(t, bot.En)
			c.p = Compile(append(testScripts(t), s), testEnv(t))
			c.do(Input{Enter: Entrance{Flow: s.Flow.Text}})
			for range 20 {
				if c.st.Idle() || c.st.Flow != s.Flow.Text {
					break
				}
				c.answer()
			}
			if !c.st.Idle() && c.st.Flow == s.Flow.Text {
				t.Errorf("it does not end: %s.%s", c.st.Flow, c.st.Step)
			}
			for _, h := range c.handed {
				if h.Reason == Stuck {
					t.Error("it got stuck")
				}
			}
		})
	}
}

// answer gives the present question its first choice, or an answer of the right kind.
func (c *chat) answer() {
	c.t.Helper()
	for _, choice := range c.said[len(c.said)-1].Message.Choices {
		if !strings.HasSuffix(choice.Data, choiceBack) {
			c.presses(choice.Data)
			return
		}
	}
	c.types("2026-11-01")
}

func TestTheReferenceNamesWhatThereIs(t *testing.T) {
	page, err := os.ReadFile("../docs/language.md")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, keys := range [][]key{scriptKeys, enterKeys, kindKeys, optionKeys, handOverKeys} {
		words = append(words, keyNames(keys)...)
	}
	words = append(words, Ops...)
	words = append(words, Formats...)
	for _, word := range words {
		if !strings.Contains(string(page), word) {
			t.Errorf("the reference does not mention %q", word)
		}
	}
	for _, bound := range []int{MaxStepsPerTurn, MaxTurnsPerRun, MaxStateBytes} {
		if !strings.Contains(string(page), fmt.Sprint(bound)) {
			t.Errorf("the reference does not give the bound %d", bound)
		}
	}
}
