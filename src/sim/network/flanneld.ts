import { isJsonObject, type JsonObject } from '../api/object.js';
import { StatusError } from '../api/status.js';
import { formatTime } from '../api/time.js';
import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import { JsonError, readJson } from '../api/yaml/json-reader.js';
import type { ApiClient } from '../client/client.js';
import { createClient } from '../client/create-client.js';
import { inClusterConfig } from '../client/in-cluster.js';
import { klogLine } from '../client/klog.js';
import { RESOURCES } from '../client/resource-types.js';
import { connectTransport } from '../client/transport.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { WaitQueue } from '../kernel/wait.js';
import { contains, formatAddress, formatAddress6, parseRange } from './addresses.js';
import { programmableNode } from './host-namespace.js';

const VERSION = 'v0.27.4';
const NET_CONF = '/etc/kube-flannel/net-conf.json';
const SUBNET_FILE = '/run/flannel/subnet.env';
const ANNOTATIONS = 'flannel.alpha.coreos.com';
/** What vxlan leaves of the hosts' 1500. */
const MTU = 1450;

/** What net-conf.json asks for. */
interface NetConf {
  readonly network: string;
  readonly network6: string | undefined;
  readonly backend: string;
}

/** Why there is no network, in flannel's words. */
class FlannelError extends Error {}

/**
 * flannel's agent with `--kube-subnet-mgr`: takes the node's pod range for its lease, tells the others by annotations,
 * and tells its CNI plugin by a file. It knows nothing of NetworkPolicies. Lines of its log are from knowledge (v0.27).
 */
export const flanneld: Program = function* flanneld(sys) {
  if (sys.args.includes('--version')) {
    yield* sys.write(2, `${VERSION}\n`);
    return 0;
  }
  const log = (severity: 'I' | 'E', where: string, message: string) =>
    sys.write(2, klogLine(sys, severity, where, message));
  const node = programmableNode(sys);
  if (!node) {
    yield* log('E', 'main.go:234', 'Failed to create SubnetManager: the network of the host is needed');
    return 1;
  }
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), { userAgent: 'flanneld/v0.27.4' });
  let conf: NetConf;
  let name: string;
  try {
    name = yield* ownNode(sys, client);
    conf = readConf(sys);
  } catch (error) {
    if (!(error instanceof FlannelError)) throw error;
    yield* log('E', 'main.go:234', `Failed to create SubnetManager: ${error.message}`);
    return 1;
  }
  yield* log('I', 'kube.go:139', 'Waiting 10m0s for node controller to sync');
  yield* log('I', 'kube.go:163', 'Node controller sync successful');
  yield* log('I', 'main.go:238', `Created subnet manager: Kubernetes Subnet Manager - ${name}`);
  yield* log('I', 'main.go:519', `Found network config - Backend type: ${conf.backend}`);
  const address = node.namespace.addresses()[0] ?? '';
  const link = node.namespace.links().find(({ addresses }) => addresses.some((one) => one.startsWith(`${address}/`)));
  yield* log('I', 'match.go:263', `Using interface with name ${link?.name ?? 'eth0'} and address ${address}`);
  try {
    const ranges = yield* acquireLease(sys, client, name, conf, address);
    const text = subnetFile(conf, ranges);
    sys.writeFile(SUBNET_FILE, text, 0o644);
  } catch (error) {
    if (!(error instanceof FlannelError)) throw error;
    yield* log('E', 'main.go:359', `Error registering network: failed to acquire lease: ${error.message}`);
    return 1;
  }
  yield* log('I', 'main.go:467', `Wrote subnet file to ${SUBNET_FILE}`);
  yield* log('I', 'main.go:471', 'Running backend.');
  yield new WaitQueue();
  return 0;
};

/** The node that this pod runs on; flannel asks for its own pod. */
function* ownNode(sys: Sys, client: ApiClient): Waiting<string> {
  const own = sys.environment.get('NODE_NAME');
  if (own) return own;
  const [name, namespace] = [sys.environment.get('POD_NAME'), sys.environment.get('POD_NAMESPACE')];
  if (!name || !namespace) throw new FlannelError('env variables POD_NAME and POD_NAMESPACE must be set');
  try {
    const pod = yield* client.get<Pod>(RESOURCES.pods, name, namespace);
    return pod.spec.nodeName ?? '';
  } catch (error) {
    const why = `error retrieving pod spec for '${namespace}/${name}': ${(error as Error).message}`;
    throw error instanceof StatusError ? new FlannelError(why) : error;
  }
}

