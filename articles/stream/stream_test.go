package stream_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"byline/articles/stream"
)

func TestReaderEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := stream.Reader(ctx, strings.NewReader("some words"))
	if n, err := io.ReadFull(r, make([]byte, 4)); n != 4 || err != nil {
		t.Fatal(n, err)
	}
	cancel()
	if n, err := r.Read(make([]byte, 4)); n != 0 || !errors.Is(err, context.Canceled) {
		t.Error(n, err)
	}
	if err := iotest.TestReader(stream.Reader(t.Context(), strings.NewReader("words")), []byte("words")); err != nil {
		t.Error(err)
	}
}

func TestBoundedCountsFromTheLastRecord(t *testing.T) {
	t.Parallel()
	long := errors.New("too long")
	b := stream.NewBounded(strings.NewReader(strings.Repeat("x", 100)), 10, long)
	for range 5 {
		if _, err := io.ReadFull(b, make([]byte, 10)); err != nil {
			t.Fatal(err)
		}
		b.Record()
	}
	if n, err := io.ReadFull(iotest.OneByteReader(b), make([]byte, 50)); n != 11 || !errors.Is(err, long) {
		t.Error(n, err)
	}
}

func TestDoAbandonsEndlessWork(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	block := make(chan int)
	began := make(chan bool)
	go func() { <-began; cancel() }()
	if n, err := stream.Do(ctx, func() (int, error) { close(began); return <-block, nil }); n != 0 || !errors.Is(err, context.Canceled) {
		t.Error(n, err)
	}
	close(block)
	if n, err := stream.Do(t.Context(), func() (int, error) { return 7, io.EOF }); n != 7 || err != io.EOF {
		t.Error(n, err)
	}
	defer func() {
		if p := fmt.Sprint(recover()); !strings.HasPrefix(p, "broken\n") || !strings.Contains(p, "TestDoAbandonsEndlessWork") {
			t.Errorf("the panic does not say where it was: %s", p)
		}
	}()
	_, _ = stream.Do(t.Context(), func() (int, error) { panic("broken") })
}
