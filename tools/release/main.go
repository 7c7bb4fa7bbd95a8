// Command release makes what an operator downloads: static binaries, one archive of the sources with all modules
// beside them (he may reach no module proxy), and the checksums of both. It releases the last commit, never what lies
// about in the working tree, and builds the binaries from the archive's own tree without network: what is in the
// archive is what runs. The same commit, version and Go give the same bytes.
//
//	go run ./release -version v0.1.0 -out ../dist
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
)

type settings struct {
	name, version  string
	module, out    string
	program, stamp string
	platforms      string
	progress       func(string)
}

func main() {
	var s settings
	flag.StringVar(&s.version, "version", "", "version to release, such as v0.1.0")
	flag.StringVar(&s.out, "out", "../dist", "folder for the files; made when absent")
	flag.StringVar(&s.module, "module", "..", "folder of the main module, a git repository")
	flag.StringVar(&s.platforms, "platforms", "linux/amd64,linux/arm64", "what to build for; also windows/amd64, darwin/arm64 ...")
	flag.Parse()
	s.name, s.program, s.stamp = "javab", "./cmd/javab", "javab/cmd/javab/app.version"
	s.progress = func(line string) { fmt.Fprintln(os.Stderr, line) }
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// The version becomes part of file names and of the linker's arguments.
var versionForm = regexp.MustCompile(`^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$`)

// platform is what Go calls a pair of operating system and processor.
type platform struct{ os, arch string }

func parsePlatforms(list string) ([]platform, error) {
	var all []platform
	for item := range strings.SplitSeq(list, ",") {
		system, arch, found := strings.Cut(strings.TrimSpace(item), "/")
		if !found || system == "" || arch == "" {
			return nil, fmt.Errorf("platform %q is not written like linux/amd64", item)
		}
		all = append(all, platform{system, arch})
	}
	return all, nil
}

func run(ctx context.Context, s settings) error {
	if !versionForm.MatchString(s.version) {
		return fmt.Errorf("version %q is not written like v0.1.0", s.version)
	}
	platforms, err := parsePlatforms(s.platforms)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	tree := filepath.Join(work, s.name+"-"+s.version)
	s.progress("copying the last commit and its modules")
	committed, err := export(ctx, s.module, tree)
	if err != nil {
		return err
	}
	if err := vendor(ctx, tree); err != nil {
		return err
	}
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	return publish(ctx, s, tree, platforms, committed)
}
