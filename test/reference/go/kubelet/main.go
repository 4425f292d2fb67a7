// The kubelet of Kubernetes as it is, over a container runtime of our own that runs containers as processes of this
// machine and answers about images as it is told. What needs a whole node (cgroups, cadvisor, mounts) is the stub that
// kubemark uses.
package main

import (
	"context"
	"flag"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	nooptrace "go.opentelemetry.io/otel/trace/noop"
	"k8s.io/apimachinery/pkg/api/resource"
	clientset "k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	remote "k8s.io/cri-client/pkg"
	"k8s.io/klog/v2"
	kubeletapp "k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
	kubeletutil "k8s.io/kubernetes/pkg/kubelet/util"
	"k8s.io/kubernetes/pkg/util/oom"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/configmap"
	"k8s.io/kubernetes/pkg/volume/downwardapi"
	"k8s.io/kubernetes/pkg/volume/emptydir"
	"k8s.io/kubernetes/pkg/volume/hostpath"
	"k8s.io/kubernetes/pkg/volume/image"
	"k8s.io/kubernetes/pkg/volume/projected"
	"k8s.io/kubernetes/pkg/volume/secret"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
	"k8s.io/kubernetes/pkg/volume/util/subpath"
	"k8s.io/mount-utils"

	_ "k8s.io/component-base/metrics/prometheus/restclient"
)

var (
	kubeconfig = flag.String("kubeconfig", "", "how to reach the API server")
	nodeName   = flag.String("name", "node01", "the node's name")
	root       = flag.String("root", "", "a folder for all that is written")
	calls      = flag.String("calls", "", "the file to which calls of the runtime are written")
	manifests  = flag.String("manifests", "", "the folder of static pods")
)

func main() {
	klog.InitFlags(nil)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	runtime := startRuntime(*root, *calls)
	defer runtime.end()
	if err := run(ctx); err != nil {
		klog.ErrorS(err, "kubelet does not start")
		runtime.end()
		os.Exit(1)
	}
	<-ctx.Done()
}

func run(ctx context.Context) error {
	deps, err := dependencies(ctx)
	if err != nil {
		return err
	}
	flags, config, err := configuration()
	if err != nil {
		return err
	}
	server := &options.KubeletServer{KubeletFlags: *flags, KubeletConfiguration: *config}
	return kubeletapp.RunKubelet(ctx, server, deps)
}

func dependencies(ctx context.Context) (*kubelet.Dependencies, error) {
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS = -1
	client, err := clientset.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	tracer := nooptrace.NewTracerProvider()
	endpoint := "unix://" + filepath.Join(*root, "cri.sock")
	runtimeService, err := remote.NewRemoteRuntimeService(ctx, endpoint, 15*time.Second, tracer, false)
	if err != nil {
		return nil, err
	}
	imageService, err := remote.NewRemoteImageService(ctx, endpoint, 15*time.Second, tracer, false)
	if err != nil {
		return nil, err
	}
	return &kubelet.Dependencies{
		KubeClient:                client,
		HeartbeatClient:           client,
		EventClient:               client.CoreV1(),
		RemoteRuntimeService:      runtimeService,
		RemoteImageService:        imageService,
		CAdvisorInterface:         &machine{},
		ContainerManager:          containerManager(),
		VolumePlugins:             volumePlugins(),
		OOMAdjuster:               oom.NewFakeOOMAdjuster(),
		Mounter:                   mount.NewFakeMounter(nil),
		Subpather:                 subpath.New(mount.NewFakeMounter(nil)),
		HostUtil:                  quietHost{hostutil.NewHostUtil()},
		PodStartupLatencyTracker:  kubeletutil.NewPodStartupLatencyTracker(),
		NodeStartupLatencyTracker: kubeletutil.NewNodeStartupLatencyTracker(),
		TracerProvider:            tracer,
	}, nil
}

func volumePlugins() []volume.VolumePlugin {
	var all []volume.VolumePlugin
	all = append(all, configmap.ProbeVolumePlugins()...)
	all = append(all, downwardapi.ProbeVolumePlugins()...)
	all = append(all, emptydir.ProbeVolumePlugins()...)
	all = append(all, hostpath.ProbeVolumePlugins(volume.VolumeConfig{})...)
	all = append(all, image.ProbeVolumePlugins()...)
	all = append(all, projected.ProbeVolumePlugins()...)
	return append(all, secret.ProbeVolumePlugins()...)
}

// configuration is kubelet's own with as few changes as a machine without cgroups allows.
func configuration() (*options.KubeletFlags, *kubeletconfig.KubeletConfiguration, error) {
	flags := options.NewKubeletFlags()
	flags.RootDirectory = filepath.Join(*root, "kubelet")
	flags.HostnameOverride = *nodeName
	config, err := options.NewKubeletConfiguration()
	if err != nil {
		return nil, nil, err
	}
	config.ContainerRuntimeEndpoint = "unix://" + filepath.Join(*root, "cri.sock")
	config.EnableServer = false
	config.ReadOnlyPort = 0
	config.CgroupsPerQOS = false
	config.EnforceNodeAllocatable = nil
	config.CgroupRoot = ""
	config.ClusterDNS = []string{"10.96.0.10"}
	config.ClusterDomain = "cluster.local"
	config.EnableControllerAttachDetach = false
	config.FailSwapOn = false
	config.StaticPodPath = *manifests
	config.PodLogsDir = filepath.Join(*root, "logs")
	// Many pods begin at once; what a limit of pulls does is no matter of pods.
	config.RegistryPullQPS = 0
	config.SerializeImagePulls = false
	config.MaxPods = 500
	config.EvictionHard = map[string]string{}
	return flags, config, nil
}

var (
	nodeCPUs   = 2
	nodeMemory = resource.MustParse("3997155328")
)
