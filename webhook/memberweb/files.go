package memberweb

import (
	"net/http"
	"net/url"

	"javab/bot"
	"javab/bot/members"
	"javab/webhook/page"
)

// file is one of a member's files as his page shows it.
type file struct {
	page.File
	URL string // where it can be had; empty while it cannot, and for whom the chat does not open
}

// Papers are the files of the member's chats.
func (p profile) Papers() (list []file) {
	for _, f := range p.Files {
		shown := file{File: p.File(f.File)}
		if f.State == bot.FileStored {
			shown.URL = p.download(f)
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
