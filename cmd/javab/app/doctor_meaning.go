package app

import (
	"context"
	"time"

	"javab/bot/embeddings"
)

// embeddingsLimit is how long the doctor waits for the server of meanings: longer than a question does.
const embeddingsLimit = 10 * time.Second

// meaning asks the server of meanings about a word, if there is one. The first answer may have to wait for its model, so that the
// second is the one that tells how long questions will.
func (d *doctor) meaning(ctx context.Context) {
	if d.config.EmbeddingsURL == "" {
		return
	}
	data := params{"Where": place(d.config.EmbeddingsURL), "Patience": d.config.EmbeddingsPatience}
	ctx, cancel := context.WithTimeout(ctx, embeddingsLimit)
	defer cancel()
	server := embeddings.Open(d.config.EmbeddingsURL, d.config.EmbeddingsModel, d.config.EmbeddingsKey)
	var begun time.Time
	for range 2 {
		begun = d.env.Clock()
		if _, err := server.Embed(ctx, []string{"Javab"}); err != nil {
			data["Cause"] = cause(err)
			d.find(warning, "meaning", "away", data)
			return
		}
	}
	took := d.env.Clock().Sub(begun).Milliseconds()
	data["Milliseconds"] = took
	if took > int64(d.config.EmbeddingsPatience) {
		d.find(warning, "meaning", "slow", data)
		return
	}
	d.find(fine, "meaning", "good", data)
}
