package ui_test

import (
	"context"
	"testing"

	"byline/ui"
)

func TestRequestsAreCancelled(t *testing.T) {
	t.Parallel()
	program, quit := context.WithCancel(context.Background())
	defer quit()
	life := ui.NewLife(program)
	write := life.Writing()

	var search ui.Latest
	first := search.Next(life.Context())
	second := search.Next(life.Context())
	if first.Err() == nil || second.Err() != nil || !search.Open() {
		t.Error("the next question does not end the one before, or not only that")
	}
	if search.Answered(); search.Open() || second.Err() != nil {
		t.Error("an answer is not wanted any more once it has come")
	}
	if search.Stop(); second.Err() == nil {
		t.Error("a question that is stopped goes on")
	}

	third := search.Next(life.Context())
	life.End()
	if third.Err() == nil || write.Err() != nil || life.Writing().Err() != nil || program.Err() != nil {
		t.Error("leaving a screen ends its questions and nothing else")
	}
	other := ui.NewLife(program)
	if quit(); other.Context().Err() == nil {
		t.Error("a screen outlives the program")
	}
}
