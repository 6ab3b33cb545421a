package daemon

import "testing"

// What is in use for long gets room, what passes does not.
func TestRoomFor(t *testing.T) {
	for _, tt := range []struct {
		inUse []int64
		feeds int
		want  int64
	}{
		{nil, 20_000, Frugal + 20_000*aFeed},
		{[]int64{40 << 20}, 0, Frugal},
		{[]int64{40 << 20, 200 << 20, 40 << 20}, 0, Frugal},
		{[]int64{120 << 20, 200 << 20, 100 << 20}, 1, 150 << 20},
		{[]int64{40 << 20, 200 << 20}, 0, Frugal},
	} {
		if got := roomFor(tt.inUse, tt.feeds); got != tt.want {
			t.Errorf("room for %v is %d, want %d", tt.inUse, got, tt.want)
		}
	}
	if live() <= 0 {
		t.Error("nothing is in use")
	}
}
