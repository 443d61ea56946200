// SPDX-License-Identifier: Apache-2.0

// Draws a JUnit file as Prow's Spyglass does, by its own lens: with the lens's template, whose headlines tell counts,
// and with one of ours, which tells each row. Prints both as JSON.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"sigs.k8s.io/prow/pkg/config"
	"sigs.k8s.io/prow/pkg/spyglass/api"
	"sigs.k8s.io/prow/pkg/spyglass/lenses/junit"
)

// In a script, html/template writes data as JSON.
const rowsTemplate = `{{define "body"}}<script>{{.}}</script>{{end}}`

var headline = regexp.MustCompile(`<h6>(.*?)</h6>`)

// artifact is a file of a job; the lens reads it whole and asks for its name.
type artifact struct {
	api.Artifact
	path string
}

func (a artifact) JobPath() string          { return "artifacts/" + filepath.Base(a.path) }
func (a artifact) CanonicalLink() string    { return a.JobPath() }
func (a artifact) ReadAll() ([]byte, error) { return os.ReadFile(a.path) }

type shown struct {
	Headlines []string        `json:"headlines"`
	Page      string          `json:"page"`
	Rows      json.RawMessage `json:"rows"`
}

func draw(path, templates string) (shown, error) {
	own, err := os.MkdirTemp("", "opready-lens-")
	if err != nil {
		return shown{}, err
	}
	defer os.RemoveAll(own)
	if err := os.WriteFile(filepath.Join(own, "template.html"), []byte(rowsTemplate), 0o600); err != nil {
		return shown{}, err
	}
	body := func(templates string) string {
		return junit.Lens{}.Body([]api.Artifact{artifact{path: path}}, templates, "", nil, config.Spyglass{})
	}
	drawn := shown{Page: body(templates)}
	for _, found := range headline.FindAllStringSubmatch(drawn.Page, -1) {
		drawn.Headlines = append(drawn.Headlines, html.UnescapeString(found[1]))
	}
	rows := strings.TrimSuffix(strings.TrimPrefix(body(own), "<script>"), "</script>")
	if !json.Valid([]byte(rows)) {
		return shown{}, errors.New("the lens drew no rows")
	}
	drawn.Rows = json.RawMessage(rows)
	return drawn, nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: prow FILE DIRECTORY_OF_THE_LENS'S_TEMPLATE")
		os.Exit(2)
	}
	drawn, err := draw(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(drawn)
}
