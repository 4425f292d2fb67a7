package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// presentImages are on the node before anything begins.
var presentImages = []string{"docker.io/library/busybox:1.37"}

const imageSize = 2_000_000

// normal is the name under which containerd keeps an image.
func normal(name string) string {
	if first, _, found := strings.Cut(name, "/"); !found || !strings.ContainsAny(first, ".:") {
		if !found {
			name = "library/" + name
		}
		name = "docker.io/" + name
	}
	return name
}

func digest(name string) string {
	return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(name)))
}

func (r *scriptedRuntime) image(name string) *runtimeapi.Image {
	repository, _, _ := strings.Cut(name, ":")
	return &runtimeapi.Image{
		Id: digest(name), RepoTags: []string{name}, RepoDigests: []string{repository + "@" + digest("digest of "+name)},
		Size: imageSize, Spec: &runtimeapi.ImageSpec{Image: name},
	}
}

func (r *scriptedRuntime) find(asked string) *runtimeapi.Image {
	for name := range r.images {
		if name == normal(asked) || digest(name) == asked {
			return r.image(name)
		}
	}
	return nil
}

func (r *scriptedRuntime) ListImages(context.Context, *runtimeapi.ListImagesRequest) (*runtimeapi.ListImagesResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	answer := &runtimeapi.ListImagesResponse{}
	for name := range r.images {
		answer.Images = append(answer.Images, r.image(name))
	}
	return answer, nil
}

func (r *scriptedRuntime) ImageStatus(_ context.Context, q *runtimeapi.ImageStatusRequest) (*runtimeapi.ImageStatusResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return &runtimeapi.ImageStatusResponse{Image: r.find(q.Image.Image)}, nil
}

// PullImage gives what the images' names say; the refusals are containerd's of registries that have no such image.
func (r *scriptedRuntime) PullImage(_ context.Context, q *runtimeapi.PullImageRequest) (*runtimeapi.PullImageResponse, error) {
	r.called(q.SandboxConfig.GetMetadata(), "PullImage", "", q.Image.Image)
	name := normal(q.Image.Image)
	time.Sleep(250 * time.Millisecond)
	if strings.Contains(name, "nosuchtag") {
		return nil, status.Errorf(codes.NotFound, "failed to pull and unpack image %q: failed to resolve image: %s: not found", name, name)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.images[name] = true
	return &runtimeapi.PullImageResponse{ImageRef: digest(name)}, nil
}

func (r *scriptedRuntime) RemoveImage(_ context.Context, q *runtimeapi.RemoveImageRequest) (*runtimeapi.RemoveImageResponse, error) {
	return &runtimeapi.RemoveImageResponse{}, nil
}

func (r *scriptedRuntime) ImageFsInfo(context.Context, *runtimeapi.ImageFsInfoRequest) (*runtimeapi.ImageFsInfoResponse, error) {
	usage := []*runtimeapi.FilesystemUsage{{
		Timestamp: time.Now().UnixNano(), FsId: &runtimeapi.FilesystemIdentifier{Mountpoint: r.root},
		UsedBytes: &runtimeapi.UInt64Value{Value: imageSize}, InodesUsed: &runtimeapi.UInt64Value{Value: 1},
	}}
	return &runtimeapi.ImageFsInfoResponse{ImageFilesystems: usage, ContainerFilesystems: usage}, nil
}
