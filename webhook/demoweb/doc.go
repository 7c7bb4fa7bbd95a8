// Package demoweb is the messenger look-alike of `javab demo`: a page with a few members' phones side by side, each in
// front of the real bot, and a strip that shows what the program knows of a chat.
//
// It knows the emulator's member side and the page's words. It never knows a script, a database or a real messenger:
// the bot's answers come through the emulator, as they would through the messenger, and what the strip shows is asked
// for through a Peek.
package demoweb
