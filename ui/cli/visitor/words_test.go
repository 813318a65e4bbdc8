package visitor

import (
	"fmt"
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
