package email

import (
	"fmt"
	"net"
	"strings"
	"testing"
)

// A name that no machine has is told with what to do.
func TestUnreachedName(t *testing.T) {
	err := unreached(fmt.Errorf("mail server x: %w", &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}))
	if !strings.HasSuffix(err.Error(), "; no machine has this name; check it in the mail server's address") {
		t.Errorf("says %v", err)
	}
}
