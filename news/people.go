package news

import "time"

// A Role says what somebody may do at the page. The zero value may nothing.
type Role int

// The roles, the one who may more after the one who may less.
const (
	Nobody  Role = iota
	Reader       // may see everything
	Analyst      // may change what people hear
)

// String returns the role as people write it: "reader".
func (r Role) String() string {
	switch r {
	case Reader:
		return "reader"
	case Analyst:
		return "analyst"
	}
	return "nobody"
}

// ParseRole reads a role as [Role.String] writes it, but "nobody".
func ParseRole(s string) (r Role, known bool) {
	for _, r := range []Role{Reader, Analyst} {
		if s == r.String() {
			return r, true
		}
	}
	return Nobody, false
}

// A User is somebody who logs in at the page with a password of coupwatch's own.
type User struct {
	Name    string // in lower case; see package web/login
	Role    Role
	Since   time.Time
	Changed time.Time // when the password was set
	Seen    time.Time // when a session was last used, to some minutes; zero if none is kept
}

// A Purpose is what a key is for.
type Purpose string

// The purposes of keys.
const (
	ForFeeds    Purpose = "feeds" // to read /alerts.atom and /alerts.json, in the address
	ForPrograms Purpose = "api"   // to do at /api/ what its owner may, as a bearer token
)

// A Key is one that somebody has; what it is nobody keeps.
type Key struct {
	Name    string // of whose it is
	Purpose Purpose
	Made    time.Time
}

// The ways in which somebody logs in.
const (
	ByPassword = "password"
	ByIssuer   = "oidc"
)

// A Session is that of somebody who has logged in, until it ends.
type Session struct {
	ID     string   // the hash of what the browser has, never that itself
	Name   string   // of who it is
	By     string   // how they logged in
	Role   Role     // of a user, as it is now; [Nobody] of who came by an issuer, or is gone
	Groups []string // as the issuer told them
	Began  time.Time
	Seen   time.Time // to some minutes
}

// A Deed is a change that somebody made at the page or by a command. It holds no
// secret.
type Deed struct {
	At   time.Time
	Who  string
	From string // an address, or "command line"
	What string // such as "muted rule coup until 3 Dec 2026 12:00 UTC: elections"
}
