//go:build !unix

package place

import "os"

// writable reports whether the file or folder at path is not marked read-only.
func writable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.IsDir() || info.Mode().Perm()&0o200 != 0)
}

// readable reports whether the file at path may be read, as far as that can be said without opening it.
func readable(string) bool { return true }
