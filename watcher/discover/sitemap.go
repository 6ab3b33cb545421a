package discover

import (
	"bytes"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// usualMaps are where news sitemaps usually are.
var usualMaps = []string{"news-sitemap.xml", "sitemap-news.xml", "sitemap_news.xml", "sitemap/news.xml"}

// mostMaps is how many maps of a site are looked into, and how many of those that
// they name.
const mostMaps = 6

// maps looks for the site's map of its news: those that its robots.txt names, the
// likely ones first, and those at usual addresses.
func (s *Searcher) maps(ctx context.Context, p *page, found *Found) error {
	if closed(p.url) || found.resting[p.url.Host] != nil {
		return nil
	}
	root := p.url.ResolveReference(&url.URL{Path: "/"})
	var leads []lead
	for _, address := range s.robots(ctx, p, root) {
		leads = append(leads, p.guess(address, "a map of the site, named in its robots.txt"))
	}
	for _, name := range usualMaps {
		leads = append(leads, p.guess(root.String()+name, "a map of the site, at a usual address"))
	}
	if err := s.follow(ctx, leads[:min(len(leads), mostMaps)], found); err != nil {
		return err
	}
	leads = nil
	for _, address := range found.maps[:min(len(found.maps), mostMaps)] {
		leads = append(leads, p.guess(address, "a map of the site, named by another"))
	}
	return s.follow(ctx, leads, found)
}

// robots returns the maps that a site's robots.txt names, those of news first.
func (s *Searcher) robots(ctx context.Context, p *page, root *url.URL) (maps []string) {
	l := p.guess(root.String()+"robots.txt", "")
	a, err := s.Fetch.Fetch(ctx, news.FeedState{Feed: news.Feed{URL: l.url, Login: l.login}})
	if err != nil {
		return nil
	}
	defer a.Release()
	for line := range bytes.Lines(a.Data) {
		key, value, _ := strings.Cut(string(line), ":")
		u, err := root.Parse(strings.TrimSpace(value))
		if strings.EqualFold(strings.TrimSpace(key), "sitemap") && err == nil && u.Host != "" {
			maps = append(maps, u.String())
		}
	}
	slices.SortStableFunc(maps, func(a, b string) int { return newsFirst(a) - newsFirst(b) })
	return maps
}

func newsFirst(address string) int {
	if strings.Contains(strings.ToLower(address), "news") {
		return 0
	}
	return 1
}
