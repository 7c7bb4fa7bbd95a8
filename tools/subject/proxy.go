package subject

import (
	"io"
	"net"
	"sync"
)

// Proxy stands between the subject and a server, and can cut the line.
type Proxy struct {
	Address string

	target   string
	listener net.Listener
	mu       sync.Mutex
	cut      bool
	open     map[net.Conn]struct{}
}

// NewProxy listens on a loopback port for connections to target.
func NewProxy(target string) (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &Proxy{Address: listener.Addr().String(), target: target, listener: listener, open: make(map[net.Conn]struct{})}
	go p.accept()
	return p, nil
}

// Cut closes all connections and refuses new ones, or lets them pass again.
func (p *Proxy) Cut(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cut = on
	if !on {
		return
	}
	for conn := range p.open {
		conn.Close()
	}
}

func (p *Proxy) accept() {
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.pipe(conn)
	}
}

func (p *Proxy) pipe(near net.Conn) {
	defer near.Close()
	if !p.keep(near) {
		return
	}
	defer p.drop(near)
	far, err := net.Dial("tcp", p.target)
	if err != nil || !p.keep(far) {
		return
	}
	defer far.Close()
	defer p.drop(far)
	go func() { io.Copy(far, near); far.Close() }()
	io.Copy(near, far)
}

func (p *Proxy) keep(conn net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.cut {
		p.open[conn] = struct{}{}
	}
	return !p.cut
}

func (p *Proxy) drop(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, conn)
}
