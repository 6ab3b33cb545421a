package cadence

import (
	"encoding/json"
	"math"
	"time"
)

// stored is a Cadence as it is written down: times in milliseconds, numbers in
// hundredths.
type stored struct {
	Until   int64   `json:"until"`
	Last    int64   `json:"last"`
	Faded   int64   `json:"faded"`
	Gaps    int64   `json:"gaps"`
	Beyond  int64   `json:"beyond"`
	Excess  int64   `json:"excess"`
	Came    []int64 `json:"came"`
	Watched []int64 `json:"watched"`
}

// MarshalJSON implements [json.Marshaler].
func (c *Cadence) MarshalJSON() ([]byte, error) {
	return json.Marshal(stored{
		millis(c.Until), millis(c.Last), c.faded, hundredths(c.gaps), hundredths(c.beyond), hundredths(c.excess),
		allHundredths(c.came[:]), allHundredths(c.watched[:]),
	})
}

// UnmarshalJSON implements [json.Unmarshaler]. What was written otherwise is as if
// nothing was known.
func (c *Cadence) UnmarshalJSON(data []byte) error {
	var s stored
	*c = Cadence{}
	if err := json.Unmarshal(data, &s); err != nil || len(s.Came) != hours || len(s.Watched) != hours {
		return err
	}
	c.Until, c.Last, c.faded = moments(s.Until), moments(s.Last), s.Faded
	c.gaps, c.beyond, c.excess = float64(s.Gaps)/100, float64(s.Beyond)/100, float64(s.Excess)/100
	for i := range hours {
		c.came[i], c.watched[i] = float64(s.Came[i])/100, float64(s.Watched[i])/100
	}
	return nil
}

func hundredths(x float64) int64 { return int64(math.Round(x * 100)) }

func allHundredths(all []float64) []int64 {
	out := make([]int64, len(all))
	for i, x := range all {
		out[i] = hundredths(x)
	}
	return out
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moments(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
