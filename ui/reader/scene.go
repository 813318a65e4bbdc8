package reader

import (
	"byline/annotate"
	"byline/annotate/review"
	"byline/ui/session"
)

// A scene is the claims of the session prepared for drawing: built once for every
// answer of the workspace, off the update loop, and only read afterwards.
type scene struct {
	*session.Claims
	marks  markSet
	totals [tabCount]int // entities of each tab, and quotes, that are not rejected
}

// newScene returns the scene of claims; nil for nil.
func newScene(cs *session.Claims) *scene {
	if cs == nil {
		return nil
	}
	return &scene{cs, markLayer(cs.Layer), totals(cs.Layer)}
}

// remarks are what people remarked, by claim.
func (s *scene) remarks() remarks { return s.Remarks }

// targetsOf returns the mentions of an entity that are by the words form; all of them
// where form is empty.
func (s *scene) targetsOf(text string, entity int, form string) []review.Target {
	var out []review.Target
	for _, m := range s.Layer.Entities[entity].Mentions {
		if form == "" || oneLine(m.In(text)) == form {
			out = append(out, review.Target{Kind: annotate.OfMention, Span: m.Span})
		}
	}
	return out
}

// claimOf returns the index of the first claim that a row of the panel stands for, or −1.
func (s *scene) claimOf(text string, r row) int {
	if r.quote >= 0 {
		return s.Find(review.Target{Kind: annotate.OfQuote, Span: s.Layer.Quotes[r.quote].Span})
	}
	if ts := s.targetsOf(text, r.entity, r.form); len(ts) > 0 {
		return s.Find(ts[0])
	}
	return -1
}
