package browser

import (
	_ "embed"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/words.json
var wordsFile []byte

// words are what a member reads on buttons that texts and tests may rely on, and what he writes himself.
type words struct {
	Dir       string `json:"dir"`
	Name      string `json:"name"` // of the language, in itself
	Questions string `json:"questions"`
	Complaint string `json:"complaint"`
	Done      string `json:"done"`
	Submit    string `json:"submit"`
	None      string `json:"none"`
	Edited    string `json:"edited"`
	Story     string `json:"story"`
	More      string `json:"more"`
	Better    string `json:"better"`
	Colleague string `json:"colleague"` // who takes a chat over, as the desk names him
	// Studio is a text that an admin changes, and what he makes of it.
	Studio struct{ Before, After string } `json:"studio"`
	// Practice is what an officer asks a simulated member for, and what he reads in the answer.
	Practice struct{ Reply, Answer string } `json:"practice"`
}

func language(t testing.TB, lang string) words {
	t.Helper()
	var all map[string]words
	if err := json.Unmarshal(wordsFile, &all); err != nil {
		t.Fatal(err)
	}
	return all[lang]
}

// caseNumber is the number of a case as members read it, in Latin digits whatever the language.
var caseNumber = regexp.MustCompile(`JV-\d{4}-\d{6}-\d`)

func TestAMemberAsksComplainsAndGetsANumber(t *testing.T) {
	t.Parallel()
	s := program(t)
	for lang, in := range map[string]size{"fa": desk, "ar": mobile, "en": mobile} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			w, say := open(t, s, lang, in), language(t, lang)
			w.begin(say)
			w.asksAQuestion(say)
			w.tellsWhatHappened(say)
			number := w.files(say)
			w.tracks(number)
			w.quiet()
		})
	}
}

// begin presses Start and chooses the language; the menu is there.
func (w *window) begin(say words) {
	w.Helper()
	w.tap("[data-part=start]", "")
	w.choose(say.Name)
	w.until("the menu", func() bool { return slices.Contains(w.last(false).Keys, say.Complaint) })
}

// asksAQuestion goes by buttons to an answer, says that it helped, and is back at the menu.
func (w *window) asksAQuestion(say words) {
	w.Helper()
	menu := w.last(false)
	w.choose(say.Questions)
	topics := w.asked(menu)
	w.choose(topics.Keys[0])
	questions := w.asked(topics)
	w.choose(questions.Keys[0])
	helped := w.asked(questions)
	answer := w.before(helped)
	if answer.ID <= questions.ID || len(answer.Text) < 40 {
		w.Errorf("before %q came %q, which is no answer", helped.Text, answer.Text)
	}
	w.choose(helped.Keys[0])
	again := w.asked(helped)
	w.choose(again.Keys[len(again.Keys)-1])
	w.until("the menu again", func() bool { return slices.Contains(w.last(false).Keys, say.Complaint) })
}

// before is the bot's message before another.
func (w *window) before(later message) (earlier message) {
	w.Helper()
	for _, m := range w.messages() {
		if !m.Own && m.ID > 0 && m.ID < later.ID {
			earlier = m
		}
	}
	return earlier
}

// tellsWhatHappened begins a complaint, chooses group and category and sends an account: two texts, one of them corrected, a file and a photo.
func (w *window) tellsWhatHappened(say words) {
	w.Helper()
	menu := w.last(false)
	w.choose(say.Complaint)
	groups := w.asked(menu)
	w.choose(groups.Keys[1])
	categories := w.asked(groups)
	w.choose(categories.Keys[1])
	w.until("the question for an account", func() bool { return slices.Contains(w.last(false).Keys, say.Done) })
	w.write(say.Story)
	w.write(say.More)
	w.corrects(say)
	folder := w.TempDir()
	w.attach("file-text", paper(w.TB, folder))
	w.until("the sent file", func() bool { return strings.Contains(w.last(true).Card, "paper.pdf") })
	w.attach("image", photo(w.TB, folder))
	w.until("the sent photo, to be seen", func() bool { return w.last(true).Picture == 320 })
}

// corrects edits the last text: the same bubble, in its place, says the new words.
func (w *window) corrects(say words) {
	w.Helper()
	before := w.last(true)
	w.tap(".message.own .rewrite", "")
	w.until("the text to be corrected in the box", func() bool {
		return see[string](w, "written", w.lang) == say.More
	})
	w.write(say.Better)
	w.until("the corrected text", func() bool {
		now := w.last(true)
		return now.ID == before.ID && now.Text == say.Better && strings.Contains(now.Meta, say.Edited)
	})
}

// files answers what is still asked, by what is easiest, shares the phone number by the keyboard's button, presses Submit
// twice, and returns the number of the one case.
func (w *window) files(say words) (number string) {
	w.Helper()
	w.choose(say.Done)
	for shared := false; ; {
		question := w.last(false)
		switch {
		case slices.Contains(question.Keys, say.Submit):
			if !shared {
				w.Error("nobody asked for a phone number")
			}
			return w.submitsTwice(say)
		case w.is("[data-part=keys] .key", ""):
			w.sharesPhone()
			shared = true
		case slices.Contains(question.Keys, say.None):
			w.choose(say.None)
		case len(question.Keys) > 0 && !slices.Contains(question.Keys, say.Done):
			w.choose(question.Keys[0])
		}
		w.until("the next question", func() bool { return w.last(false).ID != question.ID })
	}
}

func (w *window) sharesPhone() {
	w.Helper()
	w.tap("[data-part=keys] .key:has(.icon)", "")
	w.until("the sent number", func() bool { return strings.Contains(w.last(true).Card, "+") })
	w.until("the keyboard to go", func() bool { return !w.is("[data-part=keys] .key", "") })
}

func (w *window) submitsTwice(say words) string {
	w.Helper()
	w.tap("[data-part=menu]", "")
	w.tap(".menu input[type=checkbox]", "")
	w.tap("[data-part=menu]", "")
	w.choose(say.Submit)
	var numbers []string
	w.until("the number of the case", func() bool {
		numbers = w.numbers()
		return len(numbers) > 0
	})
	return numbers[0]
}

// numbers are the case numbers that the bot has said, each as often as it did.
func (w *window) numbers() (all []string) {
	w.Helper()
	for _, m := range w.messages() {
		all = append(all, caseNumber.FindAllString(m.Text, -1)...)
	}
	return all
}

// tracks asks for the case: there is the one whose number was told, and it was told once.
func (w *window) tracks(number string) {
	w.Helper()
	w.until("the answers to both presses", func() bool { return !w.is(".key[aria-busy]", "") })
	if told := w.numbers(); len(told) != 1 {
		w.Errorf("Submit pressed twice told the numbers %v, want one", told)
	}
	before := w.last(false)
	w.write("/track")
	shown := w.asked(before)
	if cases := caseNumber.FindAllString(shown.Text+strings.Join(shown.Keys, " "), -1); !slices.Equal(cases, []string{number}) {
		w.Errorf("%q lists the cases %v, want %s alone", shown.Text, cases, number)
	}
}

func paper(t testing.TB, folder string) string {
	t.Helper()
	return file(t, filepath.Join(folder, "paper.pdf"), []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"))
}

func photo(t testing.TB, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "photo.png")
	to, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if err := png.Encode(to, image.NewGray(image.Rect(0, 0, 320, 200))); err != nil {
		t.Fatal(err)
	}
	return path
}

func file(t testing.TB, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
