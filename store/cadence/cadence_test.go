package cadence_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store/cadence"
)

// monday is midnight of a Monday.
var monday = time.Date(2026, 8, 17, 0, 0, 0, 0, time.UTC)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// learned returns what is known after so many weeks of watching something that
// comes every so often, as far as when says so.
func learned(weeks int, every time.Duration, when func(time.Time) bool) (c cadence.Cadence, end time.Time) {
	end = monday.Add(time.Duration(weeks) * week)
	for t := monday; t.Before(end); t = t.Add(every) {
		var came []time.Time
		if when == nil || when(t) {
			came = []time.Time{t}
		}
		c.Learn(t.Add(-every), t, came)
	}
	return c, end
}

func daytime(t time.Time) bool { return t.Hour() >= 6 && t.Hour() < 22 }

func workdays(t time.Time) bool { return daytime(t) && t.Weekday()%6 != 0 }

// How likely a silence is depends on how long it is, on the hour and on the day.
func TestLikely(t *testing.T) {
	byDay, end := learned(4, 20*time.Minute, daytime)
	atWork, _ := learned(4, 20*time.Minute, workdays)
	for _, tt := range []struct {
		name     string
		c        *cadence.Cadence
		from, to time.Duration
		least    float64
		most     float64
	}{
		{"ten minutes of a day", &byDay, 9 * time.Hour, 9*time.Hour + 10*time.Minute, 0.6, 0.9},
		{"an hour of a day", &byDay, 9 * time.Hour, 10 * time.Hour, 1e-4, 0.2},
		{"four hours of a day", &byDay, 9 * time.Hour, 13 * time.Hour, 0, 1e-6},
		{"a night", &byDay, 22 * time.Hour, 29 * time.Hour, 0.1, 1},
		{"a Sunday, if there is news on Sundays", &byDay, 6*day + 8*time.Hour, 6*day + 20*time.Hour, 0, 1e-6},
		{"a Sunday, if there is none", &atWork, 6*day + 8*time.Hour, 6*day + 20*time.Hour, 0.01, 1},
		{"a Monday, if there is none on Sundays", &atWork, 8 * time.Hour, 20 * time.Hour, 0, 1e-6},
	} {
		if got := tt.c.Likely(end.Add(tt.from), end.Add(tt.to)); got < tt.least || got > tt.most {
			t.Errorf("%s without news is likely by %g, want %g to %g", tt.name, got, tt.least, tt.most)
		}
	}
}

// What comes by day on workdays is in those hours of the week.
func TestWeek(t *testing.T) {
	c, _ := learned(6, 20*time.Minute, workdays)
	week := c.Week()
	for day, hours := range week {
		for hour, n := range hours {
			if comes := day < 5 && hour >= 6 && hour < 22; comes && (n < 2 || n > 4) || !comes && n > 1 {
				t.Errorf("on day %d at %d: %g, comes %v", day, hour, n, comes)
			}
		}
	}
	if none := new(cadence.Cadence).Week(); none != [7][24]float64{} {
		t.Errorf("of nothing there is %v", none)
	}
}

// A silence is too long when one as long comes once in years.
func TestSilence(t *testing.T) {
	const h = time.Hour
	for _, tt := range []struct {
		name        string
		weeks       int
		every       time.Duration
		when        func(time.Time) bool
		known       bool
		least, most time.Duration // from the last time until it is late
	}{
		{"every ten minutes", 4, 10 * time.Minute, nil, true, h, 3 * h},
		{"every hour", 4, h, nil, true, 3 * h, 8 * h},
		{"every hour of a day, last before a night", 4, h, daytime, true, 8*h + 3*h, 8*h + 8*h},
		{"on workdays, last before a weekend", 6, h, workdays, true, 2*day + 8*h, 2*day + 8*h + 9*h},
		{"every day", 8, day, nil, true, 2 * day, 5 * day},
		{"every week", 20, week, nil, false, 2 * week, 5 * week},
		{"for three days", 0, h, nil, false, 0, 0},
		{"every month", 12, 4 * week, nil, false, 4 * week, 20 * week},
	} {
		c, end := learned(tt.weeks, tt.every, tt.when)
		if tt.weeks == 0 {
			c, end = cadence.Cadence{}, monday.Add(3*day)
			c.Learn(monday, end, []time.Time{monday, end.Add(-h)})
			tt.least, tt.most = week, 8*day
		}
		if tt.name == "on workdays, last before a weekend" { // as of Saturday
			for t := end; t.Before(end.Add(5 * day)); t = t.Add(h) {
				c.Learn(t.Add(-h), t, map[bool][]time.Time{true: {t}}[workdays(t)])
			}
		}
		s := c.Silence()
		if wait := s.Late.Sub(s.Since); s.Known != tt.known || wait < tt.least || wait > tt.most {
			t.Errorf("%s: late %v after the last, known: %v, want %v to %v and %v", tt.name, wait, s.Known, tt.least, tt.most, tt.known)
		}
		if s.Quiet.After(s.Late) || s.Usual.After(s.Late) || s.Quiet.Before(s.Since) {
			t.Errorf("%s: %+v is out of order", tt.name, s)
		}
	}
	if s := new(cadence.Cadence).Silence(); !s.Late.IsZero() {
		t.Errorf("of what never came it is known that %+v", s)
	}
}

