// SPDX-License-Identifier: Apache-2.0

// Reads a JUnit file as Sonobuoy's plugin results do (its pkg/client/results/junit.go) and prints what it understood
// as JSON: encoding/xml, counts as int, a suite's time as float64, <skipped> before <failure> before <error>.
package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
)

type message struct {
	Message  string `xml:"message,attr"`
	Type     string `xml:"type,attr"`
	Contents string `xml:",chardata"`
}

type testCase struct {
	Classname string   `xml:"classname,attr"`
	Name      string   `xml:"name,attr"`
	Time      string   `xml:"time,attr"`
	Skipped   *message `xml:"skipped"`
	Failure   *message `xml:"failure"`
	Error     *message `xml:"error"`
}

type testSuite struct {
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Time     float64    `xml:"time,attr"`
	Cases    []testCase `xml:"testcase"`
}

type document struct {
	XMLName xml.Name    `xml:"testsuites"`
	Suites  []testSuite `xml:"testsuite"`
}

type item struct {
	Name      string  `json:"name"`
	Classname string  `json:"classname,omitempty"`
	Status    string  `json:"status"`
	Details   string  `json:"details,omitempty"`
	Tests     int     `json:"tests,omitempty"`
	Failures  int     `json:"failures,omitempty"`
	Time      float64 `json:"time,omitempty"`
	Items     []item  `json:"items,omitempty"`
}

func caseItem(c testCase) item {
	read := item{Name: c.Name, Classname: c.Classname, Status: "passed"}
	switch {
	case c.Skipped != nil:
		read.Status = "skipped"
	case c.Failure != nil:
		read.Status = "failed"
		read.Details = strings.TrimSpace(c.Failure.Message + " " + c.Failure.Contents)
	case c.Error != nil:
		read.Status = "failed"
		read.Details = strings.TrimSpace(c.Error.Message + " " + c.Error.Contents)
	}
	return read
}

func read(path string) (item, error) {
	root := item{Name: path, Status: "passed"}
	file, err := os.Open(path)
	if err != nil {
		return root, err
	}
	defer file.Close()
	var parsed document
	if err := xml.NewDecoder(file).Decode(&parsed); err != nil {
		return root, err
	}
	for _, suite := range parsed.Suites {
		suiteItem := item{Name: suite.Name, Status: "passed", Tests: suite.Tests, Failures: suite.Failures, Time: suite.Time}
		for _, c := range suite.Cases {
			read := caseItem(c)
			if read.Status == "failed" {
				suiteItem.Status, root.Status = "failed", "failed"
			}
			suiteItem.Items = append(suiteItem.Items, read)
		}
		root.Items = append(root.Items, suiteItem)
	}
	return root, nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sonobuoy FILE")
		os.Exit(2)
	}
	result, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(result)
}
