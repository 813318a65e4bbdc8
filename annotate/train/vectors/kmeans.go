package vectors

import "math"

// Classes divides vectors, Dim numbers each, into k classes by spherical k-means and returns the
// class of each. The first vectors, those of frequent words, are the seeds.
func Classes(vectors []float32, k, rounds int, seed uint64) []uint16 {
	n := len(vectors) / Dim
	v := append([]float32(nil), vectors...)
	for i := range n {
		unit(v[i*Dim : i*Dim+Dim])
	}
	r := rng(seed*2 + 1)
	centers := make([]float32, k*Dim)
	for i := range k {
		copy(centers[i*Dim:], v[int(r.next()>>33)%min(n, 30000)*Dim:][:Dim])
	}
	class := make([]uint16, n)
	for range rounds {
		for i := range class {
			class[i] = nearestCenter(centers, (*[Dim]float32)(v[i*Dim:]))
		}
		clear(centers)
		for i, c := range class {
			center := centers[int(c)*Dim:][:Dim]
			for d, x := range v[i*Dim : i*Dim+Dim] {
				center[d] += x
			}
		}
		for i := range k {
			unit(centers[i*Dim : i*Dim+Dim])
		}
	}
	return class
}

func nearestCenter(centers []float32, v *[Dim]float32) uint16 {
	best, most := 0, float32(-9)
	for k := 0; k*Dim < len(centers); k++ {
		c := (*[Dim]float32)(centers[k*Dim:])
		var s0, s1, s2, s3 float32
		for d := 0; d < Dim; d += 4 {
			s0 += v[d] * c[d]
			s1 += v[d+1] * c[d+1]
			s2 += v[d+2] * c[d+2]
			s3 += v[d+3] * c[d+3]
		}
		if s := s0 + s1 + s2 + s3; s > most {
			best, most = k, s
		}
	}
	return uint16(best)
}

func unit(v []float32) {
	n := 0.0
	for _, x := range v {
		n += float64(x) * float64(x)
	}
	n = math.Sqrt(n) + 1e-9
	for i := range v {
		v[i] = float32(float64(v[i]) / n)
	}
}
