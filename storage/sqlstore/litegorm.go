package sqlstore

import (
	"gorm.io/gorm"
	"gorm.io/gorm/callbacks"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"
	"gorm.io/gorm/migrator"
	"gorm.io/gorm/schema"
)

// liteDialector is gorm's SQL for SQLite, as far as rows are read and written. The published ones bring a driver with
// them that compiles each statement at each use, a third of a turn's CPU; modernc.org/sqlite keeps them prepared, and
// two drivers cannot register one name. Tables are made by migrations, never by gorm.
type liteDialector struct{ db pool }

var _ gorm.Dialector = liteDialector{}

// Name implements gorm.Dialector.
func (liteDialector) Name() string { return "sqlite" }

// Initialize implements gorm.Dialector.
func (d liteDialector) Initialize(db *gorm.DB) error {
	db.ConnPool = d.db
	callbacks.RegisterDefaultCallbacks(db, &callbacks.Config{
		CreateClauses: []string{"INSERT", "VALUES", "ON CONFLICT", "RETURNING"},
		UpdateClauses: []string{"UPDATE", "SET", "FROM", "WHERE", "RETURNING"},
		DeleteClauses: []string{"DELETE", "FROM", "WHERE", "RETURNING"},
	})
	return nil
}

// Migrator implements gorm.Dialector.
func (d liteDialector) Migrator(db *gorm.DB) gorm.Migrator {
	return migrator.Migrator{Config: migrator.Config{DB: db, Dialector: d}}
}

// DataTypeOf implements gorm.Dialector; only migrations would ask.
func (liteDialector) DataTypeOf(*schema.Field) string { return "" }

// DefaultValueOf implements gorm.Dialector: SQLite makes the id of a row that names none.
func (liteDialector) DefaultValueOf(*schema.Field) clause.Expression { return clause.Expr{SQL: "NULL"} }

// BindVarTo implements gorm.Dialector.
func (liteDialector) BindVarTo(writer clause.Writer, _ *gorm.Statement, _ any) {
	_ = writer.WriteByte('?')
}

// QuoteTo implements gorm.Dialector. All names are our own and hold no quote.
func (liteDialector) QuoteTo(writer clause.Writer, name string) {
	_ = writer.WriteByte('"')
	for i := range len(name) {
		if name[i] == '.' {
			_, _ = writer.WriteString(`"."`)
			continue
		}
		_ = writer.WriteByte(name[i])
	}
	_ = writer.WriteByte('"')
}

// Explain implements gorm.Dialector: a statement as it would read with its values, for a log that we keep shut.
func (liteDialector) Explain(query string, vars ...any) string {
	return logger.ExplainSQL(query, nil, `'`, vars...)
}
