package eval

import (
	"encoding/json"
	"fmt"
	"os"

	"byline/annotate/eval"
	"byline/articles/load"
)

// A savedRun is what an engine scored.
type savedRun struct {
	Engine string
	Sample eval.Sample
}

func readRun(path string) (*savedRun, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, load.WithoutPath(err))
	}
	r := &savedRun{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read %s: not written by eval --save: %w", path, err)
	}
	return r, nil
}

func writeRun(path string, r *savedRun) error {
	data, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("save the counts: %w", err)
	}
	if err := os.WriteFile(path, append(data, '\n'), 0o666); err != nil {
		return fmt.Errorf("write %s: %w", path, load.WithoutPath(err))
	}
	return nil
}
