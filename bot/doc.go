// Package bot holds the words of Javab: what a member sent, what is sent back, who is who, what must happen later.
//
// It knows the nouns of the chamber's desk and their invariants. It never knows a messenger, a database, a script or
// a clock: it imports the standard library alone, and every other package may import it.
package bot
