import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Service } from '../../api/types/service.js';
import { KUBERNETES_VERSION } from '../../api/version.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { klogLine } from '../../client/klog.js';
import { loadKubeconfig } from '../../client/kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../../client/kubeconfig/resolve.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport, type TransportConfig } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { isIpv6, parseRange } from '../addresses.js';
import { programmableNode } from '../host-namespace.js';
import type { NetworkNode } from '../node.js';
import { type ProxyMode, ServiceTable } from '../services/service-table.js';
import { configProblem, type ProxyConfig, ProxyConfigError, readProxyConfig } from './config.js';
import { ProxyServers } from './servers.js';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const ZONE = 'topology.kubernetes.io/zone';
const DEFAULTS = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

/** kube-proxy: keeps its node's rules for service addresses as services and their slices say. */
export const kubeProxy: Program = function* kubeProxy(sys) {
  if (sys.args.includes('--version') || sys.args.includes('--version=true')) {
    yield* sys.write(1, `Kubernetes ${KUBERNETES_VERSION}\n`);
    return 0;
  }
  const config = yield* configure(sys);
  if (typeof config === 'number') return config;
  const node = programmableNode(sys);
  if (!node) return yield* fail(sys, 'can not set sysctl net/ipv4/conf/all/route_localnet to 1: permission denied');
  const transport = yield* connection(sys, config);
  if (typeof transport === 'number') return transport;
  return yield* keepRules(sys, config, node, transport);
};

/** The configuration in force, or the status kube-proxy ends with at once. */
function* configure(sys: Sys): Waiting<ProxyConfig | number> {
  const path = flag(sys, 'config');
  let config: ProxyConfig;
  try {
    config = readProxyConfig(path === undefined ? DEFAULTS : decodeText(sys.readFile(path)));
  } catch (error) {
    if (isErrno(error)) return yield* refuse(sys, `failed complete: open ${path}: ${error.message.toLowerCase()}`);
    if (error instanceof ProxyConfigError)
      return yield* refuse(sys, `failed complete: failed to decode: ${error.message}`);
    throw error;
  }
  if (path === undefined) {
    const mode = flag(sys, 'proxy-mode');
    const ranges = flag(sys, 'cluster-cidr');
    const kubeconfig = flag(sys, 'kubeconfig');
    config = {
      ...config,
      ...(mode === undefined ? {} : { mode }),
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(ranges === undefined ? {} : { clusterCIDRs: ranges.split(',') }),
    };
  }
  if (config.mode === '') yield* sys.write(2, klogLine(sys, 'I', 'server_linux.go:49', '"Using iptables proxy"'));
  const problem = configProblem(config);
  return problem === undefined ? config : yield* refuse(sys, `failed validate: ${problem}`);
}

function* connection(sys: Sys, { kubeconfig }: ProxyConfig): Waiting<TransportConfig | number> {
  try {
    if (kubeconfig !== '') return transportConfigOf(sys, resolveContext(loadKubeconfig(sys, kubeconfig)));
    const words = '"Neither kubeconfig file nor master URL was specified, falling back to in-cluster config"';
    yield* sys.write(2, klogLine(sys, 'I', 'server.go:420', words));
    return inClusterConfig(sys);
  } catch (error) {
    if (!isErrno(error) && !(error instanceof NotInClusterError) && !(error instanceof Error)) throw error;
    return yield* fail(sys, error.message);
  }
}

