module example.com/kubedrill/real/images

go 1.26.0

require github.com/hashicorp/http-echo v1.0.0
