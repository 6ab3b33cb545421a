package notify

import "context"

// A Checker is a notifier that can see, without sending anything to people,
// whether alerts would arrive.
type Checker interface {
	// Check looks whether alerts over the channel would arrive. No finding
	// holds a secret.
	Check(ctx context.Context, channel string) []Finding
}

// A Finding is what was seen of one thing that has to be right.
type Finding struct {
	What string // such as "token" or "channel C0123"
	Says string // what was seen, or why it could not be
	Seen bool   // it could be seen
	Err  error  // what is wrong and what to do, nil if nothing is
}

// Problem returns what is wrong by the findings, nil if nothing is.
func Problem(findings []Finding) error {
	for _, f := range findings {
		if f.Err != nil {
			return f.Err
		}
	}
	return nil
}

// Right returns the finding that something is as it should be.
func Right(what, says string) Finding { return Finding{What: what, Says: says, Seen: true} }

// Wrong returns the finding that something is not as it should be.
func Wrong(what string, err error) Finding { return Finding{What: what, Seen: true, Err: err} }

// Unseen returns the finding that something could not be seen.
func Unseen(what, why string) Finding { return Finding{What: what, Says: why} }
