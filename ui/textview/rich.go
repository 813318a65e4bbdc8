package textview

// render returns a group in rows.
func (j job) render(g group) *rendering {
	return j.plain(g)
}

// plain returns the lines of a group as they are.
func (j job) plain(g group) *rendering {
	b := breaker{text: j.doc.Text, width: j.width, method: j.method, lines: g.shape == code}
	r := &rendering{rows: b.spans(g.Span), pens: []pen{{}}}
	return r.measured()
}
