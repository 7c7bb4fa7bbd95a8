// Package cases is the written procedure of complaints and requests: what may happen to a case, who may ask about it,
// and what is promised.
//
// It knows the states and their legal moves, the owner's rights, how a promise is counted in working time, and how a case
// comes to its end: by the member's word, or by a silence in which he could have spoken. It never
// knows the words that a member reads, how a case is stored, or which messenger he writes from: scripts call its
// actions and say the outcome.
//
// A case moves like this; any open state may also go to withdrawn, by the member's own wish.
//
//	received --> in_work --> proposed --> closed --> reopened --> in_work
//	               ^   ^         |
//	               |   +---------+  refused by the member
//	               v
//	            referred, waiting_member, waiting_external
//
// Whoever is not the owner of a case learns nothing from its number: "not yours" and "no such case" are one answer.
package cases
