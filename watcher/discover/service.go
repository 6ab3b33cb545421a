package discover

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

// A service is one whose feeds have addresses that can be told from those of its
// pages.
type service interface {
	// find returns where the feeds of what u shows may be, and where else to
	// look if they are not there.
	find(u *url.URL) (leads []lead, advice string)
}

// services are asked in turn.
var services = []service{youTube{}, reddit{}, googleNews{}, gdelt{}, bluesky{}, telegram{}, withoutFeeds{}, fediverse{}}

type youTube struct{}

var (
	channelPath = regexp.MustCompile(`^/channel/(UC[\w-]{22})`)
	handlePath  = regexp.MustCompile(`^/@[^/]+`)
)

func (youTube) find(u *url.URL) ([]lead, string) {
	if !isYouTube(u) {
		return nil, ""
	}
	if m := channelPath.FindStringSubmatch(u.Path); m != nil {
		return []lead{{url: youTubeFeed("channel_id", m[1]), why: "YouTube's feed of the channel"}}, ""
	}
	if list := u.Query().Get("list"); list != "" {
		return []lead{{url: youTubeFeed("playlist_id", list), why: "YouTube's feed of the playlist"}}, ""
	}
	return nil, "name the page of the channel: https://www.youtube.com/channel/UC…"
}

func isYouTube(u *url.URL) bool { return isHost(u, "youtube.com") }

// youTubeFeed returns the address of the feed of a channel or playlist.
func youTubeFeed(kind, id string) string {
	return "https://www.youtube.com/feeds/videos.xml?" + kind + "=" + url.QueryEscape(id)
}

type reddit struct{}

func (reddit) find(u *url.URL) ([]lead, string) {
	path := strings.TrimSuffix(u.Path, "/")
	if !isHost(u, "reddit.com") || strings.HasSuffix(path, ".rss") || !strings.HasPrefix(path, "/r/") && !strings.HasPrefix(path, "/user/") {
		return nil, ""
	}
	return []lead{{url: "https://www.reddit.com" + path + "/.rss", why: "Reddit's feed of the page"}}, ""
}

type googleNews struct{}

func (googleNews) find(u *url.URL) ([]lead, string) {
	if u.Hostname() != "news.google.com" || strings.HasPrefix(u.Path, "/rss") || strings.Trim(u.Path, "/") == "" {
		return nil, ""
	}
	feed := *u
	feed.Path, feed.RawPath, feed.Fragment = "/rss"+u.Path, "", ""
	return []lead{{url: feed.String(), why: "Google News' feed of the page"}}, ""
}

// googleSearch returns the feed of what Google News finds for words.
func googleSearch(words, language string) string {
	lang, country, _ := strings.Cut(cmp.Or(language, "en"), "-")
	country = cmp.Or(country, countries[lang], strings.ToUpper(lang))
	q := url.Values{"q": {words}, "hl": {lang}, "gl": {country}, "ceid": {country + ":" + lang}}
	return "https://news.google.com/rss/search?" + strings.ReplaceAll(q.Encode(), "%3A", ":")
}

// countries are whose edition of Google News is in a language, where that is no
// country of the language's own code.
var countries = map[string]string{"en": "US", "uk": "UA", "ar": "EG", "zh": "CN", "ja": "JP", "ko": "KR", "fa": "IR", "hi": "IN", "pt": "BR", "el": "GR", "he": "IL", "sv": "SE", "cs": "CZ", "vi": "VN"}

type gdelt struct{}

const gdeltAPI = "https://api.gdeltproject.org/api/v2/doc/doc"

// find leads from a search that is shown otherwise to the list that can be read.
func (gdelt) find(u *url.URL) ([]lead, string) {
	q := u.Query()
	if u.Hostname() != "api.gdeltproject.org" || u.Path != "/api/v2/doc/doc" || q.Get("query") == "" {
		return nil, ""
	}
	if strings.EqualFold(q.Get("mode"), "artlist") && q.Get("format") == "json" {
		return nil, "" // it is that list
	}
	q.Set("mode", "artlist")
	q.Set("format", "json")
	return []lead{{url: gdeltAPI + "?" + q.Encode(), why: "GDELT's list of what the search finds"}}, ""
}

