package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// simEvents streams what a member sees, from ?after=seq (or Last-Event-ID) on.
func (s *Server) simEvents(w http.ResponseWriter, r *http.Request) {
	id, err := chatOf(r)
	if err == nil {
		_, _, err = s.Events(id, 0)
	}
	if err != nil {
		fail(w, err)
		return
	}
	seq, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if last, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil {
		seq = last
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	stream := http.NewResponseController(w)
	for {
		events, more, err := s.Events(id, seq)
		if err != nil {
			return
		}
		for _, e := range events {
			body, _ := json.Marshal(e)
			if _, err := fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", e.Seq, e.Type, body); err != nil {
				return
			}
			seq = e.Seq
		}
		if len(events) == 0 {
			_, _ = io.WriteString(w, ": here\n\n")
		}
		if stream.Flush() != nil {
			return
		}
		select {
		case <-more:
		case <-time.After(20 * time.Second): // keeps proxies from hanging up
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}

// simUpload takes a form: "kind", "caption", and one "file" or several, which make an album.
func (s *Server) simUpload(w http.ResponseWriter, r *http.Request) {
	id, err := chatOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseMultipartForm(maxRequest); err != nil {
		fail(w, err)
		return
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	var files []Attachment
	for _, header := range r.MultipartForm.File["file"] {
		part, err := header.Open()
		if err != nil {
			fail(w, err)
			return
		}
		body, err := io.ReadAll(part)
		_ = part.Close()
		if err != nil {
			fail(w, err)
			return
		}
		files = append(files, Attachment{Kind: r.FormValue("kind"), Name: header.Filename, MIME: header.Header.Get("Content-Type"), Body: body})
	}
	if len(files) == 0 {
		fail(w, errors.New("no file"))
		return
	}
	messages, err := s.SendFiles(id, r.FormValue("caption"), files...)
	reply(w)(map[string][]int64{"message_ids": messages}, err)
}

// simFile lets a member open a file of the chat.
func (s *Server) simFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.files[r.PathValue("file")]
	s.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "sandbox")
	_, _ = w.Write(f.upload.body)
}
