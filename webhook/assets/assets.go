// Package assets serves the styles, scripts, fonts and icons of all pages from inside the binary, under names that carry a
// hash of their content.
//
// It knows files, hashes and browser caches. It never knows a page, a member or a session.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed css js fonts icons
var embedded embed.FS

// Prefix is where a Set is mounted.
const Prefix = "/assets/"

// types are the kinds of file that are served. Mime tables of the machine are not asked: they differ.
var types = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml",
	".txt": "text/plain; charset=utf-8",
}

// file is one embedded file, ready to be sent.
type file struct {
	kind  string
	etag  string
	plain []byte
	gzip  []byte // nil where packing gains nothing
}

// Set is all files with their names.
type Set struct {
	urls   map[string]string // "css/demo.css" -> "/assets/css/demo.9f86d081884c.css"
	served map[string]*file  // by URL
}

// Load reads, names and packs the embedded files, once.
func Load() (*Set, error) { return once() }

var once = sync.OnceValues(func() (*Set, error) { return load(embedded) })

func load(from fs.FS) (*Set, error) {
	s := &Set{urls: map[string]string{}, served: map[string]*file{}}
	names, err := list(from)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		body, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("read asset: %w", err)
		}
		if body, err = s.relink(name, body); err != nil {
			return nil, err
		}
		if err := s.add(name, body); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// list returns the files in the order in which they can be named: styles come last, since they name others.
func list(from fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	sort.SliceStable(names, func(i, j int) bool { return path.Ext(names[i]) != ".css" && path.Ext(names[j]) == ".css" })
	return names, err
}

var link = regexp.MustCompile(`url\("([^"]+)"\)`)

// relink puts the hashed names into the url("...") of a style sheet.
func (s *Set) relink(name string, body []byte) ([]byte, error) {
	if path.Ext(name) != ".css" {
		return body, nil
	}
	var missing error
	body = link.ReplaceAllFunc(body, func(found []byte) []byte {
		to := path.Join(path.Dir(name), string(link.FindSubmatch(found)[1]))
		url, known := s.urls[to]
		if !known {
			missing = fmt.Errorf("%s names %s, which is not there", name, to)
		}
		return []byte(`url("` + url + `")`)
	})
	return body, missing
}

func (s *Set) add(name string, body []byte) error {
	ext := path.Ext(name)
	kind, known := types[ext]
	if !known {
		return fmt.Errorf("asset %s: no content type for %q", name, ext)
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	f := &file{kind: kind, etag: `"` + hash + `"`, plain: body}
	if ext != ".woff2" {
		f.gzip = pack(body)
	}
	s.urls[name] = Prefix + strings.TrimSuffix(name, ext) + "." + hash + ext
	s.served[s.urls[name]] = f
	return nil
}

func pack(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return out.Bytes()
}

// URL returns where a file is served. A name that is not there is a mistake in a page: it comes back as an address that
// is not found, and every page's test asks for all of its addresses.
func (s *Set) URL(name string) string {
	if url, known := s.urls[name]; known {
		return url
	}
	return Prefix + "missing/" + name
}

// ImportMap returns the JSON of a browser's import map: modules name each other by their plain paths, and are loaded by
// their hashed ones.
func (s *Set) ImportMap() string {
	imports := map[string]string{}
	for name, url := range s.urls {
		if path.Ext(name) == ".js" {
			imports[Prefix+name] = url
		}
	}
	text, _ := json.Marshal(map[string]any{"imports": imports})
	return string(text)
}

// Under returns the URLs of a folder's files, in order.
func (s *Set) Under(folder string) []string {
	var urls []string
	for name, url := range s.urls {
		if strings.HasPrefix(name, folder+"/") {
			urls = append(urls, url)
		}
	}
	sort.Strings(urls)
	return urls
}

// ServeHTTP answers for the hashed names alone. What they name never changes, so browsers keep it for a year.
func (s *Set) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, known := s.served[r.URL.Path]
	if !known {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", f.etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.Contains(r.Header.Get("If-None-Match"), f.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.plain
	if f.gzip != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
