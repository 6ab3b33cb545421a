package fetch

import (
	"context"
	"mime"
	"net/url"

	"github.com/coupwatch/coupwatch/news"
)

const pageMediaTypes = "text/html, application/xhtml+xml;q=0.9"

// Page asks for the web page at an address that an item of the feed f names: as f
// is asked for if both are of one host, and else as anybody would. What is no page
// of hypertext is a [*Trouble], as is all else that goes wrong and is not of ctx.
func (h *HTTP) Page(ctx context.Context, f news.Feed, address string) (Answer, error) {
	page, near := visited(f, address)
	return h.ask(ctx, page, page.URL, query{pageMediaTypes, isHypertext, near})
}

// Robots asks for the robots.txt of the host of such a page.
func (h *HTTP) Robots(ctx context.Context, f news.Feed, address string) (Answer, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Answer{}, &Trouble{Text: "its address is no http or https URL"}
	}
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	page, near := visited(f, at.String())
	return h.ask(ctx, page, page.URL, query{"text/plain, */*;q=0.5", nil, near})
}

// visited returns a page as what is asked for, and whether it is of the host of
// the feed f that names it. What is to be seen by that host alone stays there,
// and so does the leave to go to a private network: a feed says whatever it likes.
func visited(f news.Feed, address string) (page news.FeedState, near bool) {
	page.URL, page.Login = withLogin(news.Feed{URL: address})
	switch near = sameHost(f.URL, page.URL); {
	case near && page.Login == "":
		if user, password := f.Login.Parts(); user+password != "" { // without the secrets of the feed's query
			page.Login = news.Login(url.UserPassword(user, password).String())
		}
		page.Access = f.Access
	case near:
		page.Access = f.Access
	case f.Access != nil:
		page.Access = &news.Access{UserAgent: f.Access.UserAgent, Proxy: f.Access.Proxy}
	}
	return page, near
}

// isHypertext reports whether a Content-Type is that of a page, or is not said.
func isHypertext(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType) // what is wrong with it is the charset
	return contentType == "" || kind == "text/html" || kind == "application/xhtml+xml"
}
