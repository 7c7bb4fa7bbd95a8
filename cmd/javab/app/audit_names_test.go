package app

import (
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/locales"
)

// audited finds in our own sources what is written into the audit: whole names, and the acts of the desk, of cases and of
// working time, which get their group when they are written.
var audited = []struct {
	in    string // files of this folder
	find  *regexp.Regexp
	group string
}{
	{"", regexp.MustCompile(`(?:What:|What =|audits\(|secrets\(ctx, by, login,|stopping\(ctx, by, unit, reason,|o\.entry\(by,)\s*"([a-z]+\.[a-z_]+|sign[a-z]+)"`), ""},
	{"bot/desk", regexp.MustCompile(`\n\tAct[A-Z]\w+\s+= "([a-z_]+)"`), "chat."},
	{"bot/cases", regexp.MustCompile(`\n\tDid[A-Z]\w+\s+= "([a-z_]+)"`), "case."},
	{"bot/hours", regexp.MustCompile(`\n\t[A-Z]\w+\s+Act = "([a-z_]+)"`), "hours."},
	{"flows/studio", regexp.MustCompile(`"(studio\.[a-z_]+)"`), ""},
	{"bot", regexp.MustCompile(`ApprovalState = "([a-z_]+)"`), "approval."},
}

func TestWhateverIsAuditedHasANameInEachLanguage(t *testing.T) {
	t.Parallel()
	words, err := locales.New(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	root := os.DirFS(filepath.Join("..", "..", ".."))
	for _, folder := range []string{"bot", "cmd", "flows", "webhook"} {
		err := fs.WalkDir(root, folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := fs.ReadFile(root, path)
			for _, a := range audited {
				if a.in == "" || a.in == filepath.ToSlash(filepath.Dir(path)) {
					for _, match := range a.find.FindAllSubmatch(source, -1) {
						found[a.group+string(match[1])] = true
					}
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 80 {
		t.Errorf("only %d names were found: the audit is written in another way now", len(found))
	}
	for what := range found {
		group, act, two := strings.Cut(what, ".")
		for _, lang := range bot.Langs {
			if id := "audit.group." + group; words.T(lang, id, nil) == id {
				t.Errorf("%s: %s has no name for %s", lang, what, group)
			}
			if id := "audit.act." + act; two && words.T(lang, id, nil) == id {
				t.Errorf("%s: %s has no name for %s", lang, what, act)
			}
		}
	}
}
