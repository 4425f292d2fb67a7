package main

import (
	cadvisorapi "github.com/google/cadvisor/info/v1"
	cadvisortest "k8s.io/kubernetes/pkg/kubelet/cadvisor/testing"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
)

// machine is what kubelet is told of the computer it runs on.
type machine struct{ cadvisortest.Fake }

func (m *machine) MachineInfo() (*cadvisorapi.MachineInfo, error) {
	return &cadvisorapi.MachineInfo{
		NumCores:       nodeCPUs,
		MemoryCapacity: uint64(nodeMemory.Value()),
		MachineID:      "1",
		SystemUUID:     "1",
		BootID:         "1",
	}, nil
}

// quietHost leaves this machine's mounts alone.
type quietHost struct{ *hostutil.HostUtil }

func (quietHost) MakeRShared(string) error { return nil }
