// SPDX-License-Identifier: Apache-2.0

// Reads a JUnit file as Sonobuoy does when a plugin has submitted it, by its own code, and prints the results as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vmware-tanzu/sonobuoy/pkg/client/results"
)

// plugin is one whose results are a JUnit file.
type plugin struct{ file string }

func (plugin) GetName() string            { return "op-readiness" }
func (plugin) GetResultFormat() string    { return results.ResultFormatJUnit }
func (p plugin) GetResultFiles() []string { return []string{p.file} }

// process lays the file out as Sonobuoy's aggregator does and has it read there.
func process(path string) (results.Item, error) {
	root, err := os.MkdirTemp("", "opready-sonobuoy-")
	if err != nil {
		return results.Item{}, err
	}
	defer os.RemoveAll(root)
	read := plugin{filepath.Base(path)}
	directory := filepath.Join(root, results.PluginsDir, read.GetName(), results.ResultsDir, "global")
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return results.Item{}, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return results.Item{}, err
	}
	if err := os.WriteFile(filepath.Join(directory, read.file), text, 0o600); err != nil {
		return results.Item{}, err
	}
	item, faults := results.PostProcessPlugin(read, root)
	if len(faults) > 0 {
		return item, faults[0]
	}
	return item, nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sonobuoy FILE")
		os.Exit(2)
	}
	item, err := process(os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(item)
}
