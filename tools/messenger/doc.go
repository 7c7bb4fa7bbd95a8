// Package messenger plays a messenger to a bot under test: it delivers updates by Telegram's rules (in order per chat,
// again after a failure, presses in a queue of their own), answers the Bot API, and remembers what each member saw.
//
// It knows the wire and the rules of delivery. It never knows the bot: a Member reads buttons as a person does.
package messenger
