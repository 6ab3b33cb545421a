package matcher

// Title returns the title of the rule with the given id, or the id itself if
// there is no such rule: a story may have been told under rules since changed.
func (r *Rules) Title(id string) string {
	for _, rule := range r.spec.rules {
		if rule.id == id && rule.title != "" {
			return rule.title
		}
	}
	return id
}
