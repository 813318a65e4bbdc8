//go:build !linux

package model

// Release frees what was unpacked of the model's tables.
func (m *Model) Release() { m.repack() }
