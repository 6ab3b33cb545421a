package news

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// An Access is what it takes to be given a feed, beside its address. It is
// stored nowhere. The zero value is that anybody is.
type Access struct {
	UserAgent string // who to say that asks; "" for what is said to all
	Headers   []Sent // to send along
	Cookies   []Sent
	User      Value // of a login with a password
	Password  Value
	Bearer    Value // a token, in place of a login
	Digest    bool  // the password is not sent, but proved to be known (RFC 7616)
	Proxy     Value // the address of one to ask over
	Insecure  bool  // its certificate need not be valid
}

// A Sent is a header or a cookie that goes with each request.
type Sent struct {
	Name  string
	Value Value
}

// A Value is a text that may be a secret, or where it is kept. It is shown
// nowhere. The zero value is none.
type Value struct {
	Text Login  // as it is, "" if it is kept elsewhere
	Env  string // the variable that holds it
	File string // the file that holds it, in the folder for secrets
}

// Where says where a value is kept, in words that hide it.
func (v Value) Where() string {
	switch {
	case v.Env != "":
		return "the variable " + v.Env
	case v.File != "":
		return "the file " + v.File
	}
	return "rules.yaml"
}

// Secret reports whether somebody is let in by a: who asks without it gets
// another answer, and who is sent it could ask as we do.
func (a *Access) Secret() bool {
	return a != nil && (len(a.Headers) > 0 || len(a.Cookies) > 0 || a.User != Value{} || a.Password != Value{} || a.Bearer != Value{})
}

// How returns a short hash of all that decides how a feed is asked for and read
// but is not stored, "" if nothing does: whether it is as it was before.
func (f Feed) How() string {
	var said strings.Builder
	if a := f.Access; a != nil {
		value := func(v Value) string { return fmt.Sprintf("%q %q %q", string(v.Text), v.Env, v.File) }
		fmt.Fprintf(&said, "%q %s %s %s %s %v", a.UserAgent, value(a.User), value(a.Password), value(a.Bearer), value(a.Proxy), a.Insecure)
		if a.Digest {
			said.WriteString(" digest")
		}
		for _, fields := range [][]Sent{a.Headers, a.Cookies} {
			for _, x := range fields {
				fmt.Fprintf(&said, " %q=%s", x.Name, value(x.Value))
			}
			said.WriteByte(';')
		}
	}
	if f.Zone != nil {
		said.WriteString(" zone " + f.Zone.String())
	}
	if f.Charset+string(f.Identity) != "" {
		fmt.Fprintf(&said, " %q %q", f.Charset, f.Identity)
	}
	if said.Len() == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(said.String()))
	return hex.EncodeToString(sum[:4])
}

// An Identity is by what the items of a feed are known again.
type Identity string

// The identities. The empty one is [ByGUID].
const (
	ByGUID  Identity = "guid"  // by the guid, else by the link, else by the title
	ByLink  Identity = "link"  // by the link, whatever the guid
	ByTitle Identity = "title" // by the title: an edited one is another item
)
