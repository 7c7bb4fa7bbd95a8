// Package contenttest makes contents to test and to measure with: what the product comes with, as files that can be
// changed, and more of the same. It knows how scripts and answers are written, and nothing of who reads them.
package contenttest

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"javab/flows/scripts"
)

// Product is the content that the product comes with, as files that can be changed.
func Product(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, pattern := range []string{"*.yaml", "content/*.yaml"} {
		names, err := fs.Glob(scripts.FS, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			src, err := fs.ReadFile(scripts.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = &fstest.MapFile{Data: src}
		}
	}
	return files
}

// Large is a content of 60 scripts and 1,000 answers: what the product comes with, and more of the same.
func Large(t testing.TB) fstest.MapFS {
	files := Product(t)
	for n, _ := fs.Glob(files, "*.yaml"); len(n) < 60; n, _ = fs.Glob(files, "*.yaml") {
		name := "more" + Letters(len(n))
		files[name+".yaml"] = &fstest.MapFile{Data: []byte(Script(name, 12))}
	}
	var b strings.Builder
	answers := string(files["content/answers.yaml"].Data)
	b.WriteString(strings.TrimRight(answers, "\n") + "\n")
	for i := strings.Count(answers, "\n    topic: "); i < 1000; i++ {
		w := Letters(i)
		fmt.Fprintf(&b, "  - id: more.%s\n    topic: complaint\n    unit: member_relations\n    basis: sample\n", w)
		fmt.Fprintf(&b, "    title: {fa: \"\u0645\u062a\u0646 %s\", ar: \"\u0646\u0635 %s\", en: \"Text %s\"}\n", w, w, w)
		fmt.Fprintf(&b, "    q: {fa: \"\u067e\u0631\u0633\u0634 %s\", ar: \"\u0633\u0624\u0627\u0644 %s\", en: \"Question %s\"}\n", w, w, w)
		fmt.Fprintf(&b, "    a: {fa: \"\u067e\u0627\u0633\u062e \u0628\u0647 \u067e\u0631\u0633\u0634 %s\", ar: \"\u062c\u0648\u0627\u0628 \u0639\u0646 \u0633\u0624\u0627\u0644 %s\", en: \"The answer to question %s\"}\n", w, w, w)
		fmt.Fprintf(&b, "    alt:\n      fa: [\u0645\u0646 %s, \u062a\u0648 %s, \u0627\u0648 %s]\n      ar: [\u0623\u0646\u0627 %s, \u0623\u0646\u062a %s, \u0647\u0648 %s]\n      en: [one %s, two %s, three %s]\n", w, w, w, w, w, w, w, w, w)
	}
	files["content/answers.yaml"] = &fstest.MapFile{Data: []byte(b.String())}
	return files
}

// Letters writes a number as a word.
func Letters(n int) string {
	var b strings.Builder
	for n += 26; n > 0; n /= 26 {
		b.WriteByte(byte('a' + n%26))
	}
	return b.String()
}

// Script is a script that asks, decides and goes on, so many steps long.
func Script(flow string, steps int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "flow: %s\ntitle: {fa: \"\u0645\u062a\u0646 %s\", ar: \"\u0646\u0635 %s\", en: \"Title %s\"}\nsteps:\n", flow, flow, flow, flow)
	for i := 0; i < steps-2; i += 3 {
		w := Letters(i)
		text := fmt.Sprintf("{fa: \"\u067e\u0631\u0633\u0634 %s\", ar: \"\u0633\u0624\u0627\u0644 %s\", en: \"Question %s\"}", w, w, w)
		fmt.Fprintf(&b, "  - id: %s_ask\n    ask: %s\n    options:\n      - topics\n      - {id: other, label: %s, goto: %s_told}\n    save: topic_%s\n", w, text, text, w, w)
		fmt.Fprintf(&b, "  - id: %s_which\n    if: {var: topic_%s, op: set}\n    then: %s_told\n    else: %s_ask\n", w, w, w, w)
		fmt.Fprintf(&b, "  - id: %s_told\n    say: {fa: \"\u0645\u062a\u0646\\n{topic_%s?}\", ar: \"\u0646\u0635\\n{topic_%s?}\", en: \"Words\\n{topic_%s?}\"}\n", w, w, w, w)
	}
	b.WriteString("  - id: last\n    end: done\n")
	return b.String()
}
