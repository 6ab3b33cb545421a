package doctor

import "github.com/coupwatch/coupwatch/notify"

// Page looks over who may use the page at an address: who says it, unless err says
// what is wrong.
func Page(listen, who string, err error) Ward {
	if err != nil {
		return Ward{"page", []notify.Finding{bad("who may use it", err)}}
	}
	return Ward{"page", []notify.Finding{good("who may use it", "at %s %s", listen, who)}}
}
