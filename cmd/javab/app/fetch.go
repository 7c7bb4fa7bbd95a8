package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/deliver"
	"javab/bot/telegram"
	"javab/storage"
	"javab/storage/files"
)

// fetch carries out a JobFile: the body streams from the messenger to the disk. How it ended is committed with an
// Event, so that the member hears of a file that was refused or lost; what he submitted never waits for it.
func (h *house) fetch(ctx context.Context, job bot.Job) error {
	var order bot.FileOrder
	if err := json.Unmarshal(job.Payload, &order); err != nil {
		return fmt.Errorf("read file order: %w", err)
	}
	stored, err := h.receive(ctx, order.Chat, order.File)
	event := bot.EventFileStored
	switch {
	case err == nil:
	case errors.Is(ctx.Err(), context.Canceled): // by a shutdown: it comes again, even at the last try
		return err
	case errors.Is(err, errEnough):
		stored.State, event = bot.FileRefused, bot.EventFilesEnough
	case refused(err):
		stored.State, event = bot.FileRefused, bot.EventFileRefused
	case bot.FaultOf(err) == bot.FaultNotFound || job.Attempts+1 >= deliver.MaxAttempts: // the last try: he must hear of it
		stored.State, event = bot.FileLost, bot.EventFileLost
	default:
		return err
	}
	// What became of it is kept also when the time for fetching is over.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleLimit)
	defer cancel()
	return h.settleFile(ctx, order.Chat, stored, event)
}

// settleLimit bounds the one transaction after a fetch; the job's lease lasts longer.
const settleLimit = 5 * time.Second

func (h *house) channel(id bot.ChannelID) (*telegram.Channel, error) {
	for _, c := range h.channels {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, fmt.Errorf("channel %s is not set up", id)
}

// receive takes a file unless the chat has sent enough.
func (h *house) receive(ctx context.Context, chat bot.ChatKey, f bot.File) (bot.File, error) {
	f.State = bot.FileAnnounced
	if err := h.quota(ctx, chat, f); err != nil {
		return f, err
	}
	return h.download(ctx, chat.Channel(), f)
}

// download pipes the messenger's bytes into the store.
func (h *house) download(ctx context.Context, channel bot.ChannelID, f bot.File) (bot.File, error) {
	c, err := h.channel(channel)
	if err != nil {
		return f, err
	}
	body, into := io.Pipe()
	defer body.Close()
	go func() {
		_, err := c.Files.Fetch(ctx, f.Handle, into, c.Caps.MaxDown)
		into.CloseWithError(err)
	}()
	stored, err := h.files.Save(f, body)
	if err != nil {
		return f, err
	}
	return stored, nil
}

// refused reports that the file will not be taken however often it is fetched.
func refused(err error) bool {
	return errors.Is(err, files.ErrType) || errors.Is(err, files.ErrSize) || errors.Is(err, files.ErrEmpty) ||
		bot.FaultOf(err) == bot.FaultTooLong
}

// settleFile writes what became of a file, and the Event that says so, in one transaction.
func (h *house) settleFile(ctx context.Context, chat bot.ChatKey, f bot.File, event bot.EventName) error {
	now := h.env.Clock()
	key := "file:" + f.ID + ":" + string(f.State)
	if event == bot.EventFilesEnough { // told once a day, however many files follow
		key = "files:" + string(chat) + ":" + now.UTC().Format(time.DateOnly)
	}
	in, err := json.Marshal(bot.Inbound{
		Receipt: bot.ReceiptKey{Source: bot.SourceInternal, ID: key}, Chat: chat, Kind: bot.KindEvent, Event: event,
		Files: []bot.File{f}, At: now,
	})
	if err != nil {
		return err
	}
	err = h.store.Do(ctx, func(tx storage.Tx) error {
		if err := tx.SaveFile(ctx, f); err != nil {
			return err
		}
		if event == bot.EventFileStored {
			return nil
		}
		_, err := tx.Append(ctx, converse.Rows{Jobs: []bot.Job{{Kind: bot.JobEvent, Key: key, Payload: in, RunAt: now}}}, bot.Lease{})
		return err
	})
	if err == nil {
		h.courier.Wake("")
	}
	return err
}
