package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// oomAnnotation names the container of a pod that is killed for its memory a second after it starts.
const oomAnnotation = "reference/oom"

// container is a process in namespaces of its own, with a folder as its root.
type container struct {
	id, root, base             string
	sandbox                    *sandbox
	config                     *runtimeapi.ContainerConfig
	logPath                    string
	mu                         sync.Mutex
	command                    *exec.Cmd
	state                      runtimeapi.ContainerState
	created, started, finished int64
	exitCode                   int32
	reason, message            string
	outOfMemory                bool
	ended                      chan struct{}
	resources                  *runtimeapi.LinuxContainerResources
}

func notFound(id string) error {
	return status.Errorf(codes.NotFound, "an error occurred when try to find container %q: not found", id)
}

func (r *scriptedRuntime) container(id string) (*container, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c := r.containers[id]; c != nil {
		return c, nil
	}
	return nil, notFound(id)
}

func (r *scriptedRuntime) CreateContainer(_ context.Context, q *runtimeapi.CreateContainerRequest) (*runtimeapi.CreateContainerResponse, error) {
	name := q.Config.Metadata.Name
	r.called(q.SandboxConfig.Metadata, "CreateContainer", name, "")
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.sandboxes[q.PodSandboxId]
	if s == nil {
		return nil, status.Errorf(codes.NotFound, "failed to find sandbox id %q: not found", q.PodSandboxId)
	}
	id, _ := r.newID()
	c := &container{
		id: id, sandbox: s, config: q.Config, created: time.Now().UnixNano(), root: filepath.Join(r.root, "containers", id), base: filepath.Join(r.root, "base"),
		logPath: filepath.Join(q.SandboxConfig.LogDirectory, q.Config.LogPath), ended: make(chan struct{}),
		resources: q.Config.GetLinux().GetResources(),
	}
	if err := newRoot(c.base, c.root); err != nil {
		return nil, err
	}
	r.containers[id] = c
	return &runtimeapi.CreateContainerResponse{ContainerId: id}, nil
}

func (r *scriptedRuntime) StartContainer(_ context.Context, q *runtimeapi.StartContainerRequest) (*runtimeapi.StartContainerResponse, error) {
	c, err := r.container(q.ContainerId)
	if err != nil {
		return nil, err
	}
	r.called(c.sandbox.config.Metadata, "StartContainer", c.config.Metadata.Name, "")
	if err := c.start(); err != nil {
		return nil, err
	}
	return &runtimeapi.StartContainerResponse{}, nil
}

func (c *container) start() error {
	args := append(append([]string{}, c.config.Command...), c.config.Args...)
	if len(args) == 0 {
		args = []string{"sh"}
	}
	dies := c.sandbox.config.Annotations[oomAnnotation] == c.config.Metadata.Name
	if dies {
		args = []string{"sleep", "1000"}
	}
	if err := c.executable(args[0]); err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.state, c.finished, c.exitCode = runtimeapi.ContainerState_CONTAINER_EXITED, time.Now().UnixNano(), 128
		c.reason = "StartError"
		c.message = "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: " + err.Error()
		close(c.ended)
		return status.Error(codes.Unknown, c.message)
	}
	command := exec.Command("/bin/sh", append([]string{"-c", c.entry(), "sh"}, args...)...)
	command.Env = c.environment()
	command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	log, err := newLog(c.logPath)
	if err != nil {
		return err
	}
	command.Stdout, command.Stderr = log.stream("stdout"), log.stream("stderr")
	command.WaitDelay = 200 * time.Millisecond
	if err := command.Start(); err != nil {
		return err
	}
	c.mu.Lock()
	c.command, c.started, c.state = command, time.Now().UnixNano(), runtimeapi.ContainerState_CONTAINER_RUNNING
	c.mu.Unlock()
	go c.wait(log)
	if dies {
		time.AfterFunc(time.Second, func() {
			c.outOfMemory = true
			c.signal(syscall.SIGKILL)
		})
	}
	c.untilInside()
	return nil
}

