// SPDX-License-Identifier: Apache-2.0

// Package plugin stands in for Sonobuoy's: what its results code asks of a plugin.
package plugin

// Interface is a plugin as far as its results are concerned.
type Interface interface {
	GetName() string
	GetResultFormat() string
	GetResultFiles() []string
}
