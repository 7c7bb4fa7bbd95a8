// Package content reads the bundle: all scripts and lists of one version, proves them sound, and hands them out as the
// engine, the matcher and the use cases want them.
//
// It knows the files of the content and what each entry must have; it reports every problem with its place, at once. It
// never knows where the files lie, a chat, a member or a clock.
package content
