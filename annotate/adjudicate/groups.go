package adjudicate

import (
	"encoding/binary"
	"slices"
)

// A group is mentions that all marked, and that every annotator has in one entity.
type group struct {
	sites []int32 // indices into Case.mentions, in order
	of    []int32 // of each annotator, that entity
	first []int32 // of each annotator, the first group of that entity: itself if none is before it
	node  int32
}

// groupAgreed groups the mentions that all marked.
func (t *table) groupAgreed() (groups []group) {
	by := map[string]int32{}
	var key []byte
	for i := range t.mentions.list {
		s := &t.mentions.list[i]
		if !s.all() || len(s.of) == 0 {
			continue
		}
		key = key[:0]
		for _, e := range s.of {
			key = binary.AppendUvarint(key, uint64(e))
		}
		g, ok := by[string(key)]
		if !ok {
			g = int32(len(groups))
			by[string(key)] = g
			groups = append(groups, group{of: s.of})
		}
		groups[g].sites = append(groups[g].sites, int32(i))
	}
	firsts := make([]map[int32]int32, len(t.readings))
	for w := range firsts {
		firsts[w] = map[int32]int32{}
	}
	for g := range groups {
		for w, e := range groups[g].of {
			if _, ok := firsts[w][e]; !ok {
				firsts[w][e] = int32(g)
			}
			groups[g].first = append(groups[g].first, firsts[w][e])
		}
	}
	return groups
}

// A node is an entity of the base. It never holds two entities of one annotator, so that whoever's reading is
// taken later has nothing to separate.
type node struct {
	of    []int32 // of each annotator, the entity that its mentions are of; −1 for none so far
	group int32   // the group that it was made for; −1 for none
	into  int32   // the node that it became part of; itself if it did not
}

// root returns the node that node i is part of now.
func (t *table) root(i int32) int32 {
	for t.nodes[i].into != i {
		i = t.nodes[i].into
	}
	return i
}

func (t *table) addNode(of []int32, group int32) int32 {
	i := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{slices.Clone(of), group, i})
	return i
}

// makeNodes puts every mention into an entity of the base.
func (t *table) makeNodes() {
	at := make([]map[int32][]int32, len(t.readings)) // of each annotator and entity, its groups' nodes
	for w := range at {
		at[w] = map[int32][]int32{}
	}
	for g := range t.groups {
		n := t.addNode(t.groups[g].of, int32(g))
		t.groups[g].node = n
		for _, i := range t.groups[g].sites {
			t.mentions.list[i].node = n
		}
		for w, e := range t.groups[g].of {
			at[w][e] = append(at[w][e], n)
		}
	}
	loose := map[string]int32{} // nodes of mentions that not all marked, by who marked them as what
	var key []byte
	for i := range t.mentions.list {
		s := &t.mentions.list[i]
		if s.place < 0 {
			continue
		}
		w := s.first()
		if k := slices.IndexFunc(at[w][s.of[w]], func(n int32) bool { return agree(s.of, t.nodes[n].of) }); k >= 0 {
			s.node = at[w][s.of[w]][k]
			continue
		}
		key = key[:0]
		for _, e := range s.of {
			key = binary.AppendVarint(key, int64(e))
		}
		n, ok := loose[string(key)]
		if !ok {
			n = t.addNode(s.of, -1)
			loose[string(key)] = n
		}
		s.node = n
	}
	for _, place := range t.mentions.places {
		t.joinPlace(place)
	}
}

// agree reports whether whoever marked a site has the same entity in a node.
func agree(of, node []int32) bool {
	for w, e := range of {
		if e >= 0 && node[w] != e {
			return false
		}
	}
	return true
}

// joinPlace makes one entity of what annotators marked with other ends, unless somebody marked two names there or has
// them in different entities.
func (t *table) joinPlace(place []int32) {
	seen := make([]bool, len(t.readings))
	for _, i := range place {
		for w, e := range t.mentions.list[i].of {
			if e >= 0 && seen[w] {
				return
			}
			seen[w] = seen[w] || e >= 0
		}
	}
	for _, i := range place[1:] {
		t.join(t.root(t.mentions.list[place[0]].node), t.root(t.mentions.list[i].node))
	}
}

// join makes one node of two, if no annotator has two entities in them.
func (t *table) join(a, b int32) {
	if t.nodes[b].group >= 0 {
		a, b = b, a
	}
	if a == b || t.nodes[b].group >= 0 {
		return
	}
	x, y := t.nodes[a].of, t.nodes[b].of
	for w := range x {
		if x[w] >= 0 && y[w] >= 0 && x[w] != y[w] {
			return
		}
	}
	for w := range x {
		x[w] = max(x[w], y[w])
	}
	t.nodes[b].into = a
}
