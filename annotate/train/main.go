// Command train makes the names model from annotated and raw texts. It learns word vectors,
// classes and topics from the raw texts, trains a first model, and collects the names that this
// finds in the raw texts. Two models that have each not seen a half of the documents teach a
// second pass over a document, the probabilities, and the model that decides the types of names
// (package evidence). With them the engine labels more raw texts, and the finished model learns
// from all.
//
//	go run ./annotate/train -data DIR -to annotate/names/model/names.model -types annotate/evidence/evidence.model
//
// The same data, flags and seed give the same file, to the byte, on any number of cores.
// With -measure it trains nothing and prints how well a model does.
//
// Its packages: corpus reads annotated texts and varies them, vectors makes word vectors, mine
// counts names in raw texts, learn fits the weights, typing those of package evidence.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"byline/annotate/evidence"
	"byline/annotate/lexicon/packed"
	"byline/annotate/names/model"
	"byline/annotate/train/learn"
)

// options are the flags.
type options struct {
	data, to, keep string
	types          string
	names, weights string
	habits         []int
	vary, silver   float64
	nets           int
	single         bool
	net            learn.Options
	report         report
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", "", "read annotated and raw texts from `DIR`")
	flag.StringVar(&o.to, "to", "names.model", "write the model to `FILE`")
	flag.StringVar(&o.types, "types", "", "write the model of the types of names to `FILE`; empty for none")
	flag.StringVar(&o.keep, "keep", "", "keep vectors, mined names and half models in `DIR` between runs")
	flag.StringVar(&o.names, "names", "", "take the mined names from `FILE`; none for none")
	flag.StringVar(&o.weights, "weights", "", "change the weights of sources: `NAME=WEIGHT,…`")
	flag.Float64Var(&o.vary, "vary", 0.25, "add copies of this `SHARE` of the documents, written in other ways")
	flag.Float64Var(&o.silver, "silver", 0.3, "add raw texts that two models label alike, with this `WEIGHT`; 0 for none")
	flag.IntVar(&o.nets, "nets", members, "average `N` nets of different seeds")
	flag.Func("habits", "measure with the guidelines of these sources, by `NUMBERS` with commas between", numbers(&o.habits))
	flag.BoolVar(&o.single, "single", false, "stop before the second pass and the probabilities")
	netFlags(&o.net)
	o.report.flags()
	measured := flag.String("measure", "", "train nothing and measure the model in `FILE`")
	refit := flag.Bool("refit", false, "only fit the types, to the half models that an earlier run kept")
	flag.Parse()
	var err error
	switch {
	case *measured != "":
		err = o.measure(*measured)
	case *refit:
		err = o.refitTypes()
	default:
		err = o.run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// netFlags adds the flags for the training of nets to o, with their defaults.
func netFlags(o *learn.Options) {
	*o = learn.Options{Rows: 1 << 20, HiddenRows: 1 << 16, Batch: 32, Limit: 3.9}
	o.Drop = [8]float32{model.Lists: 0.25, model.Classes: 0.1, model.Text: 0.15, model.Mined: 0.3, model.Known: 0.3, model.Topical: 0.5}
	flag.IntVar(&o.Epochs, "epochs", 4, "go over the texts `N` times")
	flag.IntVar(&o.Workers, "workers", runtime.GOMAXPROCS(0), "train `N` nets at once; the model stays the same")
	flag.Uint64Var(&o.Seed, "seed", 1, "start the generators of random numbers from `N`")
	flag.Func("rate", "learn in steps of `X` (0.07)", float(&o.Rate, 0.07))
	flag.Func("unknown", "take this `SHARE` of the words for unknown ones (0.25)", float(&o.Unknown, 0.25))
}

// float returns a function that parses a flag into to, whose default is x.
func float(to *float32, x float32) func(string) error {
	*to = x
	return func(s string) error {
		v, err := strconv.ParseFloat(s, 32)
		*to = float32(v)
		return err
	}
}

// numbers returns a function that parses a flag of whole numbers into to.
func numbers(to *[]int) func(string) error {
	return func(s string) error {
		for x := range strings.SplitSeq(s, ",") {
			n, err := strconv.Atoi(x)
			if err != nil {
				return err
			}
			*to = append(*to, n)
		}
		return nil
	}
}

// run trains a model, writes it and measures it.
func (o *options) run() error {
	t, err := o.tables()
	if err != nil {
		return err
	}
	docs, err := load(o.data, o.weights, o.vary)
	if err != nil {
		return err
	}
	if err := t.learnTopics(o.data, docs); err != nil {
		return err
	}
	if err := o.mineNames(t, docs); err != nil {
		return err
	}
	models, silver, err := o.halves(t, docs)
	if err != nil {
		return err
	}
	var second *learn.Net
	var certain []float64
	if !o.single {
		if second, certain, err = o.trainSecondPass(t, models, docs); err != nil {
			return err
		}
		if models, err = o.finish(models, second, certain); err != nil {
			return err
		}
		types, err := o.fitTypes(models, docs)
		if err != nil {
			return err
		}
		if silver, err = o.moreSilver(models, types); err != nil {
			return err
		}
	}
	nets := trainNets(t, slices.Concat(docs, silver), o.net, o.nets)
	data, err := export(nets, t, second, certain)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.to, data, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	fmt.Printf("%s: %d bytes, SHA-256 %x\n", o.to, len(data), sha256.Sum256(data))
	return o.measure(o.to)
}

// halves returns models that have each not seen a half of docs, and the silver that the first two made.
// The models have learned from the silver, too, to be as good as the finished one: their output teaches
// what to make of its.
func (o *options) halves(t *tables, docs []weightedDoc) (models []*model.Model, silver []weightedDoc, err error) {
	if o.silver == 0 && o.single {
		return nil, nil, nil
	}
	if models, err = leaveOut(t, docs, o.net, folds, halfOf); err != nil || o.silver == 0 {
		return models, nil, err
	}
	s := silverMaker{byTagger(models[0]), byTagger(models[1]), float32(o.silver), 1}
	if silver, err = s.docs(o.data); err != nil || o.single {
		return nil, silver, err
	}
	models, err = leaveOut(t, slices.Concat(docs, silver), o.net, folds, halfOf)
	return models, silver, err
}

// moreSilver returns what the whole engine makes of more raw texts, with each of the finished half models
// and the types fitted to them: it decides over an article, and the tagger learns to see it in a sentence.
func (o *options) moreSilver(models []*model.Model, types []byte) ([]weightedDoc, error) {
	if o.silver == 0 {
		return nil, nil
	}
	m, err := evidence.Open(types)
	if err != nil {
		return nil, err
	}
	s := silverMaker{byEngine(models[0], m), byEngine(models[1], m), float32(o.silver), moreRaw}
	return s.docs(o.data)
}

// tables returns the tables of words, either learned or from an earlier run.
func (o *options) tables() (*tables, error) {
	path := ""
	if o.keep != "" {
		path = filepath.Join(o.keep, "vec.gob")
	}
	w, err := loadOrMake(path, func() (*learned, error) { return learnWords(o.data) })
	if err != nil {
		return nil, err
	}
	return tablesOf(w)
}

// mineNames fills the table of mined names, using a model without it.
func (o *options) mineNames(t *tables, docs []weightedDoc) (err error) {
	if o.names == "none" {
		return nil
	}
	if o.names != "" {
		if t.names, err = os.ReadFile(o.names); err == nil {
			_, err = packed.Open(t.names)
		}
		return err
	}
	m, err := openModel(trainNets(t, docs, o.net, 1), t)
	if err != nil {
		return err
	}
	t.names, err = mineNames(o.data, m, o.net.Workers)
	if err == nil && o.keep != "" {
		err = os.WriteFile(filepath.Join(o.keep, "names.tab"), t.names, 0o644)
	}
	return err
}

// openModel returns a model of nets without a second pass.
func openModel(nets []*learn.Net, t *tables) (*model.Model, error) {
	data, err := export(nets, t, nil, nil)
	if err != nil {
		return nil, err
	}
	return model.Open(data)
}

// trainSecondPass returns the second pass, trained on the output of models for documents that they
// have not seen, and the probabilities of raw scores on sources that they have not seen.
func (o *options) trainSecondPass(t *tables, models []*model.Model, docs []weightedDoc) (*learn.Net, []float64, error) {
	second := fitSecondPass(models, docs, o.net)
	models, err := leaveOut(t, docs, o.net, len(unseenGroups), unseenGroup)
	if err != nil {
		return nil, nil, err
	}
	for i := range models {
		models[i] = models[i].WithSecondPass(bytesOf(second.Linear), models[i].Trans)
	}
	return second, calibrate(claims(models, docs), len(model.Params{}.Certain)-1), nil
}

// measure prints how well the model in a file does.
func (o *options) measure(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m, err := model.Open(data)
	if err != nil {
		return err
	}
	fmt.Printf("%s: version %s\n", path, m.Version())
	if len(o.habits) > 0 {
		m = m.As(o.habits...)
	}
	return o.report.print(m, o.data)
}
