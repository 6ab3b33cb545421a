package rulefile

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/news"
)

var outletKeys = []string{"name", "domains", "aliases", "family"}

// outlet reads an entry of outlets.
func (r *reader) outlet(i int, n *yaml.Node) {
	what := node.Title("outlet", i, n, "name")
	var out news.Outlet
	r.Fields(n, what, outletKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "name":
			if out.Name = r.Text(v, at); out.Name != "" {
				r.define(r.outlets, "outlet", out.Name, v)
			}
		case "domains":
			for _, item := range r.Items(v) {
				out.Domains = append(out.Domains, r.domain(item, at))
			}
		case "aliases":
			out.Aliases = r.Texts(v, at)
		case "family":
			out.Family = r.Text(v, at)
		}
	})
	r.needs(n, what, "name")
	r.spec.Policy.Outlets = append(r.spec.Policy.Outlets, out)
}

// aDomain is what the name of a host in lower case looks like.
var aDomain = regexp.MustCompile(`^([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$`)

// domain returns the name of a host, without a leading "www.".
func (r *reader) domain(n *yaml.Node, what string) string {
	written := r.Text(n, what)
	name := strings.TrimPrefix(strings.ToLower(written), "www.")
	if written == "" {
		return ""
	}
	if !aDomain.MatchString(name) {
		r.Add(node.Deref(n), code.BadDomain, what+": "+say.Quote(written)+" is no domain", "write one like thetimes.co.uk, without https:// and without a path")
		return ""
	}
	r.define(r.domains, "domain", name, n)
	return name
}
