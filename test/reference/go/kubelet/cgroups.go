package main

import (
	"sync"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/klog/v2"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	"k8s.io/kubernetes/pkg/kubelet/cm"
)

// managed is kubemark's container manager, but that it remembers what pods' control groups are set to.
type managed struct {
	cm.ContainerManager
	pods *podGroups
}

func containerManager() cm.ContainerManager {
	stub := cm.NewStubContainerManager()
	groups := &podGroups{PodContainerManager: stub.NewPodContainerManager(), set: map[types.UID]cm.ResourceConfig{}}
	return &managed{ContainerManager: stub, pods: groups}
}

func (m *managed) NewPodContainerManager() cm.PodContainerManager { return m.pods }

type podGroups struct {
	cm.PodContainerManager
	mu  sync.Mutex
	set map[types.UID]cm.ResourceConfig
}

// GetPodCgroupConfig gives what was set last, which for a pod not seen before is what its spec asks for.
func (g *podGroups) GetPodCgroupConfig(pod *v1.Pod, resource v1.ResourceName) (*cm.ResourceConfig, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	all, known := g.set[pod.UID]
	if !known {
		all = *cm.ResourceConfigForPod(pod, true, 100_000, false, kubeletconfig.NoneMemoryReservationPolicy)
		g.set[pod.UID] = all
	}
	none, least, period := int64(-1), uint64(cm.MinShares), uint64(100_000)
	if resource == v1.ResourceMemory {
		return &cm.ResourceConfig{Memory: or(all.Memory, &none)}, nil
	}
	return &cm.ResourceConfig{CPUShares: or(all.CPUShares, &least), CPUQuota: or(all.CPUQuota, &none), CPUPeriod: or(all.CPUPeriod, &period)}, nil
}

func or[T any](given, otherwise *T) *T {
	if given != nil {
		return given
	}
	return otherwise
}

func (g *podGroups) SetPodCgroupConfig(_ klog.Logger, pod *v1.Pod, config *cm.ResourceConfig) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := g.set[pod.UID]
	if config.Memory != nil {
		all.Memory = config.Memory
	}
	if config.CPUShares != nil {
		all.CPUShares = config.CPUShares
	}
	if config.CPUQuota != nil {
		all.CPUQuota, all.CPUPeriod = config.CPUQuota, config.CPUPeriod
	}
	g.set[pod.UID] = all
	return nil
}
