package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
	"javab/locales"
)

// id is a string of the program that looks like an id of the catalogs.
var id = regexp.MustCompile(`"([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)"`)

// notIDs look like ids and are none.
var notIDs = regexp.MustCompile(`\.(db|yaml|key|json|dump|html|part|lock|sock|mp4|ogg|jpg|png|fingerprint)$`)

// keys are the keys of errors, wherever they are made.
var keys = []*regexp.Regexp{
	regexp.MustCompile(`Key: +"([a-z_.]+)"`),
	regexp.MustCompile(`(?:storage\.)?NotFound\("([a-z]+)"`),
	regexp.MustCompile(`(?:storage\.)?Taken\("([a-z]+)"`),
}

var keyEndings = []string{"", "_not_found", "_taken"}

// sources are the Go files of the program below a folder, without its tests.
func sources(t *testing.T, root string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "storagetest") {
			return err
		}
		text, err := os.ReadFile(path)
		found[path] = string(text)
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatal("no sources in", root, err)
	}
	return found
}

func TestTheCatalogsHaveEveryIDOfTheProgram(t *testing.T) {
	used := map[string]string{}
	for path, text := range sources(t, ".") {
		for _, match := range id.FindAllStringSubmatch(text, -1) {
			if _, isAction := flows.ActionSpecs[match[1]]; !isAction && !notIDs.MatchString(match[1]) {
				used[match[1]] = path
			}
		}
	}
	for name := range rules {
		used["config.want."+name] = "config_field.go"
	}
	for _, root := range []string{".", "../../../bot", "../../../storage", "../../../flows"} {
		for path, text := range sources(t, root) {
			for i, form := range keys {
				for _, match := range form.FindAllStringSubmatch(text, -1) {
					used[match[1]+keyEndings[i]] = path
				}
			}
		}
	}
	if len(used) < 50 {
		t.Errorf("only %d ids were found", len(used))
	}
	wantIDs(t, used)
}

func wantIDs(t *testing.T, used map[string]string) {
	t.Helper()
	words, err := locales.New(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for name, where := range used {
		for _, lang := range bot.Langs {
			if words.T(lang, name, nil) == name {
				t.Errorf("%s: %s is missing in %s", where, name, lang)
			}
		}
	}
}

// finding calls name a sentence by its parts: doctor.<check>.<what>.
var found = regexp.MustCompile(`d\.find\((\w+), "([a-z]+)", "([a-z_]+)"`)

func TestTheDoctorHasASentenceForEveryFinding(t *testing.T) {
	used := map[string]string{}
	for path, text := range sources(t, ".") {
		for _, match := range found.FindAllStringSubmatch(text, -1) {
			name := "doctor." + match[2] + "." + match[3]
			used[name] = path
			if match[1] != "fine" {
				used[name+".do"] = path
			}
		}
	}
	for _, s := range []stage{stageName, stageForged, stageProxy, stageDown, stageSilent, stageTLS, stageAnswer, stageTrouble} {
		used["doctor.reach."+string(s)], used["doctor.reach."+string(s)+".do"] = "doctor_probe.go", "doctor_probe.go"
	}
	for _, what := range []string{"set", "other", "pending", "failing"} {
		used["doctor.webhook."+what], used["doctor.webhook."+what+".do"] = "doctor_messenger.go", "doctor_messenger.go"
	}
	for _, s := range []state{fine, warning, problem} {
		used["doctor.state."+string(s)] = "doctor.go"
	}
	wantIDs(t, used)
}

func TestThePartsOfOtherIDsAreInTheCatalogs(t *testing.T) {
	used := map[string]string{}
	for where, names := range map[string][]string{
		"check.go": {"check.error", "check.warning"}, "test.go": {"test.path", "test.words", "test.updated"},
		"faq.go": {"faq.answer", "faq.ask", "faq.handoff"}, "replay.go": {"replay.handled", "replay.again", "replay.stays"},
	} {
		for _, name := range names {
			used[name] = where
		}
	}
	wantIDs(t, used)
}