function readConf(sys: Sys): NetConf {
  let value: unknown;
  try {
    value = readJson(decodeText(sys.readFile(NET_CONF)));
  } catch (error) {
    if (isErrno(error))
      throw new FlannelError(`failed to read net conf: open ${NET_CONF}: ${error.message.toLowerCase()}`);
    if (!(error instanceof JsonError)) throw error;
    throw new FlannelError(`error parsing subnet config: ${error.message}`);
  }
  const conf: JsonObject = isJsonObject(value) ? value : {};
  const backend = isJsonObject(conf['Backend']) ? conf['Backend']['Type'] : undefined;
  const six = conf['EnableIPv6'] === true ? conf['IPv6Network'] : undefined;
  return {
    network: String(conf['Network'] ?? ''),
    network6: typeof six === 'string' ? six : undefined,
    backend: typeof backend === 'string' ? backend : 'udp',
  };
}

/** The node's ranges, which must lie in flannel's own; what others need to know stands on the node then. */
function* acquireLease(sys: Sys, client: ApiClient, name: string, conf: NetConf, address: string): Waiting<string[]> {
  const { spec } = yield* client.get<Node>(RESOURCES.nodes, name);
  const ranges = spec.podCIDRs ?? (spec.podCIDR ? [spec.podCIDR] : []);
  if (ranges.length === 0) throw new FlannelError(`node "${name}" pod cidr not assigned`);
  const four = ranges.find((range) => !range.includes(':'));
  const six = conf.network6 === undefined ? undefined : ranges.find((range) => range.includes(':'));
  yield* tellOthers(sys, client, name, conf.backend, address);
  if (four !== undefined) demandWithin(conf.network, four, name, 'PodCIDR');
  if (six !== undefined) demandWithin(conf.network6 as string, six, name, 'IPv6 PodCIDR');
  return [four, six].filter((range) => range !== undefined);
}

function demandWithin(network: string, range: string, name: string, what: string): void {
  const whole = parseRange(network);
  if (whole && contains(whole, range.replace(/\/.*$/, ''))) return;
  throw new FlannelError(
    `subnet "${network}" specified in the flannel net config doesn't contain "${range}" ${what} of the "${name}" node`,
  );
}

function* tellOthers(sys: Sys, client: ApiClient, name: string, backend: string, address: string): Waiting<void> {
  const bytes = [...sys.random().fork('flannel.1').bytes(5)];
  const hardware = ['e2', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
  const now = formatTime(sys.now());
  const annotations = {
    [`${ANNOTATIONS}/backend-data`]: JSON.stringify({ VNI: 1, VtepMAC: hardware }),
    [`${ANNOTATIONS}/backend-type`]: backend,
    [`${ANNOTATIONS}/kube-subnet-manager`]: 'true',
    [`${ANNOTATIONS}/public-ip`]: address,
  };
  const condition = {
    type: 'NetworkUnavailable',
    status: 'False',
    reason: 'FlannelIsUp',
    message: 'Flannel is running on this node',
    lastTransitionTime: now,
    lastHeartbeatTime: now,
  };
  const patch = { metadata: { annotations }, status: { conditions: [condition] } };
  yield* client.patch<Node>(RESOURCES.nodes, name, undefined, 'application/strategic-merge-patch+json', patch, {
    subresource: 'status',
  });
}

/** The file that the CNI plugin reads: the whole network, and the bridge's own address with its range. */
function subnetFile({ network, network6 }: NetConf, ranges: readonly string[]): string {
  const lines = ranges.flatMap((text) => {
    const range = parseRange(text);
    if (!range) return [];
    const own = range.first + 1n;
    const bits = text.replace(/^.*\//, '');
    return range.family === 6
      ? [`FLANNEL_IPV6_NETWORK=${network6}`, `FLANNEL_IPV6_SUBNET=${formatAddress6(own)}/${bits}`]
      : [`FLANNEL_NETWORK=${network}`, `FLANNEL_SUBNET=${formatAddress(Number(own))}/${bits}`];
  });
  return `${[...lines, `FLANNEL_MTU=${MTU}`, 'FLANNEL_IPMASQ=true'].join('\n')}\n`;
}
