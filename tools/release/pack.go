package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// sumsFile is read by `sha256sum -c`.
const sumsFile = "SHA256SUMS"

// publish writes the archive, the binaries and the checksums of all of them.
func publish(ctx context.Context, s settings, tree string, platforms []platform, committed time.Time) error {
	if err := checkStamp(ctx, tree, s.stamp); err != nil {
		return err
	}
	base := s.name + "-" + s.version
	names := []string{base + "-source.tar.gz"}
	s.progress("packing " + names[0])
	if err := pack(tree, base, filepath.Join(s.out, names[0]), committed); err != nil {
		return err
	}
	for _, p := range platforms {
		name := base + "-" + p.os + "-" + p.arch
		if p.os == "windows" {
			name += ".exe"
		}
		s.progress("building " + name)
		if err := build(ctx, s, tree, p, filepath.Join(s.out, name)); err != nil {
			return err
		}
		names = append(names, name)
	}
	return writeSums(s.out, names)
}

// pack writes the tree as a tar.gz whose bytes depend on names and contents alone: sorted, one time for all, nobody's.
func pack(tree, base, file string, at time.Time) (err error) {
	target, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if closing := target.Close(); err == nil {
			err = closing
		}
	}()
	zipped, err := gzip.NewWriterLevel(target, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(zipped)
	// WalkDir goes in lexical order on every system.
	err = filepath.WalkDir(tree, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(tree, path)
		if err != nil {
			return err
		}
		return add(archive, path, base+"/"+filepath.ToSlash(inside), at)
	})
	if err != nil {
		return fmt.Errorf("pack %s: %w", file, err)
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return zipped.Close()
}

func add(archive *tar.Writer, path, name string, at time.Time) error {
	source, err := os.Open(path)
	if err != nil {
		return err
	}
	defer source.Close()
	info, err := source.Stat()
	if err != nil {
		return err
	}
	mode := int64(0o644)
	if info.Mode()&0o100 != 0 {
		mode = 0o755
	}
	header := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: info.Size(), Mode: mode, ModTime: at}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.Copy(archive, source)
	return err
}

func writeSums(folder string, names []string) error {
	var lines strings.Builder
	for _, name := range names {
		sum, err := sumOf(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sum, name)
	}
	return os.WriteFile(filepath.Join(folder, sumsFile), []byte(lines.String()), 0o644)
}

func sumOf(file string) ([]byte, error) {
	source, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, source); err != nil {
		return nil, err
	}
	return hash.Sum(nil), nil
}
