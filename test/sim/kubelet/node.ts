import type { ContainerImage, ImageFile } from '../../../src/sim/api/container-image.js';
import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { ServerParts } from '../../../src/sim/apiserver/parts.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { FileTree } from '../../../src/sim/hosts/file-tree/file-tree.js';
import { Host } from '../../../src/sim/hosts/host.js';
import { pauseProgram } from '../../../src/sim/images/pause-program.js';
import { createRegistry } from '../../../src/sim/images/registry.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Handshake } from '../../../src/sim/kernel/conversation.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { NetworkNamespace } from '../../../src/sim/kernel/network.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { createContainerd } from '../../../src/sim/kubelet/containerd/containerd.js';
import { createKubelet } from '../../../src/sim/kubelet/kubelet.js';
import type { RuntimePort } from '../../../src/sim/kubelet/runtime-port.js';
import { KUBELET_TIMING } from '../../../src/sim/kubelet/timing.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import type { SimNamespace } from '../../../src/sim/network/namespace.js';
import { busybox } from '../../../src/sim/programs/busybox/index.js';
import { ash } from '../../../src/sim/shell/ash.js';
import { dash } from '../../../src/sim/shell/dash.js';
import { createVolumes } from '../../../src/sim/storage/volumes.js';
import { testServer } from '../apiserver/harness.js';

const CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
staticPodPath: /etc/kubernetes/manifests
clusterDNS: [10.96.0.10]
clusterDomain: cluster.local
authentication: {anonymous: {enabled: true}}
`;
const CNI = JSON.stringify({
  name: 'net',
  plugins: [{ type: 'bridge', ipam: { type: 'host-local', subnet: '10.244.1.0/24' } }],
});
/** Builds an image's file tree. */
function buildLayer(image: ContainerImage, clock: () => number): FileTree {
  const tree = new FileTree({ clock });
  for (const file of image.files()) putImageFile(tree, file);
  return tree;
}

function putImageFile(
  tree: FileTree,
  { path, content, lazy, program, link, directory, mode, owner, group }: ImageFile,
): void {
  const meta = {
    ...(mode === undefined ? {} : { mode }),
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
  };
  if (directory) tree.putDirectory(path, meta);
  else if (link !== undefined) tree.putLink(path, link);
  else if (program !== undefined) tree.put(path, executableImage(program), meta);
  else if (lazy) tree.setLazyFile(path, lazy, meta);
  else tree.put(path, content ?? '', meta);
}

/** Takes whatever certificate the client has. */
const handshake: Handshake = (_server, { certificate }) => (certificate === undefined ? {} : { certificate });

/** One node with its runtime and kubelet, beside an API server in memory. */
export function testNode(
  options: {
    programs?: Record<string, Program>;
    files?: Record<string, string>;
    kubeletArgs?: string[];
    /** A port of the host that somebody else has. */
    port?: number;
    /** How the API server tells who asks and who may. */
    server?: Partial<ServerParts>;
    /** What is put around the container runtime. */
    runtime?: (containerd: Program) => Program;
  } = {},
) {
  const programs = new Map<string, Program>(
    Object.entries({ pause: pauseProgram, busybox: busybox.run, ash, dash, ...options.programs }),
  );
  const kernel = new Kernel({ epoch: Date.UTC(2026, 10, 21) * 1000, seed: '1', programs, handshake });
  const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('net') });
  const network = fabric.addNode('node01', ['172.30.1.3']);
  const host = new Host({
    kernel,
    name: 'node01',
    network: network.namespace,
    layout(tree) {
      tree.put('/var/lib/kubelet/config.yaml', CONFIG);
      tree.put('/etc/kubernetes/kubelet.conf', 'x');
      tree.put('/etc/cni/net.d/10-net.conflist', CNI);
      tree.put('/opt/cni/bin/bridge', '');
      tree.put('/etc/hosts', '127.0.0.1 localhost\n');
      tree.put('/etc/resolv.conf', 'nameserver 1.1.1.1\n');
      tree.putDirectory('/etc/kubernetes/manifests');
      tree.put('/usr/bin/under-test', executableImage('under-test'), { mode: 0o755 });
      tree.put('/usr/bin/kubelet', executableImage('kubelet'), { mode: 0o755 });
      for (const [path, text] of Object.entries(options.files ?? {})) tree.put(path, text);
    },
  });
  const layers = new Map<string, FileTree>();
  const clock = () => kernel.now();
  const port: RuntimePort = {
    registry: createRegistry(),
    timing: KUBELET_TIMING.brisk,
    hostProcesses: '',
    cgroups: host.kernel.cgroups,
    buildRoot({ image, mounts, processes, cgroup, settings, readOnly: sealed }) {
      const layer = layers.get(image.id) ?? buildLayer(image, clock);
      layers.set(image.id, layer);
      const root = FileTree.overlay(layer, { clock, disk: host.newLayer() });
      root.mount('/proc', host.containerProc(processes, settings));
      root.mount('/dev', host.containerDev(processes));
      root.mount('/sys/fs/cgroup', host.containerCgroups(cgroup, processes));
      for (const { hostPath, containerPath, readOnly, image: source } of mounts)
        root.mount(containerPath, source ? buildLayer(source, clock) : host.files, { subPath: hostPath, readOnly });
      if (sealed) root.sealRoot();
      return root;
    },
    addNetwork: (pod, address) => fabric.addPod(network, address, pod),
    removeNetwork: (namespace: NetworkNamespace) => fabric.remove(namespace as SimNamespace),
    setPodRanges: () => {},
    openHostPorts: () => {},
    notePlugin: () => {},
  };
  const server = testServer({ now: () => kernel.now(), ...options.server });
  const transport = {
    request: (request: Parameters<typeof server.handler>[0]) =>
      server.handler(request, { address: { address: '172.30.1.3', port: 1 } }),
  };
  for (const name of ['default', 'kube-system', 'kube-node-lease'])
    server.request({
      method: 'POST',
      target: '/api/v1/namespaces',
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    });
  const plainRuntime = createContainerd(port);
  const runtime = options.runtime?.(plainRuntime) ?? plainRuntime;
  const containerd = startProcess(host.kernel, runtime, ['/usr/bin/containerd']);
  if (options.port !== undefined) network.namespace.listen({ port: options.port, application: 'raw' });
  const log: string[] = [];
  const kubeletProgram = createKubelet({
    timing: KUBELET_TIMING.brisk,
    volumes: createVolumes,
    connect: () => createClient(transport, { userAgent: 'kubelet/v1.36.0' }),
  });
  const args = options.kubeletArgs ?? [
    '--config=/var/lib/kubelet/config.yaml',
    '--kubeconfig=/etc/kubernetes/kubelet.conf',
  ];
  programs.set('kubelet', kubeletProgram);
  let exit: number | undefined;
  startProcess(
    host.kernel,
    function* init(sys) {
      const { read, write } = sys.pipe();
      const pid = sys.spawn('/usr/bin/kubelet', ['/usr/bin/kubelet', ...args], {
        descriptors: new Map([
          [1, write],
          [2, write],
        ]),
      });
      sys.close(write);
      for (;;) {
        const bytes = yield* sys.read(read);
        if (bytes.length === 0) break;
        log.push(Buffer.from(bytes).toString('utf8'));
      }
      const change = yield* sys.wait(pid);
      exit = change?.kind === 'exited' && 'code' in change.status ? change.status.code : -1;
      return 0;
    },
    ['init'],
  );
  const node = {
    kernel,
    host,
    server,
    containerd,
    fabric,
    log,
    exit: () => exit,
    advance: (seconds: number) => {
      kernel.advance(seconds * SECOND);
      if (kernel.crashes.length > 0) throw kernel.crashes[0]?.error;
    },
    create: (object: unknown, resource = 'pods', namespace = 'default') =>
      server.request({ method: 'POST', target: `/api/v1/namespaces/${namespace}/${resource}`, object }),
    get: <T extends KubeObject>(resource: string, name: string, namespace = 'default'): T =>
      server.request({
        target: `/api/v1/namespaces/${namespace}/${resource}/${name}`,
        headers: { accept: 'application/vnd.kubedrill.object' },
      }).object as T,
    pod: (name: string, namespace = 'default'): Pod => node.get<Pod>('pods', name, namespace),
    delete: (name: string, graceSeconds: number, namespace = 'default') =>
      server.request({
        method: 'DELETE',
        target: `/api/v1/namespaces/${namespace}/pods/${name}`,
        object: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: graceSeconds },
      }),
    events: (): string[] =>
      (
        (
          server.request({ target: '/api/v1/events', headers: { accept: 'application/vnd.kubedrill.object' } })
            .object as { items: KubeObject[] }
        ).items ?? []
      ).map((event) => `${event['reason']}: ${event['message']}`),
    file: (path: string): string => {
      const open = host.files.open(path, { read: true }, 0, { uid: 0, gid: 0, groups: [] });
      return Buffer.from(open.tryRead(1 << 20) ?? []).toString('utf8');
    },
  };
  return node;
}

/** A pod of one container that is already given to the node. */
export function pod(name: string, container: Record<string, unknown>, spec: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      nodeName: 'node01',
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      containers: [{ name: 'main', image: 'busybox:1.37', ...container }],
      ...spec,
    },
  };
}
