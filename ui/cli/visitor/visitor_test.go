package visitor

import "testing"

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"log decisions on 8b08f1: the library is read-only":                                            "you may only read here, and change nothing",
		"byline: save the search “x”: the library is read-only; you may read it, and decide nothing\n": "byline: you may only read here, and change nothing\n",
		"one\nset the status of 8b: the library is read-only\ntwo":                                     "one\nyou may only read here, and change nothing\ntwo",
		"Updated: another program changed decisions":                                                   "Updated: somebody else changed decisions",
		"This terminal draws no pictures; l lists those":                                               "Pictures are not drawn over SSH; l lists those",
		`x: no article; "byline list" lists them`:                                                      `x: no article; "ssh HOST list" lists them`,
		`byline: byline export: name articles`:                                                         `byline: ssh HOST export: name articles`,
		`byline: --by x: nobody`:                                                                       `byline: --by x: nobody`,
		`x: there is no set; "byline team add" makes one`:                                              `x: there is no set; whoever runs the server makes one`,
		`“byline team add SET --all --members NAMES” begins one`:                                       `whoever runs the server begins one`,
		`“byline team progress” says who has what; “byline team assign --each 2” gives`:                `“ssh HOST team progress” says who has what; whoever runs the server gives`,
		`“byline export --all --curated -o FOLDER” writes the curated readings.`:                       `“ssh HOST export --all --curated > FILE” writes the curated readings.`,
		`"byline annotate --again 5d1c" tries it once more`:                                            `whoever runs the server tries it once more`,
		"byline --view NAME shows them from the start":                                                 "ssh HOST linear --view NAME shows them from the start",
		"byline team guidelines SET prints them":                                                       "ssh HOST team guidelines SET prints them",
		"byline export and the shell’s own pipes do that":                                              "ssh HOST export and the shell’s own pipes do that",
		`"byline sync ssh:HOST" on your own computer`:                                                  `"byline sync ssh:HOST" on your own computer`,
		"x: byline suggest NAME ARTICLE does that.":                                                    "x: whoever runs the server does that.",
		"byline finds names":                     "byline finds names",
		`"byline search 'Ann Lee'" searches`:     `“ssh HOST "search 'Ann Lee'"” searches`,
		`see "byline search --help"`:             `see "ssh HOST search --help"`,
		`"byline export -o x.json --all" writes`: `"ssh HOST export --all > x.json" writes`,
	} {
		if got := Words(text); got != want {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
}

func TestExample(t *testing.T) {
	t.Parallel()
	text := `  byline export 3fa2 > ferry.json
  byline export "The Ferry" --format markdown -o ferry.md
  byline export --all -o exported/
  byline export --all --format brat -o exported/
  byline export --where tag:may -f parquet -o may/
  byline team assign May
  byline review --where 'tag:todo reviewed:<50%'
  byline list | awk -F'\t' '$2'
  byline annotate x`
	want := `  ssh HOST export 3fa2 > ferry.json
  ssh HOST "export 'The Ferry' --format markdown" > ferry.md
  ssh HOST export --all > exported.json
  ssh HOST export --all --format brat > exported.zip
  ssh HOST export --where tag:may -f parquet > may.zip
  ssh -t HOST "review --where 'tag:todo reviewed:<50%'"
  ssh HOST list | awk -F'\t' '$2'`
	if got := Example(text); got != want {
		t.Errorf("%s", got)
	}
}
