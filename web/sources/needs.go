package sources

import (
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// needs says what it takes to read a feed, and how it is read otherwise than others.
// It says where secrets are kept and never what they are.
func needs(f news.Feed) (all []string) {
	add := func(when bool, text string) {
		if when {
			all = append(all, text)
		}
	}
	user, _ := f.Login.Parts()
	add(user != "", "a login, in its address in rules.yaml")
	add(strings.Contains(string(f.Login), "\x00"), "a key in its address, in rules.yaml")
	if a := f.Access; a != nil {
		kept := func(what string, v news.Value) { add(v != news.Value{}, what+", kept in "+v.Where()) }
		kept("a user", a.User)
		kept("a password", a.Password)
		add(a.Digest, "a login by Digest: the password is proved to be known, and not sent")
		kept("a bearer token", a.Bearer)
		for _, h := range a.Headers {
			kept("the header "+h.Name, h.Value)
		}
		for _, c := range a.Cookies {
			kept("the cookie "+c.Name, c.Value)
		}
		kept("a proxy", a.Proxy)
		add(a.UserAgent != "", "another name for who asks: "+a.UserAgent)
		add(a.Insecure, "its certificate is not looked at")
	}
	add(f.Page != news.Page{}, "it is a web page, read by CSS selectors")
	if f.Zone != nil {
		add(true, "dates without a zone are of "+f.Zone.String())
	}
	add(f.Charset != "", "it is read as "+f.Charset)
	add(f.Identity == news.ByLink, "an item is known again by its link")
	add(f.Identity == news.ByTitle, "an item is known again by its title")
	add(f.FullText == news.AllText, "the page behind each link is read")
	add(f.FullText == news.NoText, "no page behind a link is read")
	return all
}
