// Package text reads what members write and writes what they read, in Persian, Arabic and English.
//
// It knows letters, digits, directions, calendars and how to guess a language. It never knows a sentence of the content,
// a messenger, a store or the present time: the moment is always handed in. All its functions are pure and safe for
// concurrent use.
package text
