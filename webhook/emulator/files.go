package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

type file struct {
	id     string
	kind   string
	upload upload
	size   int64 // as told; a body need not have it
}

func (f *file) shown() *File {
	return &File{ID: f.id, Unique: "u" + f.id, Name: f.upload.name, MIME: f.upload.mime, Size: f.size}
}

func (f *file) path() string { return f.kind + "s/" + f.id }

func (s *Server) keep(kind string, up upload) *file {
	s.nextFile++
	f := &file{id: fmt.Sprintf("F%d-%d-%d", s.opts.Seed, s.opts.FirstUpdate, s.nextFile), kind: kind, upload: up, size: int64(len(up.body))}
	s.files[f.id] = f
	return f
}

// Attachment is a file that a member sends.
type Attachment struct {
	Kind string // photo, document, voice, audio, video
	Name string
	MIME string
	Body []byte
	// Size, when set, is told instead of the body's: a file of 2 GiB needs no 2 GiB.
	Size int64
}

// SendFiles sends files as the member: one in a message with its caption, several as an album, a message each with the
// caption on the first.
func (s *Server) SendFiles(id int64, caption string, files ...Attachment) ([]int64, error) {
	album := ""
	if len(files) > 1 {
		s.mu.Lock()
		s.nextPush++
		album = fmt.Sprintf("13%015d", s.nextPush)
		s.mu.Unlock()
	}
	var ids []int64
	for _, a := range files {
		message, err := s.write(id, s.attach(a, caption, album))
		if err != nil {
			return ids, err
		}
		ids, caption = append(ids, message), ""
	}
	return ids, nil
}

func (s *Server) attach(a Attachment, caption, album string) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.keep(a.Kind, upload{a.Name, a.MIME, a.Body})
	if a.Size > 0 {
		f.size = a.Size
	}
	m := &Message{Caption: caption, Album: album}
	switch a.Kind {
	case "photo":
		m.Photo = s.sizes(f)
	case "voice":
		m.Voice = f.shown()
	case "audio":
		m.Audio = f.shown()
	case "video":
		m.Video = f.shown()
	default:
		m.Document = f.shown()
	}
	return m
}

// sizes shows a photo as the messenger does: a small one with another id first, the original last, no name.
func (s *Server) sizes(f *file) []File {
	small := s.keep("photo", upload{body: f.upload.body})
	shown := func(f *file, width, height int) File {
		return File{ID: f.id, Unique: "u" + f.id, Size: f.size, Width: width, Height: height}
	}
	return []File{shown(small, 90, 67), shown(f, 1280, 960)}
}

func (s *Server) getFile(p params) (any, *refusal) {
	f := s.files[p.text("file_id")]
	switch {
	case f == nil:
		return nil, bad("invalid file_id")
	case f.size > maxDown:
		return nil, bad("file is too big")
	}
	shown := f.shown()
	shown.Path = f.path()
	return shown, nil
}

// serveFile serves /file/bot<token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	if token != s.opts.Token {
		writeAnswer(w, nil, refuse(http.StatusNotFound, "Not Found"))
		return
	}
	fault := s.arrive(r.RemoteAddr, "file", params{})
	if !fault.wait(r.Context()) {
		return
	}
	if fault.Hangup || fault.Cut {
		panic(http.ErrAbortHandler)
	}
	if fault.refusal != nil {
		writeAnswer(w, nil, fault.refusal)
		return
	}
	s.mu.Lock()
	f := s.files[path[strings.LastIndexByte(path, '/')+1:]]
	s.mu.Unlock()
	if f == nil || f.path() != path {
		writeAnswer(w, nil, refuse(http.StatusNotFound, "Not Found"))
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(f.upload.body)
}
