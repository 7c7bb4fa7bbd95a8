package embeddings

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"javab/locales/text"
)

// Batch is how many texts are sent in one request.
const Batch = 64

// The bounds of one request.
const (
	callLimit = time.Minute // a model without a graphics card takes seconds for a batch; who waits for less says so
	maxAnswer = 16 << 20    // 64 vectors of 8,192 numbers, as long as numbers are written
)

// Client asks one server. It may be used by many at once.
type Client struct {
	endpoint, model, key string
	web                  *http.Client
}

// Open prepares to ask the server at the address, with or without the /v1 that the form begins with. Model and key may be
// empty: a server with one model, or in the same house, needs neither.
func Open(address, model, key string) *Client {
	base := strings.TrimSuffix(strings.TrimRight(address, "/"), "/v1")
	transport := &http.Transport{MaxIdleConnsPerHost: 16, IdleConnTimeout: 45 * time.Second, TLSHandshakeTimeout: 10 * time.Second}
	return &Client{
		endpoint: base + "/v1/embeddings", model: model, key: key,
		web: &http.Client{Transport: transport, Timeout: callLimit, CheckRedirect: stay},
	}
}

// stay does not follow: what is said is for the server that was named.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// request and answer are the common form.
type request struct {
	Model string   `json:"model,omitempty"`
	Input []string `json:"input"`
}

type answer struct {
	Data []struct {
		Index     int       `json:"index"`
		Embedding []float32 `json:"embedding"`
	} `json:"data"`
}

// Embed returns a vector for each text, in their order and all of one length. Its errors hold neither the key nor the URL, and
// nothing of what the server says beside its status: it may say what it was sent.
func (c *Client) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for batch := range slices.Chunk(texts, Batch) {
		some, err := c.embed(ctx, batch)
		if err != nil {
			return nil, err
		}
		vectors = append(vectors, some...)
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return nil, errors.New("the vectors are empty, or not of one length")
		}
	}
	return vectors, nil
}

func (c *Client) embed(ctx context.Context, texts []string) ([][]float32, error) {
	masked := make([]string, len(texts))
	for i, t := range texts {
		masked[i] = text.Mask(t)
	}
	body, err := json.Marshal(request{c.model, masked})
	if err != nil {
		return nil, fmt.Errorf("write the texts: %w", err)
	}
	body, err = c.post(ctx, body)
	if err != nil {
		return nil, err
	}
	var a answer
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, errors.New("the answer is not of the form of /v1/embeddings")
	}
	return a.inOrder(len(texts))
}

// post sends a request and reads the whole answer, so that the connection can be used again.
func (c *Client) post(ctx context.Context, body []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, withoutURL(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	}
	resp, err := c.web.Do(req)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer resp.Body.Close()
	read, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the answer: %w", err)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("the answer is %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	case len(read) > maxAnswer:
		return nil, fmt.Errorf("the answer is longer than %d MB", maxAnswer>>20)
	}
	return read, nil
}

// inOrder are the vectors in the order of the texts: servers may answer in another.
func (a answer) inOrder(texts int) ([][]float32, error) {
	vectors := make([][]float32, texts)
	for _, d := range a.Data {
		if d.Index < 0 || d.Index >= texts || vectors[d.Index] != nil {
			return nil, fmt.Errorf("the answer has a vector %d for %d texts, or has it twice", d.Index, texts)
		}
		vectors[d.Index] = d.Embedding
	}
	if len(a.Data) != texts {
		return nil, fmt.Errorf("the answer has %d vectors for %d texts", len(a.Data), texts)
	}
	return vectors, nil
}

// withoutURL is an error of net/http without the address, in which some servers want a key.
func withoutURL(err error) error {
	if wrapped, is := errors.AsType[*url.Error](err); is {
		return wrapped.Err
	}
	return err
}
