package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// tiny is a module with a dependency that lies beside it, so that no test asks the network.
var tiny = map[string]string{
	"go.mod": "module example.org/tiny\n\ngo 1.26.0\n\nrequire example.org/dep v0.0.0\n\n" +
		"replace example.org/dep => ./dep\n",
	"main.go": "// Command tiny says its version.\npackage main\n\nimport (\n\t\"os\"\n\n\t\"example.org/dep\"\n)\n\n" +
		"func main() { os.Stdout.WriteString(dep.Version() + \"\\n\") }\n",
	"dep/go.mod": "module example.org/dep\n\ngo 1.26.0\n",
	"dep/dep.go": "// Package dep knows the version.\npackage dep\n\nvar version = \"dev\"\n\n" +
		"// Version tells it.\nfunc Version() string { return \"tiny \" + version }\n",
	"docs/a note.txt":    "a name with a space",
	"run":                "#!/bin/sh\n",
	"z/deep/in/last.txt": "",
}

func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		mode := os.FileMode(0o644)
		if name == "run" {
			mode = 0o755
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	git(t, folder, "init", "-q")
	git(t, folder, "add", ".")
	git(t, folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first",
		"--date", "2026-01-02T03:04:05Z")
	return folder
}

func git(t *testing.T, folder string, args ...string) {
	t.Helper()
	env := []string{"GIT_COMMITTER_DATE=2026-01-02T03:04:05Z", "GIT_CONFIG_GLOBAL=" + os.DevNull}
	_, err := command(t.Context(), folder, env, "git", args...)
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("a release is made of a git commit: install git to run this test")
	}
	if err != nil {
		t.Fatal(err)
	}
}

func tinySettings(t *testing.T, module string) settings {
	return settings{
		name: "tiny", version: "v0.1.0", module: module, out: filepath.Join(t.TempDir(), "dist"),
		program: ".", stamp: "example.org/dep.version", platforms: runtime.GOOS + "/" + runtime.GOARCH,
		progress: func(string) {},
	}
}

func release(t *testing.T, s settings) settings {
	t.Helper()
	t.Setenv("GOPROXY", "off")
	if err := run(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s settings) read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.out, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func (s settings) binary() string { return "tiny-v0.1.0-" + runtime.GOOS + "-" + runtime.GOARCH }

const source = "tiny-v0.1.0-source.tar.gz"

func headers(t *testing.T, zipped []byte) []*tar.Header {
	t.Helper()
	plain, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	var all []*tar.Header
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, header)
	}
}

func names(headers []*tar.Header) []string {
	var all []string
	for _, h := range headers {
		all = append(all, h.Name)
	}
	return all
}

func TestTheBinaryTellsItsVersionAndNeedsNoLibrary(t *testing.T) {
	s := release(t, tinySettings(t, repository(t, tiny)))
	said, err := exec.CommandContext(t.Context(), filepath.Join(s.out, s.binary())).Output()
	if err != nil || string(said) != "tiny v0.1.0\n" {
		t.Fatalf("it said %q, %v", said, err)
	}
	if runtime.GOOS != "linux" {
		return
	}
	file, err := elf.Open(filepath.Join(s.out, s.binary()))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if libraries, _ := file.ImportedLibraries(); len(libraries) > 0 {
		t.Errorf("the binary wants %v", libraries)
	}
	if bytes.Contains(s.read(t, s.binary()), []byte(s.module)) {
		t.Error("the binary tells in which folder it was made")
	}
}

