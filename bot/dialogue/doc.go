// Package dialogue plays conversations: the `.chat` files beside the scripts, the terminal player, the trial of the
// studio. It runs whole turns, with the real engine and the real use cases, against a store that is handed in.
//
// It knows the form of a `.chat` file and which of its lines are the path (what must not change unnoticed) and which
// are wording. It never knows a messenger, a database or the words of a script.
package dialogue
