package app

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/dialogue"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/studioweb"
)

const templatesFolder = "../../../webhook/studioweb/templates"

// anew is what the names of taken templates end in.
const anew = "_anew"

// takenTemplates are all templates, under names that nothing has.
func takenTemplates(t *testing.T) studio.Folder {
	t.Helper()
	taken := studio.Folder{}
	for _, id := range studioweb.TemplateIDs {
		files, err := studioweb.Template(id, id+anew)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(taken, files)
	}
	return taken
}

// playTaken plays the dialogues of taken templates.
func playTaken(ctx context.Context, files fs.FS, _ func(done, all int)) (all []studio.Played, err error) {
	l, err := oneReader.open(files, opening)
	if err != nil {
		return nil, err
	}
	theatre, err := openTheatre(l)
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(files, "*"+anew+".*chat")
	for _, name := range names {
		all = append(all, asPlayed(theatre.playFile(ctx, files, name)))
	}
	return all, err
}

func TestATemplateIsPublishedAsItIsTakenWithItsDialogues(t *testing.T) {
	store, ids := memstore.New(), 0
	builtIn, err := studio.ReadFolder(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	office := &studio.Studio{
		Store: storage.As[studio.Tx](store), Clock: func() time.Time { return opening }, BuiltIn: builtIn, Loader: new(content.Loader), Play: playTaken, Log: slog.New(slog.DiscardHandler),
		ID: func() string { ids++; return fmt.Sprint("id", ids) },
	}
	if _, err := office.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := office.Add(t.Context(), "ann", takenTemplates(t)); err != nil {
		t.Fatal(err)
	}
	out, err := office.Publish(t.Context(), "ann", studio.Publishing{}, nil)
	for _, p := range out.Problems {
		t.Error(content.Describe(p))
	}
	for _, p := range out.Rehearsal.Of(studio.Words, studio.Path, studio.Broken) {
		t.Errorf("%s: %s %s", p.File, p.Verdict, p.Cause)
		for _, d := range p.Where {
			t.Errorf("line %d:\n  written: %s\n  played:  %s", d.Line, d.Want, d.Got)
		}
		if *update && p.Verdict == studio.Words {
			rewriteTemplate(t, p)
		}
	}
	if err != nil || out.Version != 2 || len(out.Rehearsal.Of(studio.Same)) == 0 {
		t.Errorf("version %d, %d dialogues as written: %v", out.Version, len(out.Rehearsal.Of(studio.Same)), err)
	}
}

// rewriteTemplate writes what the bot says now into the dialogue of the template.
func rewriteTemplate(t *testing.T, p studio.Played) {
	t.Helper()
	name, body := strings.Replace(p.File, anew, "", 1), bytes.ReplaceAll(p.Body, []byte(anew+"/"), []byte("/"))
	if err := os.WriteFile(filepath.Join(templatesFolder, name), body, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEveryStepOfATemplateIsPlayedInEveryLanguage(t *testing.T) {
	taken := takenTemplates(t)
	seen := map[bot.Lang]map[string]bool{bot.Fa: {}, bot.Ar: {}, bot.En: {}}
	for name, body := range taken {
		if !strings.HasSuffix(name, ".chat") {
			continue
		}
		file, err := dialogue.Parse(name, body)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "."+string(file.Lang)+".chat") {
			t.Errorf("%s is in %s", name, file.Lang)
		}
		for _, b := range file.Blocks {
			seen[file.Lang][b.Head] = true
		}
	}
	for _, id := range studioweb.TemplateIDs {
		script, _ := flows.Parse(id, taken[id+anew+".yaml"])
		for _, step := range script.Steps {
			switch step.Body.(type) {
			case *flows.SayStep, *flows.AskStep:
			default:
				continue
			}
			for _, lang := range bot.Langs {
				if !seen[lang]["bot "+id+anew+"/"+step.ID.Text] {
					t.Errorf("no dialogue in %s comes to %s/%s", lang, id, step.ID.Text)
				}
			}
		}
		for _, part := range []string{"", ".wrong", ".cancel"} {
			for _, lang := range bot.Langs {
				if name := id + anew + part + "." + string(lang) + ".chat"; taken[name] == nil {
					t.Errorf("there is no %s", name)
				}
			}
		}
	}
}
