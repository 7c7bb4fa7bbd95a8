// Package desk is where chats wait for people and where people answer them: the queue, a chat's place in it, the one
// officer who holds it, and what time does to a chat that nobody answers.
//
// It knows order, working hours and who may see what. It never knows the words that a member reads (they are content),
// how the queue is stored, or the pages of the officers.
package desk
