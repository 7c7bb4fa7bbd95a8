// Package members is the register of people: who a chat belongs to, what he told of himself, what he agreed to, and the
// copy of it all that he can have.
//
// It knows when two records are one person (a verified phone) and that what is recorded is never overwritten by what
// somebody says in a chat. It never knows how a value is validated (scripts do that first) or how it is stored.
package members
