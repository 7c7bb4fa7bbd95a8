//go:build !linux

package app

// gently is not known here.
func gently() {}
