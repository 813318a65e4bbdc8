package articles

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Check reports the first violation of the invariants of an article: spans inside the text and on
// rune boundaries, blocks in order and disjoint, covering all non-blank text, cells and inlines
// inside blocks, pictures in order.
func (a *Article) Check() error {
	last := 0
	for i, b := range a.Blocks {
		if err := a.checkSpan(b.Span); err != nil {
			return fmt.Errorf("block %d: %w", i, err)
		}
		if b.Start < last {
			return fmt.Errorf("block %d begins at %d, before the end of the last at %d", i, b.Start, last)
		}
		if gap := a.Text[last:b.Start]; strings.TrimSpace(gap) != "" {
			return fmt.Errorf("%q stands before block %d, in none", gap, i)
		}
		for _, c := range b.Cells {
			if err := a.checkSpan(c); err != nil || !b.Covers(c) {
				return fmt.Errorf("block %d: cell %v of %v: %v", i, c, b.Span, err)
			}
		}
		last = b.End
	}
	if gap := a.Text[last:]; strings.TrimSpace(gap) != "" {
		return fmt.Errorf("%q stands behind all blocks", gap)
	}
	if err := a.checkInline(); err != nil {
		return err
	}
	return a.checkPictures()
}

func (a *Article) checkPictures() error {
	last := 0
	for i, p := range a.Pictures {
		if err := a.checkSpan(p.Span); err != nil {
			return fmt.Errorf("picture %d: %w", i, err)
		}
		if p.Start < last {
			return fmt.Errorf("picture %d is out of order", i)
		}
		last = p.Start
	}
	return nil
}

func (a *Article) checkInline() error {
	at := 0
	for i, in := range a.Inline {
		if err := a.checkSpan(in.Span); err != nil || in.Empty() {
			return fmt.Errorf("inline %d: %v of %d bytes: %v", i, in.Span, len(a.Text), err)
		}
		if i > 0 && a.Inline[i-1].Compare(in.Span) > 0 {
			return fmt.Errorf("inline %d is out of order", i)
		}
		for at < len(a.Blocks) && a.Blocks[at].End <= in.Start {
			at++
		}
		if at == len(a.Blocks) || !a.Blocks[at].Covers(in.Span) {
			return fmt.Errorf("inline %d, %v, is inside no block", i, in.Span)
		}
	}
	return nil
}

func (a *Article) checkSpan(s Span) error {
	if s.Start < 0 || s.End < s.Start || s.End > len(a.Text) {
		return fmt.Errorf("span %v of a text of %d bytes", s, len(a.Text))
	}
	for _, at := range []int{s.Start, s.End} {
		if at < len(a.Text) && !utf8.RuneStart(a.Text[at]) {
			return fmt.Errorf("span %v splits a rune", s)
		}
	}
	return nil
}
