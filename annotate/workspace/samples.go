package workspace

import (
	"context"
	"errors"
	"slices"

	"byline/articles"

	"byline/articles/samples"
)

// samplesKey is what the library notes under that it had the sample stories.
const samplesKey = "samples"

// LacksSamples reports whether [Workspace.AddSamples] would add the sample stories: the library is writable and has
// never held an article.
func LacksSamples(ctx context.Context, w *Workspace) bool {
	done, err := w.Library.Meta(ctx, samplesKey)
	if err != nil || done != "" || w.Library.ReadOnly() {
		return false
	}
	_, all, _, err := w.Library.Newest(ctx, 0)
	return err == nil && all == 0
}

// AddSamples adds the sample stories to a library that has never held an article.
func (w *Workspace) AddSamples(ctx context.Context) error {
	if done, err := w.Library.Meta(ctx, samplesKey); err != nil || done != "" || w.Library.ReadOnly() {
		return err
	}
	_, all, _, err := w.Library.Newest(ctx, 0)
	if err != nil {
		return err
	}
	if all == 0 {
		if _, err := RestoreSamples(ctx, w); err != nil {
			return err
		}
		if err := w.AnnotateAll(ctx, nil); err != nil {
			return err
		}
	}
	return w.Library.SetMeta(ctx, samplesKey, "added")
}

// RestoreSamples adds the sample stories that are not in the library: those in the trash come back
// with the decisions on them. It returns how many that were, and leaves it to
// [Workspace.AnnotateAll] to annotate them.
func RestoreSamples(ctx context.Context, w *Workspace) (int, error) {
	entries, err := w.Library.Entries(ctx)
	if err != nil {
		return 0, err
	}
	stories, err := samples.All(ctx)
	if err != nil {
		return 0, err
	}
	have := map[string]bool{}
	for i := range entries {
		have[entries[i].Source] = true
	}
	stories = slices.DeleteFunc(stories, func(a *articles.Article) bool { return have[a.Source] })
	slices.Reverse(stories) // the last one added is listed first
	return len(stories), w.Library.AddAll(ctx, slices.Values(stories), nil)
}

// tourStory is the sample that a tour is about: a short one with several speakers.
const tourStory = 6

// Tour opens a new library at path with one sample story in it, with the engine and options of w, and
// returns it with the ID of the story. The caller closes it.
func Tour(ctx context.Context, w *Workspace, path string) (*Workspace, string, error) {
	t, err := Open(ctx, path, w.engine, w.opts)
	if err != nil {
		return nil, "", err
	}
	id, err := AddTour(ctx, t)
	if err != nil {
		return nil, "", errors.Join(err, t.Close(ctx))
	}
	return t, id, nil
}

// AddTour adds the story that a tour is about, and returns its ID.
func AddTour(ctx context.Context, w *Workspace) (string, error) {
	stories, err := samples.All(ctx)
	if err != nil {
		return "", err
	}
	added, err := w.Add(ctx, stories[tourStory])
	return added.ID, err
}