function* keepRules(sys: Sys, config: ProxyConfig, node: NetworkNode, transport: TransportConfig): Waiting<number> {
  const nodeName = (flag(sys, 'hostname-override') || config.hostnameOverride || sys.hostname()).toLowerCase();
  const client = createClient(connectTransport(sys, transport), { userAgent: 'kube-proxy/v1.36.0' });
  const informers = new InformerFactory(sys, client);
  const services = informers.informer<Service>(RESOURCES.services);
  const slices = informers.informer<EndpointSlice>(RESOURCES.endpointSlices);
  const nodes = informers.informer<Node>(RESOURCES.nodes, { fieldSelector: `metadata.name=${nodeName}` });
  slices.addIndex('service', (slice) => [serviceKey(slice)]);
  const table = tableOf(config, node, nodeName);
  const changed = new Set<string>();
  const wake = new WaitQueue();
  const mark = (key: string): void => {
    changed.add(key);
    wake.wakeAll();
  };
  const ofService = ({ metadata }: Service): void => mark(`${metadata.namespace}/${metadata.name}`);
  services.addHandlers({ added: ofService, updated: (_, after) => ofService(after), deleted: ofService });
  const ofSlice = (slice: EndpointSlice): void => mark(serviceKey(slice));
  slices.addHandlers({ added: ofSlice, updated: (_, after) => ofSlice(after), deleted: ofSlice });
  const ofNode = ({ metadata }: Node): void => {
    if (!table.setZone(metadata.labels?.[ZONE] ?? '')) return;
    for (const service of services.list()) ofService(service);
  };
  nodes.addHandlers({ added: ofNode, updated: (_, after) => ofNode(after) });
  informers.start();
  yield* informers.waitForCaches();
  const servers = new ProxyServers(sys, config, table.options.mode, () => nodes.get(undefined, nodeName));
  yield* announce(sys, config, table, node);
  servers.open();
  node.services = table;
  for (;;) {
    for (const key of changed) {
      const [namespace = '', name = ''] = key.split('/');
      const service = services.get(namespace, name);
      const own = slices.byIndex('service', key);
      table.set(key, service, own);
      servers.keepHealthPort(key, service, own, nodeName);
    }
    servers.synced(changed.size);
    changed.clear();
    yield wake;
  }
}

function tableOf(config: ProxyConfig, node: NetworkNode, nodeName: string): ServiceTable {
  const mode = (config.mode || 'iptables') as ProxyMode;
  const addresses = node.namespace.addresses();
  const given = config.nodePortAddresses;
  const primary = given.includes('primary') || (mode === 'nftables' && given.length === 0);
  const ranges = primary ? addresses.map((address) => `${address}/${isIpv6(address) ? 128 : 32}`) : given;
  return new ServiceTable({
    nodeName,
    mode,
    addresses,
    clusterRanges: config.clusterCIDRs.flatMap((text) => {
      const range = parseRange(text);
      return range ? [{ text, range }] : [];
    }),
    masqueradeAll: config.masqueradeAll,
    nodePortRanges: ranges.flatMap((text) => parseRange(text) ?? []),
    localhostNodePorts: config.localhostNodePorts,
    scheduler: config.scheduler,
  });
}

/** What kube-proxy says when it begins (v1.36). */
function* announce(sys: Sys, config: ProxyConfig, { options }: ServiceTable, node: NetworkNode): Waiting<void> {
  const say = (severity: 'I' | 'E', where: string, message: string) =>
    sys.write(2, klogLine(sys, severity, where, message));
  const shown = node.namespace.addresses().map((address) => `"${address}"`);
  yield* say('I', 'server.go:219', `"Successfully retrieved NodeIPs" NodeIPs=[${shown.join(',')}]`);
  if (config.nodePortAddresses.length === 0 && options.mode !== 'nftables') {
    const why =
      'nodePortAddresses is unset; NodePort connections will be accepted on all local IPs. Consider using `--nodeport-addresses primary`';
    yield* say('E', 'server.go:256', `"Kube-proxy configuration may be incomplete or incorrect" err="${why}"`);
  }
  yield* say('I', 'server.go:265', '"kube-proxy running in dual-stack mode" primary ipFamily="IPv4"');
  const name = options.mode === 'iptables' ? 'iptables' : options.mode;
  yield* say('I', 'server_linux.go:132', `"Using ${name} Proxier"`);
  if (options.mode === 'ipvs') {
    const words =
      "The ipvs proxier is now deprecated and may be removed in a future release. Please use 'nftables' instead.";
    yield* say('E', 'server_linux.go:201', `"${words}"`);
  }
  yield* say('I', 'server.go:536', `"Version info" version="${KUBERNETES_VERSION}"`);
  for (const what of ['service', 'endpoint slice', 'serviceCIDR', 'node']) {
    yield* say('I', 'config.go:200', `"Starting ${what} config controller"`);
  }
}

function serviceKey({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.[SERVICE_LABEL] ?? ''}`;
}

function flag(sys: Sys, name: string): string | undefined {
  const at = sys.args.indexOf(`--${name}`);
  if (at > 0) return sys.args[at + 1];
  return sys.args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** A server that could not be made. */
function* fail(sys: Sys, message: string): Waiting<number> {
  yield* sys.write(
    2,
    klogLine(sys, 'E', 'server.go:142', `"Error running ProxyServer" err=${JSON.stringify(message)}`),
  );
  return yield* refuse(sys, message);
}

function* refuse(sys: Sys, message: string): Waiting<number> {
  yield* sys.write(2, klogLine(sys, 'E', 'run.go:72', `"command failed" err=${JSON.stringify(message)}`));
  return 1;
}
