package text

// Between returns what stands before word i, back to the word before it, as
// people see it: without markup. With the number of words it is what stands
// after the last.
func (t *Text) Between(i int) string {
	from, to := 0, len(t.given)
	if i > 0 {
		_, from = t.Span(i - 1)
	}
	if i < t.Len() {
		to, _ = t.Span(i)
	}
	if from >= to {
		return ""
	}
	return Plain(string(t.given[from:to]))
}
