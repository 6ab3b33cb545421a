package news

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ItemID returns the identity of the item that the feed at feedURL knows by
// key; see [Item.Key].
func ItemID(feedURL, key string) string {
	sum := sha256.Sum256([]byte(feedURL + "\x00" + key))
	return hex.EncodeToString(sum[:8])
}

// FeedID returns a short name of the feed at url, for the address of its page.
func FeedID(url string) string { return "f-" + ItemID(url, "")[:10] }

// Key returns what its feed knows the item by: its guid, else its canonical
// link, else its title.
func (it Item) Key() string {
	switch {
	case it.GUID != "":
		return revision.ReplaceAllString(it.GUID, "$1")
	case it.Link != "":
		return CanonicalLink(it.Link)
	default:
		return it.Title
	}
}

// revision is the counter that some outlets (the BBC is one) append to the
// guid, which is a link, each time they edit the item.
var revision = regexp.MustCompile(`^(https?://.*)#\d{1,2}$`)

// PlainKey returns the item's key without what does not tell one address from
// another: http or https, "www." and a closing slash.
func (it Item) PlainKey() string {
	return PlainAddress(it.Key())
}

// PlainAddress returns a web address with https, without "www." and without a
// closing slash, and whatever else it is given as it is.
func PlainAddress(s string) string {
	if same := spellings(s); len(same) > 0 {
		return same[0]
	}
	return s
}

// AddressKey returns what is the same for all web addresses that lead to the same,
// however they are spelt: with http or https, with "www." or without, with a
// closing slash or without, and with whatever letters in the name of the host.
func AddressKey(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	end := strings.IndexAny(rest+"/", "/?#")
	return PlainAddress(strings.ToLower(scheme) + "://" + strings.ToLower(rest[:end]) + rest[end:])
}

// SameAddress reports whether two web addresses lead to the same; see
// [AddressKey].
func SameAddress(a, b string) bool { return AddressKey(a) == AddressKey(b) }

// IDByArticle returns the identity of an article whose key was that of another
// article before: some outlets use a guid again.
func (it Item) IDByArticle() string {
	if link := articleLink(it.Link); link != "" {
		return ItemID(it.Feed, it.PlainKey()+"\x00"+link)
	}
	return it.IDByTitle()
}

// IDByTitle returns the identity of an item whose key is that of others of the
// same reading.
func (it Item) IDByTitle() string { return ItemID(it.Feed, it.Key()+"\x00"+it.Title) }

// OtherIDs returns the identities, beside its own, by which the item may be
// known since an earlier reading: when the feed spelt its key otherwise, or had
// more or fewer items of the same key.
func (it Item) OtherIDs() []string {
	key := it.Key()
	ids := []string{ItemID(it.Feed, key), it.IDByArticle(), it.IDByTitle()}
	for _, same := range spellings(key) {
		ids = append(ids, ItemID(it.Feed, same))
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == it.ID })
}

// spellings returns a web address with http and https, with "www." and without,
// and with a closing slash and without; nothing if key is none.
func spellings(key string) []string {
	scheme, rest, _ := strings.Cut(key, "://")
	if scheme != "http" && scheme != "https" {
		return nil
	}
	rest = strings.TrimPrefix(rest, "www.")
	end := strings.IndexAny(rest+"?", "?#")
	page, query := strings.TrimRight(rest[:end], "/"), rest[end:]
	var same []string
	for _, host := range []string{"https://", "http://", "https://www.", "http://www."} {
		same = append(same, host+page+query, host+page+"/"+query)
	}
	return same
}

// How much of two titles, as a share of their words, is the same in those of
// one article: if it moved to another address, and if its address is not known.
const (
	titleOfMoved = 3.0 / 4
	titleOfSame  = 1.0 / 5
)

// IsArticle reports whether the item is the article with a title and link that
// its feed knew by the same key before. An article keeps its address or the
// number in it whatever becomes of its headline. What has another address is
// the same only under nearly the same title; where no address tells, it is
// another one if the titles have hardly a word in common.
func (it Item) IsArticle(title, link string) bool {
	before, now := articleLink(link), articleLink(it.Link)
	switch {
	case before == "" || now == "":
		return commonWords(title, it.Title) >= titleOfSame
	case before == now || sameNumber(before, now):
		return true
	default:
		return commonWords(title, it.Title) >= titleOfMoved
	}
}

// ArticleLink returns the item's canonical link, or "" if it has none of its
// own, but that of a whole site.
func (it Item) ArticleLink() string { return articleLink(it.Link) }

func articleLink(link string) string {
	if link == "" {
		return ""
	}
	link = CanonicalLink(link)
	if u, err := url.Parse(link); err != nil || u.RawQuery == "" && u.Fragment == "" && strings.Trim(u.Path, "/") == "" {
		return ""
	}
	return link
}

// sameNumber reports whether two links of one host have a number of an article
// in common, such as the "p58t11" of /markets/shares-fall-20210919-p58t11.html.
func sameNumber(a, b string) bool {
	x, err1 := url.Parse(a)
	y, err2 := url.Parse(b)
	if err1 != nil || err2 != nil || x.Host != y.Host {
		return false
	}
	numbers := articleNumbers(y)
	return slices.ContainsFunc(articleNumbers(x), func(n string) bool { return slices.Contains(numbers, n) })
}

// articleNumbers returns what of a link may be the number of an article: words
// with a digit that are long enough, and no dates.
func articleNumbers(u *url.URL) []string {
	const long = 5
	parts := strings.FieldsFunc(strings.ToLower(u.Path+"?"+u.RawQuery+"#"+u.Fragment), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(parts, func(s string) bool {
		return len(s) < long || !strings.ContainsAny(s, "0123456789") || date.MatchString(s)
	})
}

// date is a day or month in the path of a link.
var date = regexp.MustCompile(`^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)?$`)

// commonWords returns how many of the words of two titles are of both, as a
// share of all.
func commonWords(a, b string) float64 {
	x, y := titleWords(a), titleWords(b)
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	if all := len(x) + len(y) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 1
}

// titleWords returns the words of a title, in lower case. In scripts that
// leave no blanks between words, each character is one.
func titleWords(title string) map[string]bool {
	words := map[string]bool{}
	start := -1
	end := func(i int) {
		if start >= 0 {
			words[title[start:i]] = true
		}
		start = -1
	}
	title = strings.ToLower(title)
	for i, r := range title {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			end(i)
			words[string(r)] = true
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
			end(i)
		case start < 0:
			start = i
		}
	}
	end(len(title))
	return words
}
