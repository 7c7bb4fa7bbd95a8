package sqlstore

import (
	"context"
	"database/sql"
)

// conn is the writing connection. It keeps its statements prepared, and it does not listen to its callers' contexts:
// an interrupted INSERT rolls back the whole transaction, which is also that of others.
type conn struct {
	conn *sql.Conn
	kept map[string]*sql.Stmt
}

// keptStatements bounds the statements kept: texts vary with the number of rows, and gorm makes some of its own.
const keptStatements = 256

func (c *conn) prepared(query string) (*sql.Stmt, error) {
	if stmt, ok := c.kept[query]; ok {
		return stmt, nil
	}
	stmt, err := c.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	if len(c.kept) >= keptStatements {
		c.close()
	}
	c.kept[query] = stmt
	return stmt, nil
}

// close closes the statements; the connection belongs to its pool.
func (c *conn) close() {
	for query, stmt := range c.kept {
		_ = stmt.Close()
		delete(c.kept, query)
	}
}

func (c *conn) exec(query string) error {
	_, err := c.ExecContext(context.Background(), query)
	return err
}

// PrepareContext implements gorm.ConnPool.
func (c *conn) PrepareContext(_ context.Context, query string) (*sql.Stmt, error) {
	return c.conn.PrepareContext(context.Background(), query)
}

// ExecContext implements gorm.ConnPool.
func (c *conn) ExecContext(_ context.Context, query string, args ...any) (sql.Result, error) {
	stmt, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(context.Background(), args...)
}

// QueryContext implements gorm.ConnPool.
func (c *conn) QueryContext(_ context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := c.prepared(query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(context.Background(), args...)
}

// QueryRowContext implements gorm.ConnPool.
func (c *conn) QueryRowContext(_ context.Context, query string, args ...any) *sql.Row {
	return c.conn.QueryRowContext(context.Background(), query, args...)
}
