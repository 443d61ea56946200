// SPDX-License-Identifier: Apache-2.0

// Package results: names in the tarball, which Sonobuoy's own sources have beside much about the cluster.
package results

const (
	PluginsDir     = "plugins"
	ResultsDir     = "results"
	ErrorsDir      = "errors"
	DefaultErrFile = "error.json"
)
