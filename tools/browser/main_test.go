package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"javab/tools/subject"
)

// What all tests share: the program's file, and the one browser in which each test has a window of its own.
var (
	binary   string
	chromium context.Context
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	path := installed("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
	if path == "" {
		return m.Run() // each test says what it misses
	}
	folder, err := os.MkdirTemp("", "javab-browser")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	if binary, err = subject.Build(context.Background(), "../..", "./cmd/javab", folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	ctx, end := launch(path, filepath.Join(folder, "profile"))
	defer end()
	if err := chromedp.Do(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "start the browser:", err)
		return 1
	}
	chromium = ctx
	return m.Run()
}

func installed(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// launch starts a browser that knows nothing and calls nobody. The sandbox is off: in a container one is root.
func launch(path, profile string) (ctx context.Context, end func()) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocator, free := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(allocator)
	return ctx, func() { _ = chromedp.Cancel(ctx); free() }
}

// program starts a demo of its own for a test. Its data stay over restarts, its messenger's do not.
func program(t testing.TB) *subject.Subject {
	t.Helper()
	if chromium == nil && os.Getenv("CI") == "true" {
		t.Fatal("Chromium is not installed: apt-get install chromium-headless-shell")
	}
	if chromium == nil {
		t.Skip("Chromium is not installed; these tests run after: apt-get install chromium-headless-shell")
	}
	address, err := subject.Port()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	s := &subject.Subject{
		Binary: binary, Address: address, Log: filepath.Join(folder, "log"),
		Args: []string{"demo", "--listen", address, "--data", filepath.Join(folder, "data")},
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Kill)
	return s
}
