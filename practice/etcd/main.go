// SPDX-License-Identifier: Apache-2.0
// The practice cluster's etcd: the upstream server, built from its module.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
