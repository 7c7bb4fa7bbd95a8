package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// stage is how far a call to a messenger came before it failed, and so what is the matter with it.
type stage string

const (
	stageName    stage = "name"    // the name of the host is not known: no network, or a resolver that lies
	stageForged  stage = "forged"  // the name leads to a private address: filtered by the resolver
	stageProxy   stage = "proxy"   // the outgoing proxy itself does not answer, or refuses
	stageDown    stage = "down"    // the machine is there and nobody listens
	stageSilent  stage = "silent"  // nothing comes back: filtered on the way, or no network
	stageTLS     stage = "tls"     // connected, then cut or given a foreign certificate: filtered by name
	stageAnswer  stage = "answer"  // connected, and no answer to the call
	stageTrouble stage = "trouble" // it answers that it is in trouble itself
)

// probe is one call to a messenger, without the token.
type probe struct {
	base     string // of its API, as configured
	official string // the messenger's own address: a private one behind that name is a forgery
	proxy    string
}

const probeLimit = 10 * time.Second

// run makes the call. An error comes with the stage at which it failed.
func (p probe) run(ctx context.Context) (date time.Time, failed stage, err error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	var seen progressOfCall
	request, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, seen.trace()), http.MethodGet, p.base, nil)
	if err != nil {
		return date, stageName, err
	}
	transport := &http.Transport{TLSHandshakeTimeout: probeLimit, DisableKeepAlives: true}
	if p.proxy != "" {
		through, err := url.Parse(p.proxy)
		if err != nil {
			return date, stageProxy, errors.New("the proxy's address cannot be read")
		}
		transport.Proxy = http.ProxyURL(through)
	}
	answer, err := (&http.Client{Transport: transport, CheckRedirect: stay}).Do(request)
	if err != nil {
		return date, p.judge(seen, err), withoutURL(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusInternalServerError {
		return date, stageTrouble, errors.New(answer.Status)
	}
	date, _ = http.ParseTime(answer.Header.Get("Date"))
	return date, "", nil
}

// stay does not follow: where the messenger sends browsers is of no interest.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// withoutURL is an error of net/http without the address in front: the sentence has it already.
func withoutURL(err error) error {
	if wrapped, is := errors.AsType[*url.Error](err); is {
		return wrapped.Err
	}
	return err
}

// progressOfCall is what a call has been through.
type progressOfCall struct {
	addresses []net.IPAddr
	connected bool // to the messenger, or to the proxy
	handshake bool // begun with the messenger itself, the proxy being behind us
	ready     bool // a connection to make calls on
}

func (s *progressOfCall) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSDone:           func(info httptrace.DNSDoneInfo) { s.addresses = info.Addrs },
		ConnectDone:       func(_, _ string, err error) { s.connected = s.connected || err == nil },
		TLSHandshakeStart: func() { s.handshake = true },
		GotConn:           func(httptrace.GotConnInfo) { s.ready = true },
	}
}

// judge says at which stage a call failed. Behind a proxy only the proxy can be told from all the rest.
func (p probe) judge(seen progressOfCall, err error) stage {
	_, unknownName := errors.AsType[*net.DNSError](err)
	switch {
	case p.proxy != "" && !seen.handshake && !seen.ready:
		return stageProxy
	case unknownName:
		return stageName
	case p.forged(seen.addresses):
		return stageForged
	case !seen.connected && errors.Is(err, syscall.ECONNREFUSED):
		return stageDown
	case !seen.connected:
		return stageSilent
	case !seen.ready:
		return stageTLS
	default:
		return stageAnswer
	}
}

// forged reports whether the messenger's own name leads to an address that cannot be its own: so do resolvers that
// filter (10.10.34.34 and its like).
func (p probe) forged(addresses []net.IPAddr) bool {
	if p.base != p.official {
		return false
	}
	for _, address := range addresses {
		if ip, ok := netip.AddrFromSlice(address.IP); ok && (ip.Unmap().IsPrivate() || ip.Unmap().IsLoopback()) {
			return true
		}
	}
	return false
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