// gdeltSearch returns the list of what GDELT finds for words in the news of a week,
// the newest first, and as many as it gives.
func gdeltSearch(words, lang string) string {
	lang, _, _ = strings.Cut(lang, "-")
	if lang != "" && !strings.Contains(words, "sourcelang:") {
		words += " sourcelang:" + strings.ToLower(text.LanguageName(lang))
	}
	q := url.Values{"query": {words}, "mode": {"artlist"}, "format": {"json"}, "sort": {"datedesc"}, "timespan": {"1week"}, "maxrecords": {"250"}}
	return gdeltAPI + "?" + q.Encode()
}

type bluesky struct{}

func (bluesky) find(u *url.URL) ([]lead, string) {
	name, found := strings.CutPrefix(u.Path, "/profile/")
	name, _, _ = strings.Cut(name, "/")
	if u.Hostname() != "bsky.app" || !found || name == "" {
		return nil, ""
	}
	return []lead{{url: "https://bsky.app/profile/" + name + "/rss", why: "Bluesky's feed of the profile"}}, ""
}

type telegram struct{}

func (telegram) find(u *url.URL) ([]lead, string) {
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(u.Path, "/"), "s/"), "/")
	if !isTelegram(u) || name == "" {
		return nil, ""
	}
	return []lead{{url: "https://t.me/s/" + name, why: "Telegram's page of the channel"}}, "Telegram shows its posts to everybody only if it is a public channel"
}

func isTelegram(u *url.URL) bool { return isHost(u, "t.me") || isHost(u, "telegram.me") }

// withoutFeeds knows services that offer none.
type withoutFeeds struct{}

func (withoutFeeds) find(u *url.URL) ([]lead, string) {
	for host, name := range map[string]string{"x.com": "X", "twitter.com": "X", "facebook.com": "Facebook", "instagram.com": "Instagram"} {
		if isHost(u, host) {
			return nil, name + " offers no feeds; a bridge of your own, such as RSSHub or RSS-Bridge, makes some of its public pages"
		}
	}
	return nil, ""
}

// closed reports whether an address is of a service where it is of no use to
// guess at the addresses of feeds.
func closed(u *url.URL) bool {
	_, advice := withoutFeeds{}.find(u)
	return advice != "" || isYouTube(u) || isTelegram(u) || isHost(u, "reddit.com") || isHost(u, "bsky.app") || isHost(u, "news.google.com")
}

// fediverse knows Mastodon and what is like it, by the form of addresses only:
// anybody may run a server.
type fediverse struct{}

func (fediverse) find(u *url.URL) ([]lead, string) {
	name := strings.TrimSuffix(handlePath.FindString(u.Path), ".rss")
	if name == "" || isYouTube(u) || strings.Count(name, "@") > 1 {
		return nil, ""
	}
	feed := url.URL{Scheme: u.Scheme, Host: u.Host, Path: name + ".rss"}
	return []lead{{url: feed.String(), why: "the feed of the profile, as on Mastodon", guess: true}}, ""
}

// isHost reports whether an address is one of a site.
func isHost(u *url.URL, site string) bool {
	host := strings.ToLower(u.Hostname())
	return host == site || strings.HasSuffix(host, "."+site)
}

var (
	fediverseName = regexp.MustCompile(`^@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$`)
	blueskyName   = regexp.MustCompile(`^@([\w-]+(?:\.[\w-]+)+)$`)
	hostName      = regexp.MustCompile(`^(?:[\pL\pN_-]+\.)+\pL{2,}(?::\d+)?(?:[/?#].*)?$`)
	localName     = regexp.MustCompile(`^(?:localhost|[\d.]+|\[[0-9a-fA-F:]+\])(?::\d+)?(?:[/?#].*)?$`)
)

// address returns where what people name is to be looked for.
func (s *Searcher) address(named string) (string, error) {
	named = strings.TrimSpace(named)
	switch {
	case named == "":
		return "", errors.New("write an address such as https://example.org/, or words to search the news for")
	case strings.HasPrefix(named, "gdelt:"):
		words := strings.TrimSpace(strings.TrimPrefix(named, "gdelt:"))
		if words == "" {
			return "", errors.New("write behind gdelt: the words to search for, such as gdelt:coup Mali")
		}
		return gdeltSearch(words, s.As.Language), nil
	case strings.Contains(named, "://"):
		return named, nil
	case fediverseName.MatchString(named):
		m := fediverseName.FindStringSubmatch(named)
		return "https://" + m[2] + "/@" + m[1], nil
	case blueskyName.MatchString(named):
		return "https://bsky.app/profile/" + named[1:], nil
	case hostName.MatchString(named):
		return "https://" + named, nil
	case localName.MatchString(named):
		return "http://" + named, nil
	}
	return googleSearch(named, s.As.Language), nil
}
