package sqlstore

import (
	"strconv"
	"strings"
	"sync"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// dialect is the name of a database's SQL. Our statements are written once, with ? for parameters.
type dialect string

const (
	liteSQL dialect = "sqlite"
	postSQL dialect = "postgres"
)

func (d dialect) gorm(db pool) gorm.Dialector {
	if d == postSQL {
		return postgres.New(postgres.Config{Conn: db})
	}
	return liteDialector{db}
}

// forUpdate locks the rows of a SELECT. SQLite has one writer: what it reads is locked.
func (d dialect) forUpdate() string {
	if d == postSQL {
		return " FOR UPDATE"
	}
	return ""
}

// gooseTables counts the tables in which goose keeps the version.
func (d dialect) gooseTables() string {
	if d == postSQL {
		return "SELECT COUNT(*) FROM pg_tables WHERE schemaname=current_schema() AND tablename='goose_db_version'"
	}
	return "SELECT COUNT(*) FROM sqlite_master WHERE name='goose_db_version'"
}

// numbered holds our statements with $1, $2 ... for ?. Texts are few: they vary only in the number of rows.
type numbered struct{ texts sync.Map }

func (n *numbered) of(query string) string {
	if text, ok := n.texts.Load(query); ok {
		return text.(string)
	}
	parts := strings.Split(query, "?")
	var b strings.Builder
	for i, part := range parts[:len(parts)-1] {
		b.WriteString(part)
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
	}
	b.WriteString(parts[len(parts)-1])
	n.texts.Store(query, b.String())
	return b.String()
}
