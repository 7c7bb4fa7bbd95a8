// Package training is practice for officers: simulated members who talk with the bot and then with whoever claims their
// chat, and a checklist of what was done well.
//
// It knows personas as they are written in YAML, the rules by which they answer, and the small vocabulary of things that a
// checklist asks for; all of it is pure, so that the same exercise goes the same way each time. It never knows a desk, a
// script or a store beyond its own small one: the house in which an exercise is played is the real one on another store,
// and what happened there is handed in as lines of its record.
package training
