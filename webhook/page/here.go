package page

import (
	"net"
	"net/http"
	"strings"
)

// Here reports whether a request was made on this machine, by a name of this machine, and through no proxy: a page
// elsewhere that lets its own name point here (DNS rebinding) calls by that name, and behind a proxy "this machine" says
// nothing of who is calling.
func Here(r *http.Request) bool {
	forwarded := r.Header.Get("Forwarded") != "" || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Host") != ""
	return loopback(r.Host) && loopback(r.RemoteAddr) && !forwarded
}

// loopback reports whether a host, with or without a port, is this machine.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
