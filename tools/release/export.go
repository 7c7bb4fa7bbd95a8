package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// command runs a program in dir and returns what it printed; an error carries what it complained about.
func command(ctx context.Context, dir string, env []string, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, args...)
	var complaint bytes.Buffer
	c.Dir, c.Stderr = dir, &complaint
	c.Env = append(os.Environ(), env...)
	output, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, complaint.String())
	}
	return output, nil
}

// export writes the last commit of the repository at module into the new folder tree, and returns when it was made.
func export(ctx context.Context, module, tree string) (committed time.Time, err error) {
	printed, err := command(ctx, module, nil, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return committed, err
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(printed)), 10, 64)
	if err != nil {
		return committed, fmt.Errorf("read the commit's time: %w", err)
	}
	archive, err := command(ctx, module, nil, "git", "archive", "--format=tar", "HEAD")
	if err != nil {
		return committed, err
	}
	if err := os.Mkdir(tree, 0o755); err != nil {
		return committed, err
	}
	root, err := os.OpenRoot(tree)
	if err != nil {
		return committed, err
	}
	defer root.Close()
	return time.Unix(seconds, 0).UTC(), unpack(root, tar.NewReader(bytes.NewReader(archive)))
}

// unpack writes the archive's files. A repository of ours has files and folders only; anything else is refused, since
// not every system can unpack it again.
func unpack(root *os.Root, archive *tar.Reader) error {
	for {
		header, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read git archive: %w", err)
		case header.Typeflag == tar.TypeDir, header.Typeflag == tar.TypeXGlobalHeader:
			continue
		case header.Typeflag != tar.TypeReg:
			return fmt.Errorf("%s is neither a file nor a folder", header.Name)
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			return fmt.Errorf("read git archive: %w", err)
		}
		if err := root.MkdirAll(filepath.Dir(filepath.FromSlash(header.Name)), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(filepath.FromSlash(header.Name), content, header.FileInfo().Mode().Perm()); err != nil {
			return err
		}
	}
}
