package sqlstore

import (
	"context"
	"database/sql"
	"sync"
)

// reading is the connections that read an SQLite file. A statement is prepared once on each: preparing one of the desk's
// takes as long as running it.
type reading struct {
	*sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

// QueryContext implements gorm.ConnPool.
func (r *reading) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := r.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return r.DB.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// prepared returns a kept statement; nil when there are too many of them.
func (r *reading) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mu.RLock()
	stmt, full := r.kept[query], len(r.kept) >= keptStatements
	r.mu.RUnlock()
	if stmt != nil || full {
		return stmt, nil
	}
	stmt, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if other, raced := r.kept[query]; raced {
		_ = stmt.Close()
		return other, nil
	}
	r.kept[query] = stmt
	return stmt, nil
}
