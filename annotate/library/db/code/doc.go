// Package code is how a library writes down texts, their blocks and layers, each in few bytes. Each code begins with a
// byte for its version, and what an earlier version wrote can be read.
package code
