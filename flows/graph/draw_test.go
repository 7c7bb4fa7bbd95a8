package graph

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
)

const small = `flow: x
title: {fa: f, ar: a, en: "A <title> & \"more\""}
steps:
  - id: greet
    say: {fa: f, ar: a, en: "\nHello <b>{name}</b> & 'you'\nsecond line"}
  - id: which
    ask: {fa: f, ar: a, en: Which one?}
    options:
      - topics
      - {id: none, label: {fa: f, ar: a, en: None <of> these}, goto: act}
      - {id: other, label: {fa: f, ar: a, en: Another flow}, run: details, goto: act}
      - {id: home, label: {fa: f, ar: a, en: Main menu}, run: home}
    expect: text
    optional: true
    save: topic
  - {id: list, form: "{topic.questions}", save: answers}
  - {id: pages, walk: "{topic.steps}", failed: gone}
  - id: act
    do: case.open
    with: {kind: complaint}
    then: {ok: check, unavailable: human}
  - id: check
    if: {all: [{var: topic, op: set}, {not: {var: topic, value: fee}}]}
    then: thanks
    else: human
  - {id: thanks, say: {fa: f, ar: a, en: Thank you}, end: done}
  - {id: other, run: reach}
  - {id: over, end: done}
  - {id: human, hand_over: {unit: member_relations, reason: asked}}
`

func TestEveryStepIsThere(t *testing.T) {
	for name, script := range everyScript(t) {
		steps := withClass(read(t, Draw(script, Options{Lang: bot.Ar, Words: said})), "g-step")
		if len(steps) != len(script.Steps) {
			t.Errorf("%s: %d boxes for %d steps", name, len(steps), len(script.Steps))
		}
		for i, e := range steps {
			if s := script.Steps[i]; e.attrs["data-step"] != s.ID.Text || e.number(t, "data-line") != s.Pos.Line || e.attrs["tabindex"] != "0" || e.attrs["role"] != "button" {
				t.Errorf("%s: step %s has %v", name, s.ID.Text, e.attrs)
			}
		}
	}
}

func TestEveryWayIsDrawn(t *testing.T) {
	scripts := everyScript(t)
	scripts["small"] = parse(t, small)
	for name, script := range scripts {
		all := read(t, Draw(script, Options{Lang: bot.En, Words: said}))
		drawn := map[string]int{}
		for _, e := range withClass(all, "g-arrow") {
			drawn[e.attrs["data-from"]+" "+e.attrs["data-to"]+e.attrs["data-flow"]]++
			if !strings.HasPrefix(e.attrs["d"], "M") {
				t.Errorf("%s: a line without a way: %v", name, e.attrs)
			}
		}
		want := map[string]bool{}
		for _, way := range script.Ways() {
			switch {
			case way.Leaves && way.Run != "":
				want[way.From.ID.Text+" "+way.Run] = true
			case !way.Leaves && !way.Ends && way.To != "":
				want[way.From.ID.Text+" "+way.To] = true
			}
		}
		for way := range want {
			if drawn[way] == 0 {
				t.Errorf("%s: %s is not drawn", name, way)
			}
		}
		for way := range drawn {
			if !want[way] {
				t.Errorf("%s: %s is drawn, and is no way", name, way)
			}
		}
	}
}

func TestLabelsSayWhatAWayIsTakenFor(t *testing.T) {
	got := map[string][]string{}
	for _, e := range read(t, Draw(parse(t, small), Options{Lang: bot.En, Words: said})) {
		if e.classed("g-labels") {
			key := e.attrs["data-from"] + " " + e.attrs["data-to"] + e.attrs["data-flow"]
			got[key] = append(got[key], e.text)
		}
	}
	for way, want := range map[string]string{
		"which list": "topics", "which act": "None <of> these, Another flow", "which home": "Main menu", "act check": "ok", "act human": "unavailable",
		"check thanks": "graph.yes", "check human": "graph.no", "pages gone": "graph.failed",
	} {
		if len(got[way]) != 1 || !strings.HasPrefix(got[way][0], want) {
			t.Errorf("%s: %q, want %q", way, got[way], want)
		}
	}
	if text := got["which list"]; len(text) == 1 && !strings.Contains(text[0], "graph.answer") || len(got["greet which"]) > 0 {
		t.Errorf("got %q", got)
	}
}

func TestManyButtonsThatLeadToTheSameStepAreCounted(t *testing.T) {
	all := read(t, Draw(built(t, "home"), Options{Lang: bot.En, Words: said}))
	labels := withClass(all, "g-labels")
	if len(labels) != 2 || !strings.Contains(labels[0].text, "+2") || !strings.Contains(labels[0].text, "Language") {
		t.Errorf("got %+v", labels)
	}
	if runs := withClass(all, "g-run"); len(runs) == 0 || runs[0].attrs["data-flow"] != "questions" {
		t.Errorf("the flows on the way are %v", runs)
	}
}

