package handles

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/web/gate"
)

// What was done is said by the page that follows a form. The text is in the address of
// that page, so that whichever replica answers can say it, with a proof that it was
// said to this visit: else anybody could have a page say anything by a link. The
// proof is made with the token of the visit, and good for some minutes.
const (
	doneKey  = "done"           // names the value of an address
	doneFor  = 10 * time.Minute // how long it is said
	mostDone = 1000             // bytes of a text
)

// coding is how what is in an address is written.
var coding = base64.RawURLEncoding

// carry returns the address of a page that says text to who sent r.
func carry(r *http.Request, to, text string) string {
	if len(text) > mostDone {
		text = strings.ToValidUTF8(text[:mostDone], "") + "…"
	}
	said := coding.EncodeToString([]byte(text)) + "." + strconv.FormatInt(time.Now().Unix(), 36)
	said += "." + proof(gate.Token(r.Context()), said)
	path, fragment, has := strings.Cut(to, "#")
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	if has {
		fragment = "#" + fragment
	}
	return path + sign + doneKey + "=" + url.QueryEscape(said) + fragment
}

// done returns what was done before a page was asked for, "" for nothing.
func done(r *http.Request) string {
	value, token := r.FormValue(doneKey), gate.Token(r.Context())
	end := strings.LastIndexByte(value, '.')
	if token == "" || end < 0 || subtle.ConstantTimeCompare([]byte(value[end+1:]), []byte(proof(token, value[:end]))) != 1 {
		return ""
	}
	text, at, _ := strings.Cut(value[:end], ".")
	second, err := strconv.ParseInt(at, 36, 64)
	if since := time.Since(time.Unix(second, 0)); err != nil || since > doneFor || since < -doneFor {
		return ""
	}
	plain, _ := coding.DecodeString(text) // carry has coded it
	return string(plain)
}

// proof returns what only who knows the token of a visit can write.
func proof(token, said string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("done " + said))
	return coding.EncodeToString(mac.Sum(nil)[:16])
}
