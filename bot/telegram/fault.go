package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"javab/bot"
)

// defaultWait is how long a refusal for pace holds when the messenger does not say; Bale often does not.
const defaultWait = 5 * time.Second

// fault wraps an error of the network. Errors of net/http quote the URL, and the URL holds the token.
func (c *client) fault(kind bot.SendFault, err error) *bot.SendError {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	return &bot.SendError{Fault: kind, Err: c.scrub(err)}
}

// scrubbed is an error whose text is safe to log and to keep. Only the end of a context stays recognisable.
type scrubbed struct {
	text  string
	cause error
}

func (e *scrubbed) Error() string { return e.text }
func (e *scrubbed) Unwrap() error { return e.cause }

var tokenLike = regexp.MustCompile(`[0-9]{6,12}:[A-Za-z0-9_-]{30,}`)

func (c *client) scrub(err error) error {
	s := &scrubbed{text: c.scrubText(err.Error())}
	for _, ending := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, ending) {
			s.cause = ending
		}
	}
	return s
}

func (c *client) scrubText(s string) string {
	return tokenLike.ReplaceAllString(strings.ReplaceAll(s, c.token, "***"), "***")
}

// refused turns the API's own refusal into a fault.
func (c *client) refused(status int, header http.Header, code int, description string, after, migrateTo int64) *bot.SendError {
	if code == 0 {
		code = status
	}
	e := &bot.SendError{Fault: faultOf(code, description), Err: errors.New(c.scrubText(fmt.Sprintf("%d %s", code, cut(description, 300))))}
	switch {
	case migrateTo != 0:
		e.Fault, e.To = bot.FaultMigrated, strconv.FormatInt(migrateTo, 10)
	case e.Fault == bot.FaultRateLimited:
		e.After = wait(header, after)
	}
	return e
}

// refusedPlain reads an answer that is not the API's: a proxy's error page, or Bale's bare "local_rate_limited". A 200
// that is not JSON is no answer to our call either, and nobody knows whether it arrived.
func (c *client) refusedPlain(status int, header http.Header, body string) *bot.SendError {
	e := &bot.SendError{Fault: bot.FaultAmbiguous, Err: fmt.Errorf("%d, and the answer is no JSON", status)}
	switch {
	case status == http.StatusTooManyRequests || strings.Contains(body, "local_rate_limited"):
		e.Fault, e.After = bot.FaultRateLimited, wait(header, 0)
	case status == http.StatusUnauthorized:
		e.Fault = bot.FaultUnauthorized
	case status == http.StatusRequestEntityTooLarge:
		e.Fault = bot.FaultTooLong
	}
	return e
}

func wait(header http.Header, after int64) time.Duration {
	if after <= 0 {
		after, _ = strconv.ParseInt(header.Get("Retry-After"), 10, 64)
	}
	if after <= 0 || after > int64(24*time.Hour/time.Second) {
		return defaultWait
	}
	return time.Duration(after) * time.Second
}

// noSuchUser is Bale's own status for a chat that is not there or not to be written to.
const noSuchUser = 440

func faultOf(code int, description string) bot.SendFault {
	said := strings.ToLower(description)
	switch {
	case code == http.StatusTooManyRequests || strings.Contains(said, "local_rate_limited"):
		return bot.FaultRateLimited
	case code == http.StatusUnauthorized:
		return bot.FaultUnauthorized
	case code == http.StatusForbidden || code == noSuchUser:
		return bot.FaultBlocked
	case code == http.StatusNotFound:
		return notFoundFault(said)
	case code == http.StatusRequestEntityTooLarge:
		return bot.FaultTooLong
	case code == http.StatusConflict:
		return bot.FaultTransient // another one polls, or a webhook is being changed
	case code >= 500:
		return bot.FaultAmbiguous
	}
	return badRequestFault(said)
}

// notFoundFault tells the one thing the API means by a bare "Not Found", a token it does not know, from a method or a
// file that it does not have.
func notFoundFault(said string) bot.SendFault {
	switch {
	case said == "" || said == "not found":
		return bot.FaultUnauthorized
	case strings.Contains(said, "method"):
		return bot.FaultUnsupported
	}
	return bot.FaultNotFound
}

// badRequestFault reads the text of a 400: the API has no other way of saying what was wrong.
func badRequestFault(said string) bot.SendFault {
	for _, known := range badRequests {
		if strings.Contains(said, known.says) {
			return known.fault
		}
	}
	return bot.FaultRejected
}

var badRequests = [...]struct {
	says  string
	fault bot.SendFault
}{
	{"message is not modified", bot.FaultNotModified},
	{"query is too old", bot.FaultStale},
	{"query_id_invalid", bot.FaultStale},
	{"query id is invalid", bot.FaultStale},
	{"can't parse entities", bot.FaultMarkup},
	{"chat not found", bot.FaultNotFound},
	{"peer_id_invalid", bot.FaultNotFound},
	{"message to edit not found", bot.FaultNotFound},
	{"message to delete not found", bot.FaultNotFound},
	{"message can't be edited", bot.FaultStale},
	{"message can't be deleted", bot.FaultStale},
	{"message_id_invalid", bot.FaultNotFound},
	{"message identifier is not specified", bot.FaultNotFound},
	{"file_id", bot.FaultNotFound},
	{"file is temporarily unavailable", bot.FaultTransient},
	{"file is too big", bot.FaultTooLong},
	{"message is too long", bot.FaultTooLong},
	{"caption is too long", bot.FaultTooLong},
	{"user is deactivated", bot.FaultBlocked},
	{"bot was blocked", bot.FaultBlocked},
}
