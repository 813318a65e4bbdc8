package annotate

// A Rule is a rule of the engine's with what it goes by, for people to weigh.
type Rule struct {
	Name string // as in Origin.Rule
	Says string // one plain sentence
}
