package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The arrows of the house: which of our packages may import which. "all" stands for every package of ours.
// A package that is not listed here does not belong to the house; list it with its arrows, and say why in the README.
var arrows = map[string][]string{
	"cmd/javab":                 {"cmd/javab/app"},
	"cmd/javab/app":             {"all"},
	"bot":                       {},
	"bot/converse":              {"bot", "flows", "flows/content", "locales/text"},
	"bot/desk":                  {"bot", "bot/converse", "bot/cases", "bot/approve", "bot/worktime", "locales/text"},
	"bot/approve":               {"bot", "bot/worktime", "locales/text"},
	"bot/cases":                 {"bot", "bot/approve", "bot/converse", "bot/worktime", "locales/text"},
	"bot/casefile":              {"bot", "bot/cases", "bot/desk", "bot/members"},
	"bot/members":               {"bot", "locales/text"},
	"bot/staff":                 {"bot", "locales/text"},
	"bot/staffchat":             {"bot", "bot/approve", "bot/converse", "bot/staff", "flows", "locales/text"},
	"bot/digest":                {"bot", "bot/casefile", "bot/converse", "bot/staff", "bot/worktime", "locales/text"},
	"bot/training":              {"bot", "locales/text"},
	"bot/worktime":              {"bot", "locales/text"},
	"bot/worktime/worktimetest": {"bot/worktime"},
	"bot/hours":                 {"bot", "bot/worktime"},
	"bot/funnel":                {"bot"},
	"bot/report":                {"bot", "bot/cases", "bot/worktime", "locales/text"},
	"bot/faq":                   {"bot", "locales/text"},
	"bot/embeddings":            {"locales/text"},
	"bot/learning":              {"bot", "bot/faq", "locales/text"},
	"bot/deliver":               {"bot"},
	"bot/telegram":              {"bot", "locales/text"},
	"bot/dialogue":              {"bot", "bot/approve", "bot/converse", "bot/cases", "bot/desk", "bot/members", "bot/staff", "bot/staffchat", "bot/worktime", "bot/faq", "bot/deliver", "flows", "flows/content", "locales/text"},
	"flows":                     {"bot", "locales/text", "flows/expect", "flows/syntax"},
	"flows/expect":              {"bot", "locales/text"},
	"flows/syntax":              {},
	"flows/content":             {"bot", "bot/faq", "flows", "flows/expect", "locales/text", "flows/syntax"},
	"flows/content/contenttest": {"flows/scripts"},
	"flows/changes":             {"bot", "flows", "flows/texts"},
	"flows/fixes":               {"bot", "flows", "flows/texts", "locales/text"},
	"flows/graph":               {"bot", "flows"},
	"flows/personas":            {},
	"flows/scripts":             {},
	"flows/studio":              {"bot", "flows", "flows/content", "flows/texts"},
	"flows/texts":               {"bot", "flows/syntax"},
	"locales":                   {"bot", "locales/text"},
	"locales/text":              {"bot"},
	"webhook":                   {"bot", "webhook/auth"},
	"webhook/auth":              {"bot", "bot/staff", "locales", "locales/text", "webhook/assets", "webhook/page"},
	"webhook/auth/authtest":     {"bot", "webhook/auth"},
	"webhook/assets":            {},
	"webhook/page":              {"bot", "locales", "locales/text", "webhook/assets"},
	"webhook/page/pagetest":     {"bot", "locales", "webhook/assets", "webhook/page"},
	"webhook/emulator":          {},
	"webhook/deskweb":           {"bot", "bot/desk", "bot/members", "locales/text", "webhook/page"},
	"webhook/caseweb":           {"bot", "bot/casefile", "bot/cases", "bot/desk", "bot/digest", "bot/members", "bot/worktime", "locales/text", "webhook/page"},
	"webhook/approveweb":        {"bot", "bot/approve", "webhook/page"},
	"webhook/learnweb":          {"bot", "bot/faq", "bot/learning", "flows", "flows/studio", "flows/texts", "locales/text", "webhook/page"},
	"webhook/memberweb":         {"bot", "bot/members", "locales/text", "webhook/page"},
	"webhook/officeweb":         {"bot", "bot/staff", "bot/hours", "bot/worktime", "locales/text", "webhook/page"},
	"webhook/reportweb":         {"bot", "bot/report", "webhook/page"},
	"webhook/studioweb":         {"bot", "bot/funnel", "flows", "flows/changes", "flows/fixes", "flows/graph", "flows/studio", "flows/texts", "webhook/page"},
	"webhook/contentweb":        {"bot", "flows", "flows/changes", "flows/studio", "flows/texts", "locales/text", "webhook/page"},
	"webhook/trainingweb":       {"bot", "bot/training", "webhook/page"},
	"webhook/demoweb":           {"bot", "locales", "locales/text", "webhook/assets", "webhook/emulator", "webhook/page"},
	"storage":                   {"bot", "bot/converse", "bot/approve", "bot/casefile", "bot/cases", "bot/desk", "bot/digest", "bot/funnel", "bot/hours", "bot/learning", "bot/members", "bot/report", "bot/staff", "bot/staffchat", "bot/training", "bot/deliver", "flows", "flows/content", "flows/studio"},
	"storage/sqlstore":          storeArrows,
	"storage/redisstore":        storeArrows,
	"storage/memstore":          storeArrows,
	"storage/storagetest":       append([]string{"bot/worktime/worktimetest"}, storeArrows...),
	"storage/files":             {"bot", "storage/vault"},
	"storage/vault":             {"bot"},
}

