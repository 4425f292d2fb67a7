import type { EndpointSlice } from '../api/types/endpoints.js';
import type { Service } from '../api/types/service.js';
import { KUBERNETES_VERSION } from '../api/version.js';
import { createClient } from '../client/create-client.js';
import { InformerFactory } from '../client/informer-factory.js';
import { klogLine } from '../client/klog.js';
import { readKubeconfigFile } from '../client/kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../client/kubeconfig/resolve.js';
import { RESOURCES } from '../client/resource-types.js';
import { connectTransport } from '../client/transport.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { WaitQueue } from '../kernel/wait.js';
import { programmableNode } from './host-namespace.js';
import { ServiceTable } from './service-table.js';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** kube-proxy: keeps its node's rules for service addresses as services and their slices say. */
export const kubeProxy: Program = function* kubeProxy(sys) {
  if (sys.args.includes('--version') || sys.args.includes('--version=true')) {
    yield* sys.write(1, `Kubernetes ${KUBERNETES_VERSION}\n`);
    return 0;
  }
  const flags = readFlags(sys.args);
  const node = programmableNode(sys);
  if (!node) return yield* fail(sys, 'unable to create ipvs or iptables proxier: the host network is required');
  let kubeconfig: string;
  try {
    kubeconfig = kubeconfigPath(decodeText(sys.readFile(flags.config)));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* fail(
      sys,
      `"Error running ProxyServer" err="failed to complete: open ${flags.config}: ${error.message.toLowerCase()}"`,
    );
  }
  const config = transportConfigOf(sys, resolveContext(readKubeconfigFile(sys, kubeconfig)));
  const client = createClient(connectTransport(sys, config), { userAgent: 'kube-proxy/v1.36.0' });
  const informers = new InformerFactory(sys, client);
  const services = informers.informer<Service>(RESOURCES.services);
  const slices = informers.informer<EndpointSlice>(RESOURCES.endpointSlices);
  slices.addIndex('service', (slice) => [serviceKey(slice)]);
  const table = new ServiceTable(flags.hostname ?? sys.hostname());
  const changed = new Set<string>();
  const wake = new WaitQueue();
  const mark = (key: string): void => {
    changed.add(key);
    wake.wakeAll();
  };
  const ofService = (service: Service): void => mark(`${service.metadata.namespace}/${service.metadata.name}`);
  services.addHandlers({ added: ofService, updated: (_, after) => ofService(after), deleted: ofService });
  const ofSlice = (slice: EndpointSlice): void => mark(serviceKey(slice));
  slices.addHandlers({ added: ofSlice, updated: (_, after) => ofSlice(after), deleted: ofSlice });
  informers.start();
  yield* informers.waitForCaches();
  node.services = table;
  yield* sys.write(2, klogLine(sys, 'I', 'proxier.go:828', '"Syncing iptables rules" ipFamily="IPv4"'));
  for (;;) {
    for (const key of changed) {
      const [namespace = '', name = ''] = key.split('/');
      table.set(key, services.get(namespace, name), slices.byIndex('service', key));
    }
    changed.clear();
    yield wake;
  }
};

function serviceKey({ metadata }: EndpointSlice): string {
  return `${metadata.namespace}/${metadata.labels?.[SERVICE_LABEL] ?? ''}`;
}

function readFlags(args: readonly string[]): { config: string; hostname: string | undefined } {
  const value = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  return {
    config: value('config') ?? '/var/lib/kube-proxy/config.conf',
    hostname: value('hostname-override') || undefined,
  };
}

/** `clientConnection.kubeconfig` of a KubeProxyConfiguration. */
function kubeconfigPath(config: string): string {
  return /^\s+kubeconfig:\s*"?([^"\s]+)"?\s*$/m.exec(config)?.[1] ?? '/var/lib/kube-proxy/kubeconfig.conf';
}

function* fail(sys: Sys, message: string): Waiting<number> {
  yield* sys.write(2, klogLine(sys, 'E', 'server.go:106', message));
  return 1;
}
