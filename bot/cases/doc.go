// Package cases is the written procedure of complaints, requests, questions and suggestions: what may happen to a case,
// who may do it, and what its member is promised.
//
// Three carry it out. Procedure does what a member asks for through a script, inside his turn; Office what officers do,
// one act in one transaction; Keeper what time does: it tells the member how his case stands, calls people while the
// promise can still be kept, follows up on referrals and tasks, and counts dates anew when the working time has changed.
//
// It knows the states and their legal moves, who sees a case, how a promise is counted in working time, which acts wait
// for somebody's yes, and how a case comes to its end: by the member's word, by a call, by a silence in which he could
// have spoken, or by the arrival of an answer where no more was asked for. Then he is asked how it was, and may reopen it
// for a time. It never knows the words that a member reads, how a case is stored, or which messenger he writes from:
// scripts call its actions and say the outcome.
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
