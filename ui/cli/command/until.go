package command

import (
	"context"
	"io"
)

// Until returns w until ctx ends: nothing is written to it then, and whoever writes gets an error.
func Until(ctx context.Context, w io.Writer) io.Writer { return until{ctx.Err, w} }

type until struct {
	ended func() error
	w     io.Writer
}

// Write implements [io.Writer].
func (u until) Write(p []byte) (int, error) {
	if err := u.ended(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}
