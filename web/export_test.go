package web

import (
	"net/http"
	"time"
)

// Hurried is [Handler] that tells of changes at once, and lets who lost it come back as
// soon.
func Hurried(o Options) http.Handler {
	s := newSite(o)
	s.live.lookEvery, s.live.comeBack = 10*time.Millisecond, 50*time.Millisecond
	return s.handler()
}
