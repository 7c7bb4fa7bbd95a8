// Package worktime counts time as the chamber works it: a promise of eight hours made on Wednesday afternoon ends on
// Saturday or Sunday, and a holiday in between moves it by a day.
//
// It knows weekly tables, the table of holidays and time zones with all their leaps. It never knows a clock, a case or
// where the tables are kept: instants and rows are handed in, and the same rows give the same answer for ever.
//
// The unit of truth is the minute on the wall: an instant is worked when the wall clock of the zone stands inside an
// open window of its civil day. Instants are found per stretch of constant offset (the zone's own transitions), never
// by asking for "midnight of that day": on 2022-03-22 Tehran had none, and an hour of autumn 2021 came twice.
package worktime