// Twenty items at once come once: a source that publishes in batches is not late
// before its next one.
func TestBatches(t *testing.T) {
	single, _ := learned(4, 6*time.Hour, nil)
	var batches cadence.Cadence
	for at := monday; at.Before(monday.Add(4 * week)); at = at.Add(6 * time.Hour) {
		var came []time.Time
		for i := range 20 {
			came = append(came, at.Add(time.Duration(i)*10*time.Second))
		}
		batches.Learn(at.Add(-6*time.Hour), at, came)
	}
	if !reflect.DeepEqual(single, batches) {
		t.Errorf("batches are late at %+v, single items at %+v", batches.Silence(), single.Silence())
	}
}

// What comes by chance alone, by day more than by night, is taken for late about as
// rarely as is promised, in bursts too.
func TestFalseAlarms(t *testing.T) {
	for _, tt := range []struct {
		name  string
		batch int // how many quick ones follow one another
	}{{"by chance", 1}, {"in bursts", 5}} {
		alarms, known := 0, 0
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 { // sources, of half a year
			var c cadence.Cadence
			before := monday
			follows := 0
			for at := monday; at.Before(monday.Add(26 * week)); at = at.Add(20 * time.Minute) {
				chance := 1 / 3.0 / float64(tt.batch)
				if at.Hour() >= 22 || at.Hour() < 5 {
					chance /= 3
				}
				if random.Float64() < chance {
					follows = 1 + random.IntN(tt.batch)
				}
				if follows--; follows < 0 {
					continue
				}
				if s := c.Silence(); s.Known {
					known++
					if at.After(s.Late) {
						alarms++
					}
				}
				c.Learn(before, at, []time.Time{at})
				before = at
			}
		}
		if alarms > 5 || known < 10000 { // in ten years, where two are promised of rates that are known
			t.Errorf("%s: %d false alarms in ten years, of %d silences", tt.name, alarms, known)
		}
	}
}

// A source that comes to publish less often is late at first, and no longer when
// some weeks have gone by.
func TestChange(t *testing.T) {
	c, end := learned(8, 20*time.Minute, nil)
	late := func(weeks int) (n int) {
		for range weeks * 7 {
			if next := end.Add(day); next.After(c.Silence().Late) {
				n++
			}
			c.Learn(end, end.Add(day), []time.Time{end.Add(day)})
			end = end.Add(day)
		}
		return n
	}
	if first := late(1); first < 1 {
		t.Errorf("a source that falls from 72 items a day to one was late %d times in a week", first)
	}
	late(10)
	if later := late(2); later > 0 {
		t.Errorf("it was late %d times long after", later)
	}
}

// What is written down is read again, and what it cannot be is nothing known.
func TestJSON(t *testing.T) {
	c, _ := learned(3, 30*time.Minute, daytime)
	data, err := json.Marshal(&c)
	var again cadence.Cadence
	if err == nil {
		err = json.Unmarshal(data, &again)
	}
	if err != nil || again.Silence().Late.Sub(c.Silence().Late).Abs() > time.Minute {
		t.Errorf("read again %+v, %v, was %+v", again.Silence(), err, c.Silence())
	}
	if len(data) > 1600 {
		t.Errorf("it takes %d bytes", len(data))
	}
	if err := json.Unmarshal([]byte(`{"until":1,"came":[1,2]}`), &again); err != nil || !again.Until.IsZero() {
		t.Errorf("of another shape: %+v, %v", again, err)
	}
}

// Learning twice changes nothing, and a pause is no silence.
func TestLearnTwice(t *testing.T) {
	c, end := learned(4, time.Hour, nil)
	was := c
	c.Learn(end.Add(-time.Hour), end.Add(-time.Hour), []time.Time{end.Add(-time.Hour)})
	if c != was {
		t.Errorf("learned twice: %+v, was %+v", c.Silence(), was.Silence())
	}
	c.Pause(end.Add(2 * day))
	if s := c.Silence(); !s.Since.Equal(end.Add(2*day)) || s.Late.Sub(s.Since) > 8*time.Hour {
		t.Errorf("after a pause: %+v", s)
	}
}

// What came into a feed came between two readings of it; and a pinned item does
// not make a feed of last year of one of today.
func TestArrivals(t *testing.T) {
	now, h := monday.Add(day), time.Hour
	got := cadence.Arrivals([]time.Time{now.Add(-h), {}, now.Add(h), now.Add(-5 * h), now.Add(-2 * h)}, now.Add(-3*h), now)
	want := []time.Time{now.Add(-2 * h), now.Add(-h), now, now, now}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("came at %v, want %v", got, want)
	}
	var published []time.Time
	for i := range 24 {
		published = append(published, now.Add(-time.Duration(i)*h))
	}
	from, times := cadence.Begun(append(published, now.Add(-20*day), time.Time{}, now.Add(h), now.Add(-400*day)), now)
	if !from.Equal(now.Add(-23*h)) || len(times) != 24 {
		t.Errorf("begins %v with %d times", from, len(times))
	}
	if from, _ := cadence.Begun(nil, now); !from.Equal(now) {
		t.Errorf("nothing begins at %v", from)
	}
}

func BenchmarkLearn(b *testing.B) {
	c, end := learned(8, 20*time.Minute, daytime)
	data, _ := json.Marshal(&c)
	b.ReportMetric(float64(len(data)), "bytes")
	for b.Loop() {
		var x cadence.Cadence
		if err := json.Unmarshal(data, &x); err != nil {
			b.Fatal(err)
		}
		x.Learn(end, end.Add(10*time.Minute), []time.Time{end.Add(10 * time.Minute)})
		x.Silence()
		if _, err := json.Marshal(&x); err != nil {
			b.Fatal(err)
		}
	}
}
