package sqlstore

import (
	"context"
	"database/sql"
	"runtime/debug"
	"sync"
	"time"

	"javab/storage"
)

// The bounds of one group: fsync is dear, and the first of a group waits for the last.
const (
	groupSize = 40
	leastTime = 2 * time.Millisecond
	mostTime  = 50 * time.Millisecond
)

// groupTime is how long a group may work, after a commit that took so long: on a slow disk more is committed at once, so
// that no more than half of the time is waiting for it.
func groupTime(commit time.Duration) time.Duration { return min(max(commit, leastTime), mostTime) }

// writer is the one goroutine that writes to an SQLite file. It takes all closures that wait, runs each in a savepoint
// of one transaction, commits once and then answers all of them. A closure that comes alone is committed at once.
type writer struct {
	conn   *conn
	queue  chan *request
	quit   chan struct{} // closed by stop: nothing more is taken
	done   chan struct{} // closed when the goroutine has ended
	once   sync.Once
	commit time.Duration // that the last one took
}

// request is a closure on its way through the writer.
type request struct {
	ctx  context.Context
	f    func(pool) error
	err  error
	done chan struct{}
}

func startWriter(c *sql.Conn) *writer {
	w := &writer{
		conn:  &conn{conn: c, kept: map[string]*sql.Stmt{}},
		queue: make(chan *request, groupSize),
		quit:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	go w.run()
	return w
}

// do hands f to the writer and waits for its commit. A caller who goes away before f has begun is not waited for.
func (w *writer) do(ctx context.Context, f func(pool) error) error {
	r := &request{ctx: ctx, f: f, done: make(chan struct{})}
	select {
	case w.queue <- r:
	case <-ctx.Done():
		return storage.Unavailable(ctx.Err())
	case <-w.quit:
		return storage.Unavailable(sql.ErrConnDone)
	}
	select {
	case <-r.done:
		return r.err
	case <-w.done: // it may have been answered just before
		select {
		case <-r.done:
			return r.err
		default:
			return storage.Unavailable(sql.ErrConnDone)
		}
	}
}

func (w *writer) stop() {
	w.once.Do(func() { close(w.quit) })
	<-w.done
}

func (w *writer) run() {
	defer close(w.done)
	defer w.conn.close()
	for {
		select {
		case first := <-w.queue:
			w.group(first)
		case <-w.quit:
			return
		}
	}
}

// group commits the first request together with those that wait behind it.
func (w *writer) group(first *request) {
	var group []*request
	err := w.conn.exec("BEGIN IMMEDIATE")
	// The writer measures its own patience, not the world's time: no clock is asked for the hour here.
	deadline := time.NewTimer(groupTime(w.commit))
	defer deadline.Stop()
	for r := first; r != nil; r = w.next(len(group), deadline.C) {
		group = append(group, r)
		if err == nil {
			err = w.savepoint(r)
		}
	}
	if err == nil {
		begun := time.Now()
		err = w.conn.exec("COMMIT")
		w.commit = time.Since(begun)
	}
	if err != nil {
		_ = w.conn.exec("ROLLBACK")
	}
	for _, r := range group {
		if err != nil {
			r.err = unavailable(err)
		}
		close(r.done)
	}
}

// next returns a request that waits already, or nil when the group is full, late or complete.
func (w *writer) next(taken int, late <-chan time.Time) *request {
	if taken >= groupSize {
		return nil
	}
	select {
	case <-late:
		return nil
	default:
	}
	select {
	case r := <-w.queue:
		return r
	default:
		return nil
	}
}

// savepoint runs one closure. Its own failure is its own answer; an error returned here is the whole group's.
func (w *writer) savepoint(r *request) error {
	if r.err = r.ctx.Err(); r.err != nil {
		return nil
	}
	if err := w.conn.exec("SAVEPOINT closure"); err != nil {
		return err
	}
	if r.err = recovered(w.conn, r.f); r.err != nil {
		if err := w.conn.exec("ROLLBACK TO closure"); err != nil {
			return err // the database has rolled everything back itself, as it does when the disk is full
		}
	}
	return w.conn.exec("RELEASE closure")
}

// recovered calls f and turns a panic into an error.
func recovered(p pool, f func(pool) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = storage.Panicked(v, debug.Stack())
		}
	}()
	return f(p)
}
