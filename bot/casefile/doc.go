// Package casefile is what staff see of cases: lists of them, one with all that belongs to it, and what members said of
// them afterwards.
//
// It knows who may see which case, and what of it. It never changes a case, and never knows the pages.
package casefile
