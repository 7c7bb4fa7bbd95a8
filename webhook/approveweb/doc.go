// Package approveweb is the page on which managers say yes or no to what an officer may not decide alone.
//
// It knows the page: what was found in a text, who asked, how long it has waited. It never knows who may decide what (the
// use case says so), nor what becomes of a yes.
package approveweb
