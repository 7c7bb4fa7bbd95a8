// Package desk is where chats wait for people: the queue, a chat's place in it, and when somebody is there to answer.
//
// It knows order and working hours. It never knows the words that a member reads, how the queue is stored, or the
// pages of the officers.
package desk
