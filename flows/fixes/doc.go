// Package fixes finds a change of a script that makes one of its problems go away: what a person would do first, in one
// click. A fix is offered only after it was tried: the problem is gone with it, and no other error has come.
//
// It knows the script as text and what may be written in it. It never takes a fix by itself, and where no honest one is
// known it offers none: a text that it must invent or copy is marked, and Check warns until a person has written it.
package fixes
