// Command train makes the names model from annotated and raw texts: word vectors and
// classes from the raw texts; a first model; the names that it finds in the raw texts; a
// second model that knows them; a second pass over a document; probabilities.
//
//	go run ./annotate/train -data DIR [-to annotate/names/model/names.model]
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"byline/annotate/names/model"
	"byline/annotate/train/corpus"
	"byline/annotate/train/learn"
)

// options are what the flags say.
type options struct {
	data, to, keep, dev string
	weights, names      string
	vary, silver, clean float64
	single, confuse     bool
	altered             bool
	merge               string
	nets                *int
	net                 learn.Options
}

func main() {
	var o options
	flag.StringVar(&o.data, "data", "", "read annotated and raw texts from `DIR`")
	flag.StringVar(&o.to, "to", "names.model", "write the model to `FILE`")
	flag.StringVar(&o.keep, "keep", "", "keep vectors in `DIR` between runs")
	flag.StringVar(&o.dev, "dev", "", "measure on `NAMES` of annotated texts, with commas between")
	flag.StringVar(&o.weights, "weights", "", "change the weights of sources: `NAME=WEIGHT,…`")
	flag.StringVar(&o.names, "names", "", "take mined names from `FILE` and mine none")
	flag.Float64Var(&o.vary, "vary", 0.25, "add copies of this `SHARE` of the documents, written in other ways")
	flag.Float64Var(&o.silver, "silver", 0, "add raw texts that two models label alike, with this `WEIGHT`")
	flag.StringVar(&o.merge, "merge", "", "")
	o.nets = flag.Int("nets", members, "")
	flag.Float64Var(&o.clean, "clean", 0, "")
	flag.BoolVar(&o.single, "single", false, "stop before the second pass")
	flag.BoolVar(&o.altered, "altered", false, "measure on copies written in other ways, too")
	flag.BoolVar(&o.confuse, "confuse", false, "print what is taken for what")
	o.net = defaults()
	bits := flag.Int("bits", 20, "use 2^`N` rows")
	flag.IntVar(&o.net.Epochs, "epochs", o.net.Epochs, "go over the texts `N` times")
	flag.IntVar(&o.net.Workers, "workers", runtime.GOMAXPROCS(0), "work on `N` cores; the model stays the same")
	unknown := flag.Float64("unknown", 0.25, "")
	thin := flag.Float64("thin", 0, "")
	cost := flag.Float64("cost", 0, "")
	rate := flag.Float64("rate", 0.07, "")
	seed := flag.Uint64("seed", 1, "start the generators of random numbers from `N`")
	mineFrom := flag.String("mine", "", "")
	measured := flag.String("measure", "", "train nothing, measure the model in `FILE`")
	own := flag.String("homes", "", "")
	flag.Parse()
	if *mineFrom != "" {
		if err := o.mineOnly(*mineFrom); err != nil {
			panic(err)
		}
		return
	}
	if *measured != "" {
		data, err := os.ReadFile(*measured)
		if err == nil {
			var m *model.Model
			if m, err = model.Open(data); err == nil {
				for i, h := range strings.FieldsFunc(*own, func(r rune) bool { return r == ',' }) {
					n, _ := strconv.Atoi(h)
					m.Sources[i] = int32(n)
				}
				err = o.measure(m)
			}
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "train:", err)
			os.Exit(1)
		}
		return
	}
	o.net.Rows, o.net.Unknown, o.net.Cost, o.net.Rate, o.net.Seed = 1<<*bits, float32(*unknown), float32(*cost), float32(*rate), *seed
	o.net.Thin = float32(*thin)
	if err := run(&o); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func defaults() learn.Options {
	o := learn.Options{Epochs: 4, HiddenRows: 1 << 16, Batch: 32, Limit: 3.9}
	o.Drop = [8]float32{model.Lists: 0.25, model.Classes: 0.1, model.Text: 0.15, model.Mined: 0.3}
	return o
}

func run(o *options) error {
	path := ""
	if o.keep != "" {
		path = filepath.Join(o.keep, "vec.gob")
	}
	w, err := cached(path, func() (*learned, error) { return learnWords(o.data) })
	if err != nil {
		return err
	}
	t := tablesOf(w)
	docs, err := load(o.data, o.weights, o.vary, o.merge)
	if err != nil {
		return err
	}
	if err := o.mined(t, docs); err != nil {
		return err
	}
	if o.clean > 0 {
		if docs, err = cleaned(t, docs, o.net, float32(o.clean)); err != nil {
			return err
		}
	}
	if o.silver > 0 {
		if docs, err = o.addSilver(t, docs); err != nil {
			return err
		}
	}
	n := fit(t, docs, o.net, *o.nets)
	if o.single {
		return o.finish(n, t, nil, nil)
	}
	models, err := leaveOut(t, docs, o.net)
	if err != nil {
		return err
	}
	second := again(models, docs, o.net)
	for i := range models {
		models[i] = models[i].With(bytesOf(second.Linear), models[i].Trans)
	}
	all := claims(models, docs)
	certain := calibrate(all, len(model.Params{}.Certain)-1)
	if err := o.finish(n, t, nil, certain); err != nil {
		return err
	}
	return o.finish(n, t, second, certain)
}

// addSilver adds documents that two models label.
func (o *options) addSilver(t *tables, docs []weighed) ([]weighed, error) {
	models, err := leaveOut(t, docs, o.net)
	if err != nil {
		return nil, err
	}
	more, err := silver(o.data, models[0], models[1], float32(o.silver), len(docs))
	return append(docs, more...), err
}

// mineOnly makes a table of mined names from a finished model.
func (o *options) mineOnly(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m, err := model.Open(data)
	if err != nil {
		return err
	}
	names, err := mineNames(o.data, m)
	if err != nil {
		return err
	}
	return os.WriteFile(o.names, names, 0o644)
}

// mined sets the table of mined names.
func (o *options) mined(t *tables, docs []weighed) (err error) {
	if o.names == "none" {
		return nil
	}
	if o.names != "" {
		t.names, err = os.ReadFile(o.names)
		return err
	}
	data, err := export(fit(t, docs, o.net, 1), t, nil, nil)
	if err != nil {
		return err
	}
	m, err := model.Open(data)
	if err != nil {
		return err
	}
	t.names, err = mineNames(o.data, m)
	if err == nil && o.keep != "" {
		err = os.WriteFile(filepath.Join(o.keep, "names.tab"), t.names, 0o644)
	}
	return err
}

// finish writes the model and measures it.
func (o *options) finish(n []*learn.Net, t *tables, second *learn.Net, certain []float64) error {
	data, err := export(n, t, second, certain)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.to, data, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	m, err := model.Open(data)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes\n", o.to, len(data))
	return o.measure(m)
}

// measure prints how well m does on the texts to measure on.
func (o *options) measure(m *model.Model) error {
	for _, name := range strings.FieldsFunc(o.dev, func(r rune) bool { return r == ',' }) {
		docs, err := dev(o.data, name)
		if err != nil {
			return err
		}
		fmt.Println(name, measure(m, docs))
		if o.altered {
			for _, w := range corpus.Ways {
				r := rand.New(rand.NewPCG(1, 1))
				var copies []corpus.Doc
				for _, d := range docs {
					copies = append(copies, w.Write(d, r))
				}
				fmt.Println(name, "in", w.Name, measure(m, copies))
			}
		}
		if o.confuse {
			fmt.Print(confusion(m, docs))
		}
	}
	return nil
}
