package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/klog/v2"
)

// sandbox is a pod's: an address and a folder.
type sandbox struct {
	id, ip  string
	config  *runtimeapi.PodSandboxConfig
	handler string
	created int64
	state   runtimeapi.PodSandboxState
}

// scriptedRuntime is a container runtime whose containers are processes of this machine.
type scriptedRuntime struct {
	runtimeapi.UnimplementedRuntimeServiceServer
	runtimeapi.UnimplementedImageServiceServer
	mu         sync.Mutex
	root       string
	log        *os.File
	next       int
	sandboxes  map[string]*sandbox
	containers map[string]*container
	images     map[string]bool
	server     *grpc.Server
}

func startRuntime(root, calls string) *scriptedRuntime {
	log, err := os.OpenFile(calls, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		klog.Fatal(err)
	}
	r := &scriptedRuntime{
		root:       root,
		log:        log,
		sandboxes:  map[string]*sandbox{},
		containers: map[string]*container{},
		images:     map[string]bool{},
		server:     grpc.NewServer(),
	}
	for _, name := range presentImages {
		r.images[name] = true
	}
	if err := prepareBase(filepath.Join(root, "base")); err != nil {
		klog.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(root, "cri.sock"))
	if err != nil {
		klog.Fatal(err)
	}
	runtimeapi.RegisterRuntimeServiceServer(r.server, r)
	runtimeapi.RegisterImageServiceServer(r.server, r)
	go r.server.Serve(listener)
	return r
}

// end kills what still runs.
func (r *scriptedRuntime) end() {
	r.mu.Lock()
	all := make([]*container, 0, len(r.containers))
	for _, c := range r.containers {
		all = append(all, c)
	}
	r.mu.Unlock()
	for _, c := range all {
		c.kill()
	}
}

// called writes down a call that changes something; the caller holds no lock.
func (r *scriptedRuntime) called(pod *runtimeapi.PodSandboxMetadata, call, container, more string) {
	row, _ := json.Marshal(map[string]any{
		"at": time.Now().UnixMilli(), "namespace": pod.GetNamespace(), "pod": pod.GetName(),
		"call": call, "container": container, "more": more,
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.log, "%s\n", row)
}

func (r *scriptedRuntime) newID() (string, int) {
	r.next++
	return fmt.Sprintf("%064x", r.next), r.next
}

func (r *scriptedRuntime) Version(context.Context, *runtimeapi.VersionRequest) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{Version: "0.1.0", RuntimeName: "containerd", RuntimeVersion: "v2.1.4", RuntimeApiVersion: "v1"}, nil
}

func (r *scriptedRuntime) Status(context.Context, *runtimeapi.StatusRequest) (*runtimeapi.StatusResponse, error) {
	ready := func(name string) *runtimeapi.RuntimeCondition {
		return &runtimeapi.RuntimeCondition{Type: name, Status: true}
	}
	return &runtimeapi.StatusResponse{
		Status: &runtimeapi.RuntimeStatus{Conditions: []*runtimeapi.RuntimeCondition{ready("RuntimeReady"), ready("NetworkReady")}},
		RuntimeHandlers: []*runtimeapi.RuntimeHandler{
			{Name: "", Features: &runtimeapi.RuntimeHandlerFeatures{RecursiveReadOnlyMounts: true, UserNamespaces: true}},
			{Name: "runc", Features: &runtimeapi.RuntimeHandlerFeatures{RecursiveReadOnlyMounts: true, UserNamespaces: true}},
		},
		Features: &runtimeapi.RuntimeFeatures{SupplementalGroupsPolicy: true},
	}, nil
}

func (r *scriptedRuntime) UpdateRuntimeConfig(context.Context, *runtimeapi.UpdateRuntimeConfigRequest) (*runtimeapi.UpdateRuntimeConfigResponse, error) {
	return &runtimeapi.UpdateRuntimeConfigResponse{}, nil
}