func TestABoxSaysWhatItsStepDoes(t *testing.T) {
	steps := withClass(read(t, Draw(parse(t, small), Options{Lang: bot.En, Words: said})), "g-step")
	want := map[string][2]string{
		"greet": {"g-say", "Hello <b>{name}</b> & 'you'"}, "which": {"g-ask", "Which one?"}, "list": {"g-form", "{topic.questions}"},
		"pages": {"g-walk", "{topic.steps}"}, "act": {"g-do", "case.open"},
		"check":  {"g-if", "topic graph.op.set graph.and graph.not topic graph.op.is fee"},
		"thanks": {"g-say", "Thank you"}, "other": {"g-run", "reach"}, "over": {"g-end", "graph.kind.end"},
		"human": {"g-hand_over", "member_relations · asked"},
	}
	for _, e := range steps {
		id := e.attrs["data-step"]
		if w := want[id]; !e.classed(w[0]) || !strings.Contains(e.text, w[1]) || strings.Contains(e.text, "second line") {
			t.Errorf("%s: %v says %q", id, e.attrs, e.text)
		}
		if e.classed("g-first") != (id == "greet") || e.classed("g-ends") != (id == "thanks") {
			t.Errorf("%s: %v", id, e.attrs)
		}
		label, kind := e.attrs["aria-label"], strings.TrimPrefix(want[id][0], "g-")
		if !strings.HasPrefix(label, want[id][1]) || !strings.Contains(label, " "+id+", graph.kind."+kind+", graph.line ") {
			t.Errorf("%s is read as %q", id, label)
		}
	}
}

func TestAStepThatIsNotThereIsAPill(t *testing.T) {
	all := read(t, Draw(parse(t, small), Options{Lang: bot.En, Words: said}))
	missing := withClass(all, "g-missing")
	if len(missing) != 1 || missing[0].attrs["data-missing"] != "gone" || !strings.Contains(missing[0].text, "graph.missing gone") {
		t.Errorf("got %+v", missing)
	}
}

func TestProblemsColourTheirSteps(t *testing.T) {
	script := parse(t, small)
	at := func(id string, severity flows.Severity, below int) flows.Problem {
		n := slices.IndexFunc(script.Steps, func(s *flows.Step) bool { return s.ID.Text == id })
		return flows.Problem{File: script.File, Line: script.Steps[n].Pos.Line + below, Severity: severity}
	}
	foreign := at("thanks", flows.Error, 0)
	foreign.File = "y.yaml"
	all := read(t, Draw(script, Options{Lang: bot.En, Words: said, Problems: []flows.Problem{
		at("which", flows.Error, 3), at("which", flows.Warning, 0), at("act", flows.Warning, 2), foreign, {File: script.File, Line: 1},
	}}))
	for _, e := range withClass(all, "g-step") {
		id := e.attrs["data-step"]
		if e.classed("g-error") != (id == "which") || e.classed("g-warning") != (id == "act") {
			t.Errorf("%s: %v", id, e.attrs)
		}
		if id == "which" && !strings.HasSuffix(e.attrs["aria-label"], "graph.errors: 1, graph.warnings: 1") {
			t.Errorf("it is read as %q", e.attrs["aria-label"])
		}
	}
}

func TestTheCurrentStepIsOutlinedAndTheFirstIsNamed(t *testing.T) {
	all := read(t, Draw(parse(t, small), Options{Lang: bot.En, Current: "act"}))
	if got := withClass(all, "g-current"); len(got) != 1 || got[0].attrs["data-step"] != "act" || got[0].attrs["aria-current"] != "step" {
		t.Errorf("got %v", got)
	}
	if got := all[0].attrs; got["data-first"] != "greet" || got["aria-label"] != `A <title> & "more"` {
		t.Errorf("got %v", got)
	}
}

func TestWordsStandInTheirDirection(t *testing.T) {
	script := built(t, "complaint")
	for lang, want := range map[bot.Lang]string{bot.Fa: "rtl", bot.Ar: "rtl", bot.En: "ltr"} {
		all := read(t, Draw(script, Options{Lang: lang, Words: said}))
		for _, class := range []string{"g-text", "g-label"} {
			for _, e := range withClass(all, class) {
				if e.attrs["dir"] != want && !strings.Contains("officer", strings.TrimSpace(e.text)) {
					t.Errorf("%s in %s: %v %q", class, lang, e.attrs, e.text)
				}
			}
		}
		for _, e := range withClass(all, "g-id") {
			if e.attrs["dir"] != "ltr" {
				t.Errorf("ids in %s: %v", lang, e.attrs)
			}
		}
	}
}

