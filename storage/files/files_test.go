package files_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"javab/bot"
	"javab/storage/files"
	"javab/storage/vault"
)

func store(t *testing.T) *files.Store {
	t.Helper()
	v, err := vault.New(bytes.Repeat([]byte("master key "), 4))
	if err != nil {
		t.Fatal(err)
	}
	return &files.Store{Dir: t.TempDir(), Vault: v}
}

// pdf is a body of the given size that is recognised.
func pdf(size int) []byte {
	return append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("secret text "), size/12+1)...)[:size]
}

func save(t *testing.T, s *files.Store, id string, body []byte) bot.File {
	t.Helper()
	f, err := s.Save(bot.File{ID: id}, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(s *files.Store, id string) ([]byte, error) {
	r, err := s.Open(id)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// onDisk returns the paths of all files.
func onDisk(t *testing.T, s *files.Store) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestABodyOfAnySizeComesBack(t *testing.T) {
	s := store(t)
	for _, size := range []int{20, 64<<10 - 1, 64 << 10, 64<<10 + 1, 300_000} {
		body := pdf(size)
		f := save(t, s, "f1", body)
		sum := sha256.Sum256(body)
		want := bot.File{
			ID: "f1", MIME: "application/pdf", Size: int64(size), State: bot.FileStored, SHA256: hex.EncodeToString(sum[:]),
		}
		if f != want {
			t.Errorf("saved %+v, want %+v", f, want)
		}
		if got, err := read(s, "f1"); err != nil || !bytes.Equal(got, body) {
			t.Errorf("%d bytes: %d came back, %v", size, len(got), err)
		}
	}
	if paths := onDisk(t, s); len(paths) != 1 {
		t.Errorf("the same file saved again lies there as %v", paths)
	}
}

func TestTheDiskTellsNeitherNameNorContent(t *testing.T) {
	s := store(t)
	save(t, s, "passport", pdf(1000))
	path := onDisk(t, s)[0]
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(path, "passport") || bytes.Contains(raw, []byte("secret text")) || bytes.Contains(raw, []byte("PDF")) {
		t.Error("the file can be read on disk")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestAChangedCutOrMovedBodyDoesNotOpen(t *testing.T) {
	s := store(t)
	save(t, s, "f1", pdf(200_000))
	path := onDisk(t, s)[0]
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const sealed = 64<<10 + vault.Overhead
	swapped := bytes.Clone(whole)
	copy(swapped, whole[sealed:2*sealed])
	changed := bytes.Clone(whole)
	changed[100] ^= 1
	for what, raw := range map[string][]byte{
		"changed": changed, "cut in a chunk": whole[:1000], "cut between chunks": whole[:2*sealed], "empty": nil,
		"chunks swapped": swapped, "longer": append(bytes.Clone(whole), 0),
	} {
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := read(s, "f1"); !errors.Is(err, vault.ErrTampered) {
			t.Errorf("%s: %v, want ErrTampered", what, err)
		}
	}
}

func TestOnlyTheTypesOnTheListAreTakenByContent(t *testing.T) {
	mp4 := "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41"
	ogg := "OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00abcd\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13OpusHead"
	for name, c := range map[string]struct {
		body, declared, want string
	}{
		"a pdf":                       {string(pdf(50)), "application/pdf", "application/pdf"},
		"a jpeg with a slip":          {"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpg", "image/jpeg"},
		"a png":                       {"\x89PNG\r\n\x1a\n\x00\x00", "", "image/png"},
		"a webp":                      {"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp", "image/webp"},
		"a voice message":             {ogg, "audio/ogg", "audio/ogg"},
		"a video":                     {mp4, "video/mp4", "video/mp4"},
		"bytes that are a pdf":        {string(pdf(50)), "application/octet-stream", "application/pdf"},
		"a pdf that says it is a png": {string(pdf(50)), "image/png", ""},
		"a picture with a script":     {"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/png", ""},
		"a page":                      {"<!DOCTYPE html><html><script>", "image/jpeg", ""},
		"a program":                   {"MZ\x90\x00\x03\x00\x00\x00", "", ""},
		"an archive":                  {"PK\x03\x04\x14\x00", "", ""},
		"text":                        {"hello", "text/plain", ""},
	} {
		s := store(t)
		f, err := s.Save(bot.File{ID: "f1", MIME: c.declared}, strings.NewReader(c.body))
		if c.want == "" {
			if !errors.Is(err, files.ErrType) || len(onDisk(t, s)) != 0 {
				t.Errorf("%s: %v, on disk %v", name, err, onDisk(t, s))
			}
			continue
		}
		if err != nil || f.MIME != c.want {
			t.Errorf("%s: type %q, %v", name, f.MIME, err)
		}
	}
}

func TestAFileTooLargeOrEmptyIsRefusedAndLeavesNothing(t *testing.T) {
	s := store(t)
	s.Max = 100_000
	if _, err := s.Save(bot.File{ID: "f1"}, bytes.NewReader(pdf(100_000))); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	if _, err := s.Save(bot.File{ID: "f2"}, bytes.NewReader(pdf(100_001))); !errors.Is(err, files.ErrSize) {
		t.Errorf("over the limit: %v", err)
	}
	if _, err := s.Save(bot.File{ID: "f3"}, strings.NewReader("")); !errors.Is(err, files.ErrEmpty) {
		t.Errorf("empty: %v", err)
	}
	if got := onDisk(t, s); len(got) != 1 {
		t.Errorf("on disk: %v", got)
	}
}

func TestABodyThatBreaksOffLeavesNothingAndKeepsWhatWasThere(t *testing.T) {
	s := store(t)
	broken := errors.New("connection reset")
	_, err := s.Save(bot.File{ID: "f1"}, io.MultiReader(bytes.NewReader(pdf(100_000)), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || len(onDisk(t, s)) != 0 {
		t.Errorf("%v, on disk %v", err, onDisk(t, s))
	}
	save(t, s, "f1", pdf(50))
	_, err = s.Save(bot.File{ID: "f1"}, io.MultiReader(bytes.NewReader(pdf(100_000)), iotest.ErrReader(broken)))
	if got, errRead := read(s, "f1"); err == nil || errRead != nil || len(got) != 50 {
		t.Errorf("%v, %v, %d bytes", err, errRead, len(got))
	}
}

func TestARemovedFileIsNotFound(t *testing.T) {
	s := store(t)
	save(t, s, "f1", pdf(50))
	for range 2 {
		if err := s.Remove("f1"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Open("f1"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("%v", err)
	}
}

func TestAnIDCannotLeadOutOfTheFolder(t *testing.T) {
	s := store(t)
	save(t, s, "../../etc/passwd", pdf(50))
	if got := onDisk(t, s); len(got) != 1 {
		t.Errorf("on disk: %v", got)
	}
}

func TestABodyIsReadFromAnyPlaceInIt(t *testing.T) {
	s := store(t)
	body := pdf(200_000)
	save(t, s, "f1", body)
	r, err := s.Open("f1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, at := range []int64{150_000, 0, 64<<10 - 1, 64 << 10, 199_999, 200_000, 300_000} {
		if _, err := r.Seek(at, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(io.LimitReader(r, 70_000))
		want := body[min(at, 200_000):min(at+70_000, 200_000)]
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("from %d: %d bytes, %v, want %d", at, len(got), err, len(want))
		}
	}
	if end, err := r.Seek(0, io.SeekEnd); err != nil || end != 200_000 {
		t.Errorf("ends at %d, %v", end, err)
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("a place before the beginning is taken")
	}
}

func TestASweepRemovesWhatNobodyNamesAndNothingElse(t *testing.T) {
	s := store(t)
	save(t, s, "named", pdf(50))
	save(t, s, "orphan", pdf(50))
	naming := func(names ...string) func(func(string)) error {
		return func(yield func(string)) error {
			for _, name := range names {
				yield(name)
			}
			return nil
		}
	}
	now := time.Now()
	for _, at := range []time.Time{now, now.Add(60 * 24 * time.Hour)} {
		if n, err := s.Sweep(at, naming()); n != 0 || err != nil {
			t.Errorf("at %s: %d went, %v", at, n, err)
		}
	}
	tomorrow := now.Add(25 * time.Hour)
	if n, err := s.Sweep(tomorrow, func(func(string)) error { return errors.New("database is away") }); n != 0 || err == nil {
		t.Errorf("without its rows: %d went, %v", n, err)
	}
	if n, err := s.Sweep(tomorrow, naming("named", "fetched later")); n != 1 || err != nil {
		t.Errorf("%d went, %v", n, err)
	}
	if _, err := read(s, "named"); err != nil {
		t.Error(err)
	}
	if _, err := s.Open("orphan"); bot.KindOf(err) != bot.NotFound {
		t.Errorf("the orphan: %v", err)
	}
	empty := &files.Store{Dir: filepath.Join(t.TempDir(), "none")}
	if n, err := empty.Sweep(now, naming()); n != 0 || err != nil {
		t.Errorf("without a folder: %d, %v", n, err)
	}
}