func (r *scriptedRuntime) RunPodSandbox(_ context.Context, q *runtimeapi.RunPodSandboxRequest) (*runtimeapi.RunPodSandboxResponse, error) {
	r.called(q.Config.Metadata, "RunPodSandbox", "", "")
	if q.RuntimeHandler != "" && q.RuntimeHandler != "runc" {
		return nil, status.Errorf(codes.Unknown, "failed to get sandbox runtime: no runtime for %q is configured", q.RuntimeHandler)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	id, number := r.newID()
	s := &sandbox{id: id, ip: fmt.Sprintf("127.1.%d.%d", number/250, number%250+1), config: q.Config, handler: q.RuntimeHandler, created: time.Now().UnixNano()}
	r.sandboxes[id] = s
	return &runtimeapi.RunPodSandboxResponse{PodSandboxId: id}, nil
}

func (r *scriptedRuntime) StopPodSandbox(_ context.Context, q *runtimeapi.StopPodSandboxRequest) (*runtimeapi.StopPodSandboxResponse, error) {
	r.mu.Lock()
	s := r.sandboxes[q.PodSandboxId]
	var inside []*container
	for _, c := range r.containers {
		if c.sandbox == s {
			inside = append(inside, c)
		}
	}
	r.mu.Unlock()
	if s == nil {
		return &runtimeapi.StopPodSandboxResponse{}, nil
	}
	r.called(s.config.Metadata, "StopPodSandbox", "", "")
	for _, c := range inside {
		c.kill()
	}
	r.mu.Lock()
	s.state = runtimeapi.PodSandboxState_SANDBOX_NOTREADY
	r.mu.Unlock()
	return &runtimeapi.StopPodSandboxResponse{}, nil
}

func (r *scriptedRuntime) RemovePodSandbox(_ context.Context, q *runtimeapi.RemovePodSandboxRequest) (*runtimeapi.RemovePodSandboxResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, c := range r.containers {
		if c.sandbox.id == q.PodSandboxId {
			delete(r.containers, id)
		}
	}
	delete(r.sandboxes, q.PodSandboxId)
	return &runtimeapi.RemovePodSandboxResponse{}, nil
}

func (r *scriptedRuntime) PodSandboxStatus(_ context.Context, q *runtimeapi.PodSandboxStatusRequest) (*runtimeapi.PodSandboxStatusResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sandboxes[q.PodSandboxId]
	if s == nil {
		return nil, status.Errorf(codes.NotFound, "an error occurred when try to find sandbox %q: not found", q.PodSandboxId)
	}
	options := s.config.GetLinux().GetSecurityContext().GetNamespaceOptions()
	return &runtimeapi.PodSandboxStatusResponse{Status: &runtimeapi.PodSandboxStatus{
		Id: s.id, Metadata: s.config.Metadata, State: s.state, CreatedAt: s.created,
		Network: &runtimeapi.PodSandboxNetworkStatus{Ip: s.ip},
		Linux:   &runtimeapi.LinuxPodSandboxStatus{Namespaces: &runtimeapi.Namespace{Options: options}},
		Labels:  s.config.Labels, Annotations: s.config.Annotations, RuntimeHandler: s.handler,
	}}, nil
}

func (r *scriptedRuntime) ListPodSandbox(_ context.Context, q *runtimeapi.ListPodSandboxRequest) (*runtimeapi.ListPodSandboxResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	answer := &runtimeapi.ListPodSandboxResponse{}
	for _, s := range r.sandboxes {
		f := q.GetFilter()
		if f.GetId() != "" && f.Id != s.id || f.GetState() != nil && f.State.State != s.state || !matches(f.GetLabelSelector(), s.config.Labels) {
			continue
		}
		answer.Items = append(answer.Items, &runtimeapi.PodSandbox{
			Id: s.id, Metadata: s.config.Metadata, State: s.state, CreatedAt: s.created,
			Labels: s.config.Labels, Annotations: s.config.Annotations, RuntimeHandler: s.handler,
		})
	}
	return answer, nil
}

func matches(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}

func (r *scriptedRuntime) UpdatePodSandboxResources(context.Context, *runtimeapi.UpdatePodSandboxResourcesRequest) (*runtimeapi.UpdatePodSandboxResourcesResponse, error) {
	return &runtimeapi.UpdatePodSandboxResourcesResponse{}, nil
}

func (r *scriptedRuntime) RuntimeConfig(context.Context, *runtimeapi.RuntimeConfigRequest) (*runtimeapi.RuntimeConfigResponse, error) {
	return &runtimeapi.RuntimeConfigResponse{Linux: &runtimeapi.LinuxRuntimeConfiguration{CgroupDriver: runtimeapi.CgroupDriver_SYSTEMD}}, nil
}
