package model

import (
	"encoding/binary"
	"slices"
	"testing"

	"byline/annotate/segment"
)

// A report of a match has one topic although a sentence of it has another; without a table of topics
// there is none, and no feature of one.
func TestTopicsOfDocument(t *testing.T) {
	t.Parallel()
	words, err := Table([]Entry{{Hash: WordHash("goal"), Value: 1}, {Hash: WordHash("judge"), Value: 2}})
	if err != nil {
		t.Fatal(err)
	}
	class := make([]byte, 3*6)
	binary.LittleEndian.PutUint16(class[1*6+4:], 7)
	binary.LittleEndian.PutUint16(class[2*6+4:], 9)
	topics := make([]byte, FineClasses*Topics)
	topics[7*Topics+3], topics[9*Topics+5] = 200, 250
	d := segment.Split("Lund saw a goal. The judge left. A goal and a goal by Orrin followed.", nil)

	x := NewModel(words, class, nil, topics).Prepare(d)
	if x.topic != 3+1 || !slices.Equal(x.topics, []uint8{3 + 1, 5 + 1, 3 + 1}) {
		t.Errorf("topic %d, of sentences %v", x.topic, x.topics)
	}
	with := x.Features(0, 0, nil)
	plain := NewModel(words, class, nil, nil).Prepare(d)
	if len(plain.topics) > 0 || len(plain.Features(0, 0, nil)) >= len(with) {
		t.Errorf("topics %v without a table", plain.topics)
	}
	if !slices.ContainsFunc(with, func(f Feature) bool { return f.Group() == Topical }) {
		t.Error("no feature of a topic")
	}
}
