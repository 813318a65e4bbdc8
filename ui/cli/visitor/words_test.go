package visitor

import (
	"fmt"
	"strings"
	"testing"
)

// quoted are words without quotation marks.
func quoted(words ...string) (out []Word) {
	for _, w := range words {
		out = append(out, Word{w, w})
	}
	return out
}

// What ssh has taken apart is put together where it can be nothing else, and nothing that is meant as it stands.
func TestArrange(t *testing.T) {
	t.Parallel()
	for want, words := range map[string][]Word{
		`["list" "--where=status:unread added:7d"]`:                 quoted("list", "--where", "status:unread", "added:7d"),
		`["list" "--where=status:unread added:7d" "--format=json"]`: quoted("list", "--where=status:unread", "added:7d", "--format", "json"),
		`["review" "-w=tag:may by:ann"]`:                            quoted("review", "-w", "tag:may", "by:ann"),
		`["export" "--where=tag:may date:2026" "-f=markdown"]`:      quoted("export", "--where", "tag:may", "date:2026", "-f", "markdown"),
		`["export" "Sultan" "Qaboos" "dies"]`:                       quoted("export", "Sultan", "Qaboos", "dies"),
		`["export" "--by=Ann Lee" "ID"]`:                            quoted("export", "ID", "--by", "Ann", "Lee"),
		`["export" "--by=Ann" "ID"]`:                                quoted("export", "--by", "Ann", "ID"),
		`["export" "--all" "-f=brat"]`:                              quoted("export", "--all", "-f", "brat"),
		`["people" "Joe Biden"]`:                                    quoted("people", "Joe", "Biden"),
		`["people" "--merge=Donald Trump" "Joe Biden"]`:             quoted("people", "Joe", "Biden", "--merge", "Donald", "Trump"),
		`["people" "--split=J. Biden" "Joe Biden"]`:                 {{"people", "people"}, {"Joe Biden", `"Joe Biden"`}, {"--split", "--split"}, {"J. Biden", `"J. Biden"`}},
		`["people" "--undo"]`:                                       quoted("people", "--undo"),
		`["log" "--at=2026-11-30 08:06" "X"]`:                       quoted("log", "X", "--at", "2026-11-30", "08:06"),
		`["log" "--at=2026-11-30" "Sultan Qaboos"]`:                 quoted("log", "--at", "2026-11-30", "Sultan", "Qaboos"),
		`["search" "\"public transport\"" "covid"]`:                 {{"search", "search"}, {"public transport", `"public transport"`}, {"covid", "covid"}},
		`["search" "\"public transport\""]`:                         {{"search", "search"}, {"public transport", `"public transport"`}},
		`["search" "by:\"Ann Lee\"" "strike"]`:                      {{"search", "search"}, {"by:Ann Lee", `by:"Ann Lee"`}, {"strike", "strike"}},
		`["search" "by:\"Ann Lee\" strike"]`:                        {{"search", "search"}, {`by:"Ann Lee" strike`, `by:"Ann Lee" strike`}},
		`["search" "-n=5" "-storm" "harbour"]`:                      quoted("search", "-n", "5", "-storm", "harbour"),
		`["diff" "X" "1" "2"]`:                                      quoted("diff", "X", "1", "2"),
		`["list"]`:                                                  quoted("--", "list"),
		`["list" "--where=by:\"Ann Lee\" strike"]`:                  {{"list", "list"}, {"--where", "--where"}, {"by:Ann Lee", `by:"Ann Lee"`}, {"strike", "strike"}},
		`["list" "--where=by:\"Ann Lee\""]`:                         {{"list", "list"}, {"--where=by:Ann Lee", `--where=by:"Ann Lee"`}},
		`["list" "--where=by:ann tag:x"]`:                           {{"list", "list"}, {"--where", "--where"}, {"by:ann tag:x", `"by:ann tag:x"`}},
		`["linear" "--view=Anders Lee"]`:                            quoted("linear", "--view", "Anders", "Lee"),
		`["team" "report" "--set=May Day"]`:                         quoted("team", "report", "--set", "May", "Day"),
		`["team" "guidelines" "May Day"]`:                           quoted("team", "guidelines", "May", "Day"),
		`["search" "--" "-x"]`:                                      quoted("search", "--", "-x"),
		`["frobnicate" "a" "b"]`:                                    quoted("frobnicate", "a", "b"),
		`["team" "guidelines" "May"]`:                               quoted("team", "guidelines", "May"),
		`[]`:                                                        nil,
	} {
		if got := fmt.Sprintf("%q", Arrange(words)); got != want {
			t.Errorf("%v:\n got %s\nwant %s", words, got, want)
		}
	}
}

// Where ssh has made several words of a name, it is said how to type them as one.
func TestApart(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"export --by Anders Lee 3fa2":          `ssh HOST "export --by 'Anders Lee' 3fa2"`,
		"export 3fa2 --by Anders Lee -f csv":   "",
		"export -f csv --by Anders Lee 3fa2":   `ssh HOST "export -f csv --by 'Anders Lee' 3fa2"`,
		"team report --for Anders Lee":         `ssh HOST "team report --for 'Anders Lee'"`,
		"team agree --annotators Al Lee,ann":   `ssh HOST "team agree --annotators 'Al Lee,ann'"`,
		"people Ann O'Hara --merge Ann O'Ham":  "",
		"people --merge Ann O'Ham --split x y": `ssh HOST "people --merge 'Ann O'\\''Ham' --split x y"`,
		"export --by Anders 3fa2":              "",
		"team report --set May Day":            "",
		"linear --view Anders Lee":             "",
		"export 3fa2":                          "",
		"list":                                 "",
		"frobnicate --by Anders Lee x":         "",
		"search -n 5 a b":                      "",
	} {
		if got := Apart(quoted(strings.Fields(words)...)); got != want {
			t.Errorf("%s: %s, not %s", words, got, want)
		}
	}
	if got := Apart(quoted("export", "--by", "Anders Lee", "x", "y")); got != "" {
		t.Errorf("who typed two pairs is told: %s", got)
	}
}
