// Package office is officers at work, over HTTP as their browsers are: they sign in with password and second factor,
// claim chats, answer, repeat what was cut, leave notes and close. At the end it holds what they posted against what
// the program recorded and what the members saw.
//
// It knows the desk's addresses and forms. It never knows what happens to the program meanwhile.
package office
