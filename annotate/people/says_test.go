package people

import "testing"

func TestEveryRuleSaysWhatItGoesBy(t *testing.T) {
	says := map[string]string{}
	for _, r := range Rules() {
		says[r.Name] = r.Says
	}
	for _, r := range rules {
		if says[r.name] == "" {
			t.Errorf("%s says nothing", r.name)
		}
	}
	if says["exact"] == "" || len(says) != len(rules)+1 {
		t.Errorf("%d rules say what they go by, there are %d", len(says), len(rules)+1)
	}
}
