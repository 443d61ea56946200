// SPDX-License-Identifier: Apache-2.0

// Package daemonset stands in for Sonobuoy's, whose plugins have results node by node.
package daemonset

import "github.com/vmware-tanzu/sonobuoy/pkg/plugin"

// Plugin is what ours isn't.
type Plugin struct{ plugin.Interface }
