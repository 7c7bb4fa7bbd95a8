// Package flows is the language in which admins write what the bot says and asks: its parser, its checker and its engine.
//
// A Script is read from YAML by Parse, proven sound by Check, put together with the others by Compile, and played by
// Program.Step: a pure function from where a chat stands and what its member did to where it stands next and what must
// follow. The package knows scripts, states and the lists of the content. It never knows a messenger, a database, a
// network or a clock: whatever touches the world leaves it as an Effect.
package flows
