//go:build tools

// Package images names the programs that go into images, so that `go mod tidy` keeps what they need.
package images

import _ "github.com/hashicorp/http-echo"
