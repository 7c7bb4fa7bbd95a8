// Package hours keeps the rows that working time is made of: who changes them, what may be changed, what each change
// comes to, and the calendars that hold at this moment.
//
// It knows weekly tables, holidays, openings, closures and their reviews. It never knows a page, a file's format or a
// case: rows of a file come in as values, and whoever counts deadlines asks for the version of the calendars and for the
// changes since another. How time is counted is bot/worktime's business. What program and law give (the sample week, the
// solar holidays) is no row: rows are what people decided.
package hours
