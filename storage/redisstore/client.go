package redisstore

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// quick is how long a connection or an answer may take: beyond it the turn is better off with SQL.
const quick = 200 * time.Millisecond

var errAddress = errors.New("the address of Redis cannot be read") // the parsers' own errors tell the password

// silence stops go-redis from writing lines of its own to the standard error: its errors come back to us as well.
var silence = sync.OnceFunc(func() { redis.SetLogger(quiet{}) })

type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

// connect makes a client for redis://, rediss:// and unix:// addresses. With master_name in the query the host is a
// Sentinel, with addr (and no master_name) a node of a Cluster.
//
// The defaults of go-redis cost 410 ms per call on a refused connection: several dials, several tries.
func connect(address string) (redis.UniversalClient, error) {
	silence()
	u, err := url.Parse(address)
	if err != nil {
		return nil, errAddress
	}
	switch query := u.Query(); {
	case query.Has("master_name"):
		return sentinel(address)
	case query.Has("addr"):
		return cluster(address)
	}
	return single(address)
}

func single(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, errAddress
	}
	o.DialTimeout, o.ReadTimeout = cmp.Or(o.DialTimeout, quick), cmp.Or(o.ReadTimeout, quick)
	o.WriteTimeout, o.PoolTimeout = cmp.Or(o.WriteTimeout, quick), cmp.Or(o.PoolTimeout, quick)
	o.DialerRetries, o.MaxRetries, o.ContextTimeoutEnabled = 1, -1, true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.DisableIdentity = true
	return redis.NewClient(o), nil
}

func sentinel(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseFailoverURL(address)
	if err != nil {
		return nil, errAddress
	}
	o.DialTimeout, o.ReadTimeout = cmp.Or(o.DialTimeout, quick), cmp.Or(o.ReadTimeout, quick)
	o.WriteTimeout, o.PoolTimeout = cmp.Or(o.WriteTimeout, quick), cmp.Or(o.PoolTimeout, quick)
	o.DialerRetries, o.MaxRetries, o.ContextTimeoutEnabled = 1, -1, true
	o.DisableIdentity = true
	return redis.NewFailoverClient(o), nil
}

func cluster(address string) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(address)
	if err != nil {
		return nil, errAddress
	}
	o.DialTimeout, o.ReadTimeout = cmp.Or(o.DialTimeout, quick), cmp.Or(o.ReadTimeout, quick)
	o.WriteTimeout, o.PoolTimeout = cmp.Or(o.WriteTimeout, quick), cmp.Or(o.PoolTimeout, quick)
	o.DialerRetries, o.MaxRetries, o.ContextTimeoutEnabled = 1, -1, true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.DisableIdentity = true
	return redis.NewClusterClient(o), nil
}
