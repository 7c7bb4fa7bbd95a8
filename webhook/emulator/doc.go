// Package emulator plays a messenger: the Bot API on one side, members on the other. The demo runs on it, and so do the
// tests of the adapter and the load and crash programs.
//
// It knows the API's wire forms, its limits, its errors and the rules by which it delivers (tdlib/telegram-bot-api), for
// exactly those methods that Javab calls; every other method is a 404, so that a new call is noticed. It never knows
// Javab: it imports the standard library alone, and what it is told about time comes in as a clock.
//
// The API is served at /bot<token>/<method> and /file/bot<token>/<path>, the members' side and the faults at /sim/.
package emulator
