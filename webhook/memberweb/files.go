package memberweb

import (
	"net/http"
	"net/url"

	"javab/bot"
	"javab/bot/members"
)

// file is one of a member's files as his page shows it.
type file struct {
	Name, Kind, Size, State string
	URL                     string // where it can be had; empty while it cannot, and for whom the chat does not open
}

// Papers are the files of the member's chats.
func (p profile) Papers() (list []file) {
	for _, f := range p.Files {
		shown := file{Name: f.Name, Kind: p.kind(f.Kind)}
		if f.Size > 0 {
			shown.Size = p.Say("desk.file.size", "N", p.N(int(max(1, f.Size/1024))))
		}
		switch f.State {
		case bot.FileStored:
			shown.URL = p.download(f)
		case bot.FileRefused, bot.FileLost:
			shown.State = p.T("desk.file." + string(f.State))
		default:
			shown.State = p.T("desk.file.waiting")
		}
		list = append(list, shown)
	}
	return list
}

// download is the address at which the desk gives a file out, by its own rights, and writes it into the audit.
func (p profile) download(f members.File) string {
	if !p.Allows(http.MethodGet, "/desk/:chat/file/:id") {
		return ""
	}
	for _, one := range p.Talks {
		if one.Key == f.Chat && one.At != "" {
			return "/desk/" + string(f.Chat) + "/file/" + url.PathEscape(f.ID)
		}
	}
	return ""
}

func (p profile) kind(kind string) string {
	switch kind {
	case "photo", "voice", "audio", "video":
		return p.T("desk.file." + kind)
	default:
		return p.T("desk.file.document")
	}
}
