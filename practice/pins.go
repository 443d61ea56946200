// SPDX-License-Identifier: Apache-2.0
//go:build pins

// Package practice keeps what `go test -c` of e2e.test needs in go.mod and go.sum; it is never compiled.
package practice

import _ "k8s.io/kubernetes/test/e2e"