var storeArrows = []string{
	"bot", "bot/converse", "bot/approve", "bot/casefile", "bot/cases", "bot/desk", "bot/digest", "bot/funnel", "bot/hours", "bot/learning", "bot/members", "bot/report", "bot/staff", "bot/staffchat", "bot/training", "bot/worktime", "bot/deliver", "flows", "flows/content", "flows/studio", "storage", "storage/vault", "locales/text",
}

// What a package must not reach, even through others.
var (
	web       = []string{"github.com/labstack/echo", "net/http"}
	databases = []string{"gorm.io", "database/sql", "github.com/redis"}
	messenger = []string{"github.com/go-telegram"}
	pure      = slices.Concat(web, databases, messenger)
)

// banned returns what the package may not reach, and false when it is one of the edges that may reach anything.
func banned(pkg string) []string {
	switch {
	case pkg == "bot/telegram":
		return databases
	case pkg == "bot/embeddings":
		return slices.Concat(web[:1], databases, messenger)
	case strings.HasPrefix(pkg, "flows"), strings.HasPrefix(pkg, "bot"), pkg == "locales/text":
		return pure
	case strings.HasPrefix(pkg, "webhook"):
		// database/sql comes with the metrics library's collectors; ours may not import it, see direct.
		return slices.Concat([]string{"gorm.io", "github.com/redis"}, messenger)
	case strings.HasPrefix(pkg, "storage"):
		return slices.Concat(messenger, web[:1])
	default:
		return nil
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
	Standard   bool
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "javab/...")
	output, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(output)); decoder.More(); {
		var p goPackage
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	return packages
}

func TestPackagesImportOnlyWhatTheHouseAllows(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "javab/")
		allowed, listed := arrows[name]
		if !listed {
			t.Errorf("%s is not in the table of the house", name)
		}
		if slices.Contains(allowed, "all") {
			continue
		}
		for _, imported := range p.Imports {
			ours, isOurs := strings.CutPrefix(imported, "javab/")
			if isOurs && !slices.Contains(allowed, ours) {
				t.Errorf("%s must not import %s", name, ours)
			}
		}
	}
}

func TestNothingReachesWhatItMustNotKnow(t *testing.T) {
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "javab/")
		for _, dependency := range p.Deps {
			for _, prefix := range banned(name) {
				if dependency == prefix || strings.HasPrefix(dependency, prefix+"/") {
					t.Errorf("%s reaches %s", name, dependency)
				}
			}
		}
	}
}

func TestTheWordsKnowTheStandardLibraryAlone(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.ImportPath != "javab/bot" {
			continue
		}
		for _, dependency := range p.Deps {
			if first, _, _ := strings.Cut(dependency, "/"); strings.Contains(first, ".") {
				t.Errorf("bot reaches %s", dependency)
			}
		}
	}
}
