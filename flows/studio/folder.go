package studio

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Folder is content in memory: bodies by name. It is a file system, so that whatever reads content from a disk reads it
// from here too. Nobody changes it once it is made.
type Folder map[string][]byte

var (
	_ fs.ReadFileFS = Folder{}
	_ fs.ReadDirFS  = Folder{}
)

// ReadFolder reads what belongs to the content from a file system: scripts and dialogues, and the lists under content/.
func ReadFolder(files fs.FS) (Folder, error) {
	folder := Folder{}
	for _, pattern := range []string{"*.yaml", "*.chat", "content/*.yaml"} {
		names, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			body, err := fs.ReadFile(files, name)
			if err != nil {
				return nil, err
			}
			if folder[name], err = tidy(name, body); err != nil {
				return nil, err
			}
		}
	}
	return folder, nil
}

// Open implements fs.FS.
func (f Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if body, is := f[name]; is {
		return &openFile{leaf{path.Base(name), int64(len(body)), false}, bytes.NewReader(body)}, nil
	}
	entries, err := f.ReadDir(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openDir{leaf{path.Base(name), 0, true}, entries}, nil
}

// ReadFile implements fs.ReadFileFS. What it returns is the caller's own.
func (f Folder) ReadFile(name string) ([]byte, error) {
	body, is := f[name]
	if !is {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return bytes.Clone(body), nil
}

// ReadDir implements fs.ReadDirFS.
func (f Folder) ReadDir(name string) ([]fs.DirEntry, error) {
	prefix := name + "/"
	if name == "." {
		prefix = ""
	}
	found := map[string]leaf{}
	for file, body := range f {
		rest, inside := strings.CutPrefix(file, prefix)
		if !inside {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		if deeper {
			found[first] = leaf{first, 0, true}
		} else {
			found[first] = leaf{first, int64(len(body)), false}
		}
	}
	if len(found) == 0 && name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	entries := make([]fs.DirEntry, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		entries = append(entries, fs.FileInfoToDirEntry(found[name]))
	}
	return entries, nil
}

// leaf tells of a file or a folder.
type leaf struct {
	name   string
	size   int64
	folder bool
}

func (l leaf) Name() string       { return l.name }
func (l leaf) Size() int64        { return l.size }
func (l leaf) ModTime() time.Time { return time.Time{} }
func (l leaf) IsDir() bool        { return l.folder }
func (l leaf) Sys() any           { return nil }

func (l leaf) Mode() fs.FileMode {
	if l.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// openFile is an open file.
type openFile struct {
	leaf
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.leaf, nil }
func (f *openFile) Size() int64                { return f.leaf.size }
func (f *openFile) Close() error               { return nil }

// openDir is an open folder.
type openDir struct {
	leaf
	entries []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.leaf, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

// ReadDir implements fs.ReadDirFile.
func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	taken := d.entries[:n]
	d.entries = d.entries[n:]
	return taken, nil
}
