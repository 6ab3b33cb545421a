package news

import "time"

// A Silence is how long nothing has come since something did, and how long that is
// usual. The zero value is that nothing ever came.
type Silence struct {
	Since time.Time `json:"since,omitzero"` // when something came last
	Known bool      `json:"known"`          // a cadence is known, and not only guessed at
	Rate  float64   `json:"rate"`           // how often something comes in a day, what came at once counted once; 0 if that is not known
	Usual time.Time `json:"usual,omitzero"` // by when something usually comes again, as things stand at such hours; zero if that is not known
	Quiet time.Time `json:"quiet,omitzero"` // from when on it is longer than most
	Late  time.Time `json:"late,omitzero"`  // from when on it is longer than the cadence allows
}

// Mean returns how much time lies between two on the average; 0 if that is not known.
func (s Silence) Mean() time.Duration {
	if !s.Known || s.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(24*time.Hour) / s.Rate)
}

// Every says that in words, such as "every 1.5 h"; "" if it is not known.
func (s Silence) Every() string {
	if mean := s.Mean(); mean > 0 {
		return "every " + Roughly(mean)
	}
	return ""
}
