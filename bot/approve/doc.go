// Package approve is the chamber's authority: what an officer may not decide alone, who says yes or no to it, and what
// becomes of it when nobody does.
//
// It knows what binds the chamber, who may decide whose words, and working hours. It never knows how an approved message
// leaves the house, how approvals are stored, or the pages on which managers see them.
//
// Whoever lets somebody act asks in his own transaction: Guard says what binds in the words (some kinds, letters and final
// decisions, always need a yes: ConcernKind), Ask holds them back. For each kind he is its Carrier: on a decision he opens
// his transaction, calls decide with it, and does what the approval's Payload says when it comes back approved.
package approve