// untilInside waits until the process has its own root: a hook may look at it at once.
func (c *container) untilInside() {
	for range 200 {
		root, err := os.Readlink(fmt.Sprintf("/proc/%d/root", c.command.Process.Pid))
		if err != nil || root == c.root {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (c *container) wait(log *containerLog) {
	_ = c.command.Wait()
	log.close()
	c.mu.Lock()
	defer c.mu.Unlock()
	result := c.command.ProcessState.Sys().(syscall.WaitStatus)
	c.exitCode, c.reason = int32(result.ExitStatus()), "Error"
	if result.Signaled() {
		c.exitCode = 128 + int32(result.Signal())
	}
	if c.exitCode == 0 {
		c.reason = "Completed"
	}
	if c.outOfMemory {
		c.reason = "OOMKilled"
	}
	c.state, c.finished = runtimeapi.ContainerState_CONTAINER_EXITED, time.Now().UnixNano()
	close(c.ended)
}

func (c *container) signal(signal syscall.Signal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state == runtimeapi.ContainerState_CONTAINER_RUNNING {
		_ = c.command.Process.Signal(signal)
	}
}

func (c *container) kill() {
	c.mu.Lock()
	running := c.state == runtimeapi.ContainerState_CONTAINER_RUNNING
	c.mu.Unlock()
	if running {
		c.signal(syscall.SIGKILL)
		<-c.ended
	}
}

func (r *scriptedRuntime) StopContainer(_ context.Context, q *runtimeapi.StopContainerRequest) (*runtimeapi.StopContainerResponse, error) {
	c, err := r.container(q.ContainerId)
	if err != nil {
		return &runtimeapi.StopContainerResponse{}, nil
	}
	r.called(c.sandbox.config.Metadata, "StopContainer", c.config.Metadata.Name, fmt.Sprintf("%d s", q.Timeout))
	c.mu.Lock()
	running := c.state == runtimeapi.ContainerState_CONTAINER_RUNNING
	c.mu.Unlock()
	if !running {
		return &runtimeapi.StopContainerResponse{}, nil
	}
	if q.Timeout > 0 {
		c.signal(stopSignal(c.config.StopSignal))
		select {
		case <-c.ended:
			return &runtimeapi.StopContainerResponse{}, nil
		case <-time.After(time.Duration(q.Timeout) * time.Second):
		}
	}
	c.kill()
	return &runtimeapi.StopContainerResponse{}, nil
}

func stopSignal(signal runtimeapi.Signal) syscall.Signal {
	switch signal {
	case runtimeapi.Signal_SIGINT:
		return syscall.SIGINT
	case runtimeapi.Signal_SIGUSR1:
		return syscall.SIGUSR1
	case runtimeapi.Signal_SIGQUIT:
		return syscall.SIGQUIT
	case runtimeapi.Signal_SIGHUP:
		return syscall.SIGHUP
	}
	return syscall.SIGTERM
}

func (r *scriptedRuntime) RemoveContainer(_ context.Context, q *runtimeapi.RemoveContainerRequest) (*runtimeapi.RemoveContainerResponse, error) {
	r.mu.Lock()
	c := r.containers[q.ContainerId]
	delete(r.containers, q.ContainerId)
	r.mu.Unlock()
	if c != nil {
		r.called(c.sandbox.config.Metadata, "RemoveContainer", c.config.Metadata.Name, "")
		c.kill()
		_ = os.RemoveAll(c.root)
	}
	return &runtimeapi.RemoveContainerResponse{}, nil
}

func (r *scriptedRuntime) ListContainers(_ context.Context, q *runtimeapi.ListContainersRequest) (*runtimeapi.ListContainersResponse, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	answer := &runtimeapi.ListContainersResponse{}
	for _, c := range r.containers {
		f := q.GetFilter()
		c.mu.Lock()
		state := c.state
		c.mu.Unlock()
		if f.GetId() != "" && f.Id != c.id || f.GetState() != nil && f.State.State != state ||
			f.GetPodSandboxId() != "" && f.PodSandboxId != c.sandbox.id || !matches(f.GetLabelSelector(), c.config.Labels) {
			continue
		}
		answer.Containers = append(answer.Containers, &runtimeapi.Container{
			Id: c.id, PodSandboxId: c.sandbox.id, Metadata: c.config.Metadata, Image: c.config.Image, ImageRef: c.config.Image.Image,
			ImageId: c.config.Image.Image, State: state, CreatedAt: c.created, Labels: c.config.Labels, Annotations: c.config.Annotations,
		})
	}
	return answer, nil
}

func (r *scriptedRuntime) ContainerStatus(_ context.Context, q *runtimeapi.ContainerStatusRequest) (*runtimeapi.ContainerStatusResponse, error) {
	c, err := r.container(q.ContainerId)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	image := r.find(c.config.Image.Image)
	r.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	return &runtimeapi.ContainerStatusResponse{Status: &runtimeapi.ContainerStatus{
		Id: c.id, Metadata: c.config.Metadata, State: c.state, CreatedAt: c.created, StartedAt: c.started, FinishedAt: c.finished,
		ExitCode: c.exitCode, Reason: c.reason, Message: c.message, Image: &runtimeapi.ImageSpec{Image: image.GetRepoTags()[0]},
		ImageRef: image.GetRepoDigests()[0], ImageId: image.GetId(), Labels: c.config.Labels, Annotations: c.config.Annotations,
		Mounts: c.config.Mounts, LogPath: c.logPath, Resources: &runtimeapi.ContainerResources{Linux: c.resources},
		StopSignal: shownSignal(c.config.StopSignal), User: c.user(),
	}}, nil
}

func shownSignal(signal runtimeapi.Signal) runtimeapi.Signal {
	if signal == runtimeapi.Signal_RUNTIME_DEFAULT {
		return runtimeapi.Signal_SIGTERM
	}
	return signal
}

func (c *container) user() *runtimeapi.ContainerUser {
	security := c.config.GetLinux().GetSecurityContext()
	user := &runtimeapi.LinuxContainerUser{Uid: security.GetRunAsUser().GetValue(), Gid: security.GetRunAsGroup().GetValue()}
	user.SupplementalGroups = append([]int64{user.Gid}, security.GetSupplementalGroups()...)
	if user.Uid == 0 {
		// The image's /etc/group has root in wheel.
		user.SupplementalGroups = append(user.SupplementalGroups, 10)
	}
	return &runtimeapi.ContainerUser{Linux: user}
}

func (r *scriptedRuntime) UpdateContainerResources(_ context.Context, q *runtimeapi.UpdateContainerResourcesRequest) (*runtimeapi.UpdateContainerResourcesResponse, error) {
	c, err := r.container(q.ContainerId)
	if err != nil {
		return nil, err
	}
	r.called(c.sandbox.config.Metadata, "UpdateContainerResources", c.config.Metadata.Name, "")
	c.mu.Lock()
	defer c.mu.Unlock()
	c.resources = q.Linux
	return &runtimeapi.UpdateContainerResourcesResponse{}, nil
}

func (r *scriptedRuntime) ReopenContainerLog(context.Context, *runtimeapi.ReopenContainerLogRequest) (*runtimeapi.ReopenContainerLogResponse, error) {
	return &runtimeapi.ReopenContainerLogResponse{}, nil
}

func (r *scriptedRuntime) ExecSync(_ context.Context, q *runtimeapi.ExecSyncRequest) (*runtimeapi.ExecSyncResponse, error) {
	c, err := r.container(q.ContainerId)
	if err != nil {
		return nil, err
	}
	return c.exec(q.Cmd, time.Duration(q.Timeout)*time.Second)
}

func (c *container) exec(args []string, timeout time.Duration) (*runtimeapi.ExecSyncResponse, error) {
	c.mu.Lock()
	running := c.state == runtimeapi.ContainerState_CONTAINER_RUNNING
	c.mu.Unlock()
	if !running {
		return nil, status.Errorf(codes.Unknown, "failed to exec in container: container is in CONTAINER_EXITED state")
	}
	if err := c.executable(args[0]); err != nil {
		return nil, status.Errorf(codes.Unknown, "failed to exec in container: failed to start exec %q: OCI runtime exec failed: exec failed: unable to start container process: %s", fmt.Sprintf("%064x", rand.Uint64()), err)
	}
	ctx, stop := context.WithCancel(context.Background())
	if timeout > 0 {
		ctx, stop = context.WithTimeout(ctx, timeout)
	}
	defer stop()
	inside := []string{"-t", fmt.Sprint(c.command.Process.Pid), "-p", "-m", "-r", "-w"}
	command := exec.CommandContext(ctx, "nsenter", append(inside, args...)...)
	command.Env = c.environment()
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	command.WaitDelay = 200 * time.Millisecond
	var out, errors strings.Builder
	command.Stdout, command.Stderr = &out, &errors
	err := command.Run()
	if ctx.Err() != nil {
		return nil, status.Errorf(codes.DeadlineExceeded, "failed to exec in container: timeout %s exceeded: context deadline exceeded", timeout)
	}
	code := 0
	if err != nil && command.ProcessState == nil {
		return nil, err
	}
	if result := command.ProcessState.Sys().(syscall.WaitStatus); result.Signaled() {
		code = 128 + int(result.Signal())
	} else {
		code = result.ExitStatus()
	}
	return &runtimeapi.ExecSyncResponse{Stdout: []byte(out.String()), Stderr: []byte(errors.String()), ExitCode: int32(code)}, nil
}

func (r *scriptedRuntime) ContainerStats(_ context.Context, q *runtimeapi.ContainerStatsRequest) (*runtimeapi.ContainerStatsResponse, error) {
	return nil, notFound(q.ContainerId)
}

func (r *scriptedRuntime) ListContainerStats(context.Context, *runtimeapi.ListContainerStatsRequest) (*runtimeapi.ListContainerStatsResponse, error) {
	return &runtimeapi.ListContainerStatsResponse{}, nil
}

func (r *scriptedRuntime) ListPodSandboxStats(context.Context, *runtimeapi.ListPodSandboxStatsRequest) (*runtimeapi.ListPodSandboxStatsResponse, error) {
	return &runtimeapi.ListPodSandboxStatsResponse{}, nil
}