func TestTheArchiveHoldsTheCommitWithItsModules(t *testing.T) {
	s := release(t, tinySettings(t, repository(t, tiny)))
	found := names(headers(t, s.read(t, source)))
	want := []string{
		"tiny-v0.1.0/dep/dep.go", "tiny-v0.1.0/dep/go.mod", "tiny-v0.1.0/docs/a note.txt", "tiny-v0.1.0/go.mod",
		"tiny-v0.1.0/main.go", "tiny-v0.1.0/run", "tiny-v0.1.0/vendor/example.org/dep/dep.go",
		"tiny-v0.1.0/vendor/modules.txt", "tiny-v0.1.0/z/deep/in/last.txt",
	}
	if !slices.Equal(found, want) {
		t.Errorf("the archive holds\n%s\nwant\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheArchiveBuildsWithoutNetwork(t *testing.T) {
	s := release(t, tinySettings(t, repository(t, tiny)))
	folder := t.TempDir()
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	plain, err := gzip.NewReader(bytes.NewReader(s.read(t, source)))
	if err != nil {
		t.Fatal(err)
	}
	if err := unpack(root, tar.NewReader(plain)); err != nil {
		t.Fatal(err)
	}
	tree := filepath.Join(folder, "tiny-v0.1.0")
	env := []string{"GOPROXY=off", "GOMODCACHE=" + t.TempDir(), "GOWORK=off", "GOFLAGS="}
	if _, err := command(t.Context(), tree, env, "go", "vet", "./..."); err != nil {
		t.Error(err)
	}
}

func TestTheSameCommitGivesTheSameBytes(t *testing.T) {
	module := repository(t, tiny)
	first := release(t, tinySettings(t, module))
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(module, "main.go"), later, later); err != nil {
		t.Fatal(err)
	}
	second := release(t, tinySettings(t, module))
	if a, b := first.read(t, sumsFile), second.read(t, sumsFile); !bytes.Equal(a, b) {
		t.Errorf("the checksums differ:\n%s\n%s", a, b)
	}
	for _, h := range headers(t, first.read(t, source)) {
		if !h.ModTime.Equal(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)) || h.Uid != 0 || h.Uname != "" {
			t.Errorf("%s has time %v and owner %d %q", h.Name, h.ModTime, h.Uid, h.Uname)
		}
		if want := int64(0o644); h.Mode != want && h.Name != "tiny-v0.1.0/run" {
			t.Errorf("%s has mode %o", h.Name, h.Mode)
		}
	}
}

func TestTheChecksumsAreThoseOfTheFiles(t *testing.T) {
	s := release(t, tinySettings(t, repository(t, tiny)))
	want := fmt.Sprintf("%x  %s\n%x  %s\n",
		sha256.Sum256(s.read(t, source)), source, sha256.Sum256(s.read(t, s.binary())), s.binary())
	if got := string(s.read(t, sumsFile)); got != want {
		t.Errorf("SHA256SUMS is\n%s\nwant\n%s", got, want)
	}
}

func TestWhatIsNotCommittedIsNotReleased(t *testing.T) {
	module := repository(t, tiny)
	for name, content := range map[string]string{"main.go": "package broken", "javab.yaml": "telegram_token: 1:secret"} {
		if err := os.WriteFile(filepath.Join(module, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := release(t, tinySettings(t, module))
	if found := names(headers(t, s.read(t, source))); slices.Contains(found, "tiny-v0.1.0/javab.yaml") {
		t.Error("the operator's own settings are in the archive")
	}
}

func TestAReleaseThatCannotBeMadeSaysWhy(t *testing.T) {
	module := repository(t, tiny)
	for why, c := range map[string]struct {
		change func(*settings)
		want   string
	}{
		"no version":         {func(s *settings) { s.version = "" }, "not written like v0.1.0"},
		"a version of words": {func(s *settings) { s.version = "latest" }, "not written like v0.1.0"},
		"a wrong platform":   {func(s *settings) { s.platforms = "linux" }, "not written like linux/amd64"},
		"an unknown one":     {func(s *settings) { s.platforms = "linux/abacus" }, "abacus"},
		"nowhere to stamp":   {func(s *settings) { s.stamp = "example.org/dep.release" }, "no variable release"},
		"no repository":      {func(s *settings) { s.module = t.TempDir() }, "not a git repository"},
	} {
		t.Run(why, func(t *testing.T) {
			s := tinySettings(t, module)
			c.change(&s)
			err := run(t.Context(), s)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestAReleaseStopsWhenItIsInterrupted(t *testing.T) {
	s := tinySettings(t, repository(t, tiny))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run(ctx, s); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(s.out); !os.IsNotExist(err) {
		t.Error("it left files behind")
	}
}
