// Package digest tells managers at the opening of each working day how their units stand: what is at risk, what is late, what
// waits for their yes, what concerns money and which key members are unhappy since the last time.
//
// It knows when a working day begins and what belongs into the message: numbers of cases, never a word of a member. It never
// knows how a message leaves the house, nor who may see which case: the store answers for its reader.
package digest
