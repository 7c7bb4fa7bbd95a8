package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"javab/bot"
	"javab/storage"
)

// errAway is what callers hear while the breaker is open.
var errAway = errors.New("database is away")

// sorted turns the errors of a database that cannot serve now into Unavailable, and leaves all others as they are.
func sorted(err error) error {
	if err == nil || bot.KindOf(err) != "" {
		return err
	}
	if isAway(err) || isBusy(err) {
		return storage.Unavailable(err)
	}
	return err
}

func unavailable(err error) error {
	if err == nil {
		return nil
	}
	return storage.Unavailable(err)
}

// isAway reports whether nobody can use the database: connection, disk, shutdown.
func isAway(err error) bool {
	if err == nil {
		return false
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code[:2] {
		case "08", "53", "58":
			return true
		}
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03" || pg.Code == "25006"
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY,
			sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_PROTOCOL:
			return true
		}
		return false
	}
	return isConnection(err)
}

func isConnection(err error) bool {
	for _, target := range []error{
		errAway, driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, syscall.ECONNRESET, syscall.EPIPE,
	} {
		if errors.Is(err, target) {
			return true
		}
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[*net.OpError](err); ok {
		return true
	}
	return strings.Contains(err.Error(), "conn closed") // pgx has no value for it
}

// isBusy reports whether this caller came too late: locks, limits, his own deadline.
func isBusy(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, sql.ErrTxDone) {
		return true
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "55P03", "57014", "25P03", "25P04", "40001", "40P01":
			return true
		}
		return false
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT:
			return true
		}
	}
	return false
}

// isRace reports whether running the transaction again may well succeed: it lost against another.
func isRace(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505")
}
