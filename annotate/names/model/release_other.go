//go:build !linux

package model

// Release does nothing: it frees memory on Linux only.
func (m *Model) Release() {}
