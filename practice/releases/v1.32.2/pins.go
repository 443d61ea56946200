// SPDX-License-Identifier: Apache-2.0
//go:build pins

// Package release keeps what building another release's parts needs in go.mod and go.sum; it is never compiled.
package release

import _ "k8s.io/kubernetes/test/e2e"
