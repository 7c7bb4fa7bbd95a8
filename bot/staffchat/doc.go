// Package staffchat is what people of the staff do in their own messenger chats: they link a chat to their account, are told
// there what waits for them, and say yes or no to it with a code of their authenticator.
//
// It knows whose chat it is, what may be said in it, and how a decision is proven. It never knows who may decide what
// (bot/approve says so), how a script asks, or what a messenger looks like.
//
// A chat outside of the house is less safe than the desk: of a member nothing is sent but the exact words that wait, and of
// what is confidential, or has files, only that something waits.
package staffchat
