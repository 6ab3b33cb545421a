package watcher

import (
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// ParseFor reads doc for no longer than limit.
func ParseFor(doc []byte, limit time.Duration) error {
	m, err := markup(doc)
	if err == nil {
		_, err = parseXML(m, limit)
	}
	return err
}

// HubOf returns the hub that a document names.
func HubOf(d Document) news.Hub { return d.hub }
