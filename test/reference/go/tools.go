//go:build tools

// Package reference names the programs that answers are recorded from, so that `go mod tidy` keeps what they need.
package reference

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
)
