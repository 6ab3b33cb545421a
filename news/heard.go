package news

// A Heard is a country that items name, or a tag of feeds that bring something, and
// how long nothing was heard of it.
type Heard struct {
	Name    string // "country ml" or "tag africa"
	Silence Silence
	Told    Told // what operators know of it
}

// CanaryFeed is the URL of the feed of the canary, the daily test of coupwatch
// itself, which no other feed can have.
const CanaryFeed = "coupwatch:canary"
