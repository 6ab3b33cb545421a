package watcher

import "time"

// ParseFor reads doc for no longer than limit.
func ParseFor(doc []byte, limit time.Duration) error {
	m, err := markup(doc)
	if err == nil {
		_, err = parseXML(m, limit)
	}
	return err
}
