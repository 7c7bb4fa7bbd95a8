// Package telegram is the channel adapter for messengers that speak Telegram's Bot API: Telegram itself and Bale.
//
// It knows the API's bytes both ways: an update becomes a bot.Inbound, a bot.Outbound becomes calls, an answer becomes
// a bot.Ref or a bot.SendError. What differs between the messengers is a Dialect, a value. It never knows a script, a
// case, a database or a web framework, it decides nothing about what is said, and no error that leaves it carries the
// bot's token.
//
// Calls are the parameter types of github.com/go-telegram/bot, written as one JSON body by our own client; the library's
// client carries uploads alone. Through the library a call is a chunked multipart stream without a length, which cannot
// be repeated, which strict servers refuse, and which costs 2.3 times the CPU (BenchmarkSend, BenchmarkSendByTheLibrary).
package telegram
