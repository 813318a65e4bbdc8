package cli

import (
	"context"
	"errors"
	"testing"
)

// Interrupted work that does not end is abandoned; work that does end is waited for.
func TestLeaveSoon(t *testing.T) {
	t.Parallel()
	if err := leaveSoon(t.Context(), func() error { return nil }); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan bool)
	defer close(block)
	err := leaveSoon(ctx, func() error {
		cancel()
		<-block
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	broken := errors.New("broken")
	if err := leaveSoon(ctx, func() error { return broken }); err != broken {
		t.Error(err)
	}
}
