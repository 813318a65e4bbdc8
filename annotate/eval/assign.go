package eval

import "math"

// Assign returns the largest total gain of a one-to-one assignment of rows to columns, by the
// Hungarian method of Kuhn and Munkres with potentials, in O(n²m). All rows of gain have the same
// length.
func Assign(gain [][]float64) float64 {
	if len(gain) == 0 {
		return 0
	}
	if len(gain) > len(gain[0]) {
		gain = transpose(gain)
	}
	h := newHungarian(gain)
	for row := 1; row <= len(gain); row++ {
		h.assignRow(row)
	}
	sum := 0.0
	for c, row := range h.row[1:] {
		if row > 0 {
			sum += gain[row-1][c]
		}
	}
	return sum
}

func transpose(m [][]float64) [][]float64 {
	t := make([][]float64, len(m[0]))
	for i := range t {
		t[i] = make([]float64, len(m))
		for k := range m {
			t[i][k] = m[k][i]
		}
	}
	return t
}

// A hungarian assigns one row after the other at the least cost, the negative gain. Rows and
// columns count from 1; column 0 stands for a row without column.
type hungarian struct {
	gain [][]float64
	u, v []float64 // potentials of rows and columns
	row  []int     // by column: its row, 0 for none
	way  []int     // by column: the column before it on the shortest path
}

func newHungarian(gain [][]float64) *hungarian {
	n, m := len(gain)+1, len(gain[0])+1
	return &hungarian{gain, make([]float64, n), make([]float64, m), make([]int, m), make([]int, m)}
}

// assignRow assigns a column to a row, moving other rows along the cheapest path.
func (h *hungarian) assignRow(row int) {
	h.row[0] = row
	least := make([]float64, len(h.v))
	for i := range least {
		least[i] = math.Inf(1)
	}
	seen := make([]bool, len(h.v))
	at := 0
	for h.row[at] != 0 {
		seen[at] = true
		at = h.step(at, least, seen)
	}
	for at != 0 {
		h.row[at] = h.row[h.way[at]]
		at = h.way[at]
	}
}

// step returns the nearest column not seen yet, and updates the potentials.
func (h *hungarian) step(at int, least []float64, seen []bool) int {
	row, next, delta := h.row[at], 0, math.Inf(1)
	for c := 1; c < len(h.v); c++ {
		if seen[c] {
			continue
		}
		if cost := -h.gain[row-1][c-1] - h.u[row] - h.v[c]; cost < least[c] {
			least[c], h.way[c] = cost, at
		}
		if least[c] < delta {
			delta, next = least[c], c
		}
	}
	for c := range h.v {
		if seen[c] {
			h.u[h.row[c]] += delta
			h.v[c] -= delta
		} else {
			least[c] -= delta
		}
	}
	return next
}
