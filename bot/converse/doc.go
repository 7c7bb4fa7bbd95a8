// Package converse handles one Inbound whole: the turn. It plans outside of any lock (which state, which match, which
// step) and commits everything that follows from it in one short transaction, before the messenger hears 200.
//
// It knows the guarantee: a delivery is committed once, quarantined once, or refused to be delivered again. It never
// knows a messenger, a database or the words of a script.
package converse
