// Package reportweb is the board: the five indicators of a month as tiles, what complaints are about, and behind each number
// the list of exactly what it counts.
//
// It knows pages and addresses. It never knows what an indicator counts, nor who may see what: bot/report answers with what
// its reader may see, and nothing else is in a number.
package reportweb
