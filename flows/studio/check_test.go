package studio_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"javab/flows"
	"javab/flows/content"
)

// places are problems as they are compared: at one place they are in no order.
func places(problems []flows.Problem) (list []string) {
	for _, p := range problems {
		list = append(list, fmt.Sprint(p.File, p.Line, p.Column, p.Severity, p.Code, p.Params))
	}
	slices.Sort(list)
	return list
}

// typing is the home script after n more keystrokes.
func typing(n int) []byte { return fmt.Appendf(bytes.Clone(builtIn()[home]), "# %d\n", n) }

func TestWhatIsWrongAfterAKeystrokeIsWhatIsWrongWithTheWholeContent(t *testing.T) {
	h := open(t)
	h.edit(ann, answers, "basis: sample", "basis: hearsay")
	var drafts [][]byte
	for _, one := range [][2]string{{"\n", "\n\n"}, {"goto: ", "goto: nowhere_"}, {"steps:", "steps: ["}, {"", ""}, {"flow: home", "flow: house"}} {
		drafts = append(drafts, bytes.Replace(builtIn()[home], []byte(one[0]), []byte(one[1]), 1))
	}
	for _, body := range drafts {
		files, err := h.Draft(t.Context(), ann)
		if err != nil {
			t.Fatal(err)
		}
		files[home] = body
		_, want := content.Load(files)
		got, err := h.Check(t.Context(), ann, home, body)
		if err != nil || !slices.Equal(places(got), places(want)) {
			t.Errorf("%v: found\n%v\nwant\n%v", err, places(got), places(want))
		}
	}
	if found, err := h.Check(t.Context(), bob, home, builtIn()[home]); err != nil || flows.HasErrors(found) {
		t.Errorf("a colleague's draft is found wrong in mine: %v %v", places(found), err)
	}
}

func TestAKeystrokeReadsOneFile(t *testing.T) {
	h := open(t)
	whole := testing.AllocsPerRun(1, func() { content.Load(builtIn()) })
	n := 0
	one := testing.AllocsPerRun(3, func() {
		n++
		if _, err := h.Check(t.Context(), ann, home, typing(n)); err != nil {
			t.Fatal(err)
		}
	})
	if one > whole/3 {
		t.Errorf("a keystroke costs %.0f allocations, the whole content %.0f", one, whole)
	}
}

func TestAContentWithAnErrorCannotBePlayed(t *testing.T) {
	h := open(t)
	if bundle, err := h.Bundle(t.Context(), ann, home, typing(1)); err != nil || bundle == nil {
		t.Errorf("a sound content: %v", err)
	}
	if bundle, err := h.Bundle(t.Context(), ann, home, []byte("flow: home\n")); err != nil || bundle != nil {
		t.Errorf("a script without steps is played: %v", err)
	}
	_, err := h.Bundle(t.Context(), ann, "../home.yaml", nil)
	wantKey(t, "no file of the content", err, "studio_name")
}

func TestAScriptIsTriedWhateverIsWrongWithOtherDrafts(t *testing.T) {
	h := open(t)
	h.edit(ann, "help.yaml", "flow: help", "flow: [help")
	fresh := bytes.ReplaceAll(bytes.Clone(builtIn()["help.yaml"]), []byte("flow: help"), []byte("flow: help_again"))
	if _, _, err := h.Save(t.Context(), ann, "help_again.yaml", 0, append(fresh, "more: of it\n"...)); err != nil {
		t.Fatal(err)
	}
	bundle, err := h.Bundle(t.Context(), ann, home, typing(1))
	if err != nil || bundle == nil {
		t.Fatalf("it cannot be tried: %v", err)
	}
	if title := bundle.Program.Title("help"); title.En == "" {
		t.Error("the other script is not played as it is live")
	}
	if found, err := h.Check(t.Context(), ann, home, typing(1)); err != nil || !flows.HasErrors(found) {
		t.Errorf("what is wrong is not told any more: %v", err)
	}
}

func TestManyAdminsWriteAtATime(t *testing.T) {
	h := open(t)
	told := make(chan error, 8)
	for i := range cap(told) {
		go func() {
			found, err := h.Check(t.Context(), ann, home, typing(i%4))
			if flows.HasErrors(found) {
				err = fmt.Errorf("found %v", places(found))
			}
			told <- err
		}()
	}
	for range cap(told) {
		if err := <-told; err != nil {
			t.Error(err)
		}
	}
}

// BenchmarkKeystroke is what an editor waits for after each key.
func BenchmarkKeystroke(b *testing.B) {
	h := open(b)
	n := 0
	for b.Loop() {
		n++
		if _, err := h.Check(b.Context(), ann, home, typing(n)); err != nil {
			b.Fatal(err)
		}
	}
}
