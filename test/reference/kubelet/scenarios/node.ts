import { give, manifest, onePod, patch, pod, remove, type Scenario, scenario } from '../scenario.js';

const FOREVER = 'containers: [{sh: "sleep 1000"}]';
const needing = (resources: string, more = ''): string =>
  `containers: [{sh: "sleep 1000", resources: {${resources}}${more}}]`;

/** What the node itself refuses, makes by itself, or changes. */
export const NODE_SCENARIOS: readonly Scenario[] = [
  onePod('more CPU than there is', 8, needing('requests: {cpu: "100"}')),
  onePod('more memory than there is', 8, needing('requests: {memory: 100Ti}')),
  onePod('more CPU and memory than there is', 8, needing('requests: {cpu: "100", memory: 100Ti}')),
  onePod('a resource that the node has not', 8, needing('limits: {example.com/thing: "1"}')),
  onePod('labels that the node has not', 8, `nodeSelector: {disk: ssd}\n${FOREVER}`),
  onePod(
    'affinity to another node',
    8,
    `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}]}}}\n${FOREVER}`,
  ),
  onePod(
    'a sysctl that is not safe',
    8,
    `securityContext: {sysctls: [{name: kernel.msgmax, value: "65536"}]}\n${FOREVER}`,
  ),
  onePod(
    'a sysctl of the host network',
    8,
    `hostNetwork: true\nsecurityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65535"}]}\n${FOREVER}`,
  ),
  onePod('another operating system', 8, `os: {name: windows}\n${FOREVER}`),
  scenario(
    'a port of the host that another has',
    10,
    pod('a', 'containers: [{sh: "sleep 1000", ports: [{containerPort: 80, hostPort: 18080}]}]'),
    pod('b', 'containers: [{sh: "sleep 1000", ports: [{containerPort: 80, hostPort: 18080}]}]', { at: 2 }),
  ),
  scenario('a refused pod is deleted', 10, pod('p', `nodeSelector: {disk: ssd}\n${FOREVER}`), remove(4, 'pods/p')),
  scenario('a static pod', 12, manifest(0, 'st', FOREVER)),
  scenario('a static pod that is taken away', 20, manifest(0, 'st', FOREVER), manifest(6, 'st')),
  scenario(
    'a static pod that is changed',
    25,
    manifest(0, 'st', FOREVER),
    manifest(6, 'st', 'containers: [{sh: "sleep 2000"}]'),
  ),
  scenario('the mirror of a static pod is deleted', 16, manifest(0, 'st', FOREVER), remove(6, 'pods/st-node01')),
  scenario('a static pod that crashes', 20, manifest(0, 'st', 'containers: [{sh: "sleep 1; exit 1"}]')),
  onePod(
    'more CPU while it runs',
    20,
    needing('requests: {cpu: 10m}, limits: {cpu: 20m}'),
    patch(
      5,
      'pods/p/resize',
      'spec: {containers: [{name: main, resources: {requests: {cpu: 15m}, limits: {cpu: 30m}}}]}',
      'strategic-merge-patch',
    ),
  ),
  onePod(
    'more memory, for which it is started again',
    20,
    needing(
      'requests: {memory: 16Mi}, limits: {memory: 32Mi}',
      ', resizePolicy: [{resourceName: memory, restartPolicy: RestartContainer}]',
    ),
    patch(
      5,
      'pods/p/resize',
      'spec: {containers: [{name: main, resources: {requests: {memory: 24Mi}, limits: {memory: 48Mi}}}]}',
      'strategic-merge-patch',
    ),
  ),
  onePod(
    'more CPU while it runs than there is',
    14,
    needing('requests: {cpu: 10m}'),
    patch(
      5,
      'pods/p/resize',
      'spec: {containers: [{name: main, resources: {requests: {cpu: "100"}}}]}',
      'strategic-merge-patch',
    ),
  ),
  scenario(
    'several pods of several kinds',
    10,
    give('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}'),
    pod('guaranteed', needing('limits: {cpu: 10m, memory: 16Mi}')),
    pod('burstable', needing('requests: {cpu: 10m}')),
    pod('best-effort', FOREVER),
  ),
];