func TestAMissingTranslationShowsAnother(t *testing.T) {
	script, _ := flows.Parse("x.yaml", []byte("flow: x\ntitle: {en: e}\nsteps:\n  - {id: a, say: {en: Only English}, end: done}\n"))
	if svg := Draw(script, Options{Lang: bot.Ar}); !bytes.Contains(svg, []byte("Only English")) {
		t.Errorf("got %s", svg)
	}
}

var styled = regexp.MustCompile(`(?i)\sstyle=|<style|<script|\son[a-z]+=|href`)

func TestPicturesCarryClassesOnlyAndAreAlwaysTheSame(t *testing.T) {
	for name, script := range everyScript(t) {
		svg := Draw(script, Options{Lang: bot.Fa, Words: said})
		if found := styled.Find(svg); found != nil {
			t.Errorf("%s: the picture has %q", name, found)
		}
		for range 3 {
			if !bytes.Equal(svg, Draw(script, Options{Lang: bot.Fa, Words: said})) {
				t.Fatalf("%s: drawn again it is another", name)
			}
		}
	}
}

var classes = regexp.MustCompile(`g-[a-z_]+`)

func TestTheStyleSheetKnowsEveryClass(t *testing.T) {
	sheet, err := os.ReadFile(filepath.Join("..", "..", "webhook", "assets", "css", "graph.css"))
	if err != nil {
		t.Fatal(err)
	}
	unstyled := []string{"g-first", "g-lines", "g-step", "g-labels", "g-ends", "g-if", "g-run", "g-by", "g-again", "g-current"}
	for _, e := range read(t, Draw(parse(t, small), Options{Lang: bot.En, Words: said})) {
		for _, class := range classes.FindAllString(e.attrs["class"], -1) {
			if !bytes.Contains(sheet, []byte("."+class)) && !slices.Contains(unstyled, class) {
				t.Errorf("%s has no look", class)
			}
		}
	}
}

func FuzzDraw(f *testing.F) {
	f.Add(small, "fa", "which")
	f.Add("flow: x\nsteps:\n  - {id: \"a<b\", say: {en: \"\\x01\\uFFFE <script>\"}, goto: a}\n", "en", "")
	f.Add("flow: x\nsteps:\n  - {id: a, ask: {en: q}, options: [{label: {en: '\"><x y='}, goto: a}, {label: {en: l}, goto: b}]}\n  - {id: a, end: done}\n", "ar", "a")
	f.Fuzz(func(t *testing.T, source, lang, current string) {
		script, problems := flows.Parse("x.yaml", []byte(source))
		if script == nil || len(script.Steps) > 300 {
			return
		}
		svg := Draw(script, Options{Lang: bot.Lang(lang), Current: current, Problems: problems, Words: said})
		if steps := withClass(read(t, svg), "g-step"); len(steps) != len(script.Steps) {
			t.Errorf("%d boxes for %d steps", len(steps), len(script.Steps))
		}
		if found := styled.Find(regexp.MustCompile(`"[^"]*"|>[^<]*<`).ReplaceAll(svg, nil)); found != nil {
			t.Errorf("the picture has %q", found)
		}
	})
}

func TestAScriptWithoutStepsIsAnEmptyPicture(t *testing.T) {
	if all := read(t, Draw(&flows.Script{}, Options{})); len(withClass(all, "g-step")) > 0 || all[0].name != "svg" {
		t.Errorf("got %v", all)
	}
}

func TestAPictureOf150StepsIsLittleWork(t *testing.T) {
	script := long(t, 30)
	allocations := testing.AllocsPerRun(3, func() { Draw(script, Options{Lang: bot.Fa, Words: said}) })
	if allocations > 45_000 { // 22,000 when this was written
		t.Errorf("it takes %.0f allocations", allocations)
	}
	if c := laid(script, bot.Fa); len(c.cells) > 3000 {
		t.Errorf("it has %d cells", len(c.cells))
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, script := range []*flows.Script{built(b, "complaint"), long(b, 8), long(b, 30)} {
		b.Run(fmt.Sprint(len(script.Steps)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Draw(script, Options{Lang: bot.Fa, Words: said})
			}
		})
	}
}

// BenchmarkKeystroke is what follows on a key in a script of 150 steps.
func BenchmarkKeystroke(b *testing.B) {
	source := longSource(30)
	for b.Loop() {
		script, problems := flows.Parse("x.yaml", source)
		problems = append(problems, flows.Check([]*flows.Script{script}, flows.Env{Actions: flows.ActionSpecs})...)
		Draw(script, Options{Lang: bot.Fa, Problems: problems, Words: said})
	}
}
