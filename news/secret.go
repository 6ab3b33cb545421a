package news

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// between parts the login and the secrets of the query in a [Login].
const between = "\x00"

// masks are what stands in an address in place of a secret.
var masks = regexp.MustCompile(`^…[0-9a-f]{4}$`)

// SplitSecrets returns an address as it may be shown, and what was taken out of
// it: its login, as [SplitLogin] finds it, and the values of those parameters of
// its query that are there to let somebody in: "token", "key", "auth", "sig" and
// their like. In their place stands a mark that tells one value from another:
// two feeds that differ in nothing but their token are two. An address that is
// shown so already stays as it is.
func SplitSecrets(address string) (plain string, secrets Login) {
	plain, login := SplitLogin(address)
	if _, _, found := cutScheme(address); !found || strings.Contains(address, between) {
		return plain, login
	}
	var values []string
	plain = eachSecret(plain, func(value string) string {
		if masks.MatchString(value) {
			return value
		}
		values = append(values, value)
		return mask(value)
	})
	if len(values) == 0 {
		return plain, login
	}
	return plain, Login(string(login) + between + strings.Join(values, between))
}

// withSecrets puts the secrets of a query into the places of their masks.
func withSecrets(address string, values []string) string {
	return eachSecret(address, func(value string) string {
		if len(values) == 0 || !masks.MatchString(value) {
			return value
		}
		value, values = values[0], values[1:]
		return value
	})
}

// mask returns what is shown of a secret.
func mask(value string) string {
	sum := sha256.Sum256([]byte(value))
	return "…" + hex.EncodeToString(sum[:2])
}

// eachSecret returns an address in which the value of each parameter that lets
// somebody in is what to makes of it.
func eachSecret(address string, to func(value string) string) string {
	page, query, found := strings.Cut(address, "?")
	if !found || strings.Contains(page, "#") {
		return address
	}
	query, _, _ = strings.Cut(query, "#")
	end := address[len(page)+1+len(query):]
	parameters := strings.Split(query, "&")
	for i, p := range parameters {
		if name, value, _ := strings.Cut(p, "="); value != "" && isSecret(name) {
			parameters[i] = name + "=" + to(value)
		}
	}
	return page + "?" + strings.Join(parameters, "&") + end
}

// secretWords are the words in the names of parameters that let somebody in.
var secretWords = []string{
	"token", "key", "apikey", "authkey", "accesskey", "auth", "authtoken", "accesstoken", "authorization", "secret", "sig", "signature", "hmac",
	"password", "passwd", "passphrase", "pwd", "pass", "pw", "jwt", "credential", "credentials", "session", "sessionid", "sid",
}

var camel = regexp.MustCompile(`([a-z])([A-Z])`)

// isSecret reports whether a parameter of that name lets somebody in, however
// its words are joined: "api_key", "apiKey", "X-Amz-Signature".
func isSecret(name string) bool {
	name = strings.ToLower(camel.ReplaceAllString(unescaped(name), "$1-$2"))
	words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("-_.[]: ", r) })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(secretWords, w) })
}
