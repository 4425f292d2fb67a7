import { formatMicroTime } from '../../api/time.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Service } from '../../api/types/service.js';
import { klogLine } from '../../client/klog.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Listener, Message } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type ProxyConfig, splitHostPort } from './config.js';

/** An autoscaler is about to take the node away. */
const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';

/** What kube-proxy answers itself: its health, its metrics, and load balancers that ask for local endpoints. */
export class ProxyServers {
  private updated: Micros;
  private syncs = 0;
  private changes = 0;
  private readonly healthPorts = new Map<
    string,
    { readonly listener: Listener; count: number; readonly port: number }
  >();

  constructor(
    private readonly sys: Sys,
    private readonly config: ProxyConfig,
    private readonly mode: string,
    private readonly node: () => Node | undefined,
  ) {
    this.updated = sys.now();
  }

  /** Opens the ports of health and metrics; one that is taken is tried again every five seconds. */
  open(): void {
    const { healthzBindAddress, metricsBindAddress } = this.config;
    this.openAt(healthzBindAddress, (path) => this.health(path), 'Healthz server failed');
    this.openAt(metricsBindAddress, (path) => this.metrics(path), 'starting metrics server failed');
  }

  /** Takes note that the rules are as they should be. */
  synced(changes: number): void {
    this.updated = this.sys.now();
    this.syncs += 1;
    this.changes += changes;
  }

  /** Opens, counts and closes the port at which a load balancer asks for a service's endpoints on this node. */
  keepHealthPort(key: string, service: Service | undefined, slices: readonly EndpointSlice[], nodeName: string): void {
    const local = service?.spec.type === 'LoadBalancer' && service.spec.externalTrafficPolicy === 'Local';
    const port = local ? (service.spec.healthCheckNodePort ?? 0) : 0;
    const open = this.healthPorts.get(key);
    if (open && open.port !== port) {
      open.listener.close();
      this.healthPorts.delete(key);
    }
    if (port === 0) return;
    const addresses = slices.flatMap(({ endpoints }) =>
      (endpoints ?? []).flatMap(({ addresses: [address = ''], conditions, nodeName: own }) =>
        own === nodeName && conditions?.ready !== false ? [address] : [],
      ),
    );
    const count = new Set(addresses).size;
    const kept = this.healthPorts.get(key);
    if (kept) {
      kept.count = count;
      return;
    }
    const [namespace = '', name = ''] = key.split('/');
    const entry = { count, port, listener: undefined as unknown as Listener };
    const handler = function* (): Waiting<Message> {
      const body = `{\n\t"service": {\n\t\t"namespace": "${namespace}",\n\t\t"name": "${name}"\n\t},\n\t"localEndpoints": ${entry.count},\n\t"serviceProxyHealthy": true\n}`;
      const headers = {
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'x-load-balancing-endpoint-weight': `${entry.count}`,
      };
      return { kind: 'http-response', status: entry.count > 0 ? 200 : 503, headers, body: encodeText(body) };
    };
    try {
      entry.listener = this.sys.listen({ port, application: 'http', handler });
      this.healthPorts.set(key, entry);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  private openAt(bind: string, answer: (path: string) => Message, failure: string): void {
    const { sys } = this;
    const split = splitHostPort(bind);
    if (!split) return;
    const address = split.host === '::' || split.host === '[::]' ? '0.0.0.0' : split.host;
    const handler = function* (message: Message): Waiting<Message> {
      return answer(message.kind === 'http' ? (message.target.split('?')[0] ?? '') : '');
    };
    sys.thread(function* () {
      for (;;) {
        try {
          sys.listen({ address, port: Number(split.port), application: 'http', handler });
          return;
        } catch (error) {
          if (!isErrno(error)) throw error;
          const why = `listen tcp ${bind}: bind: ${error.message.toLowerCase()}`;
          yield* sys.write(2, klogLine(sys, 'E', 'server.go:455', `"${failure}" err="${why}"`));
        }
        yield* sys.sleep(5 * SECOND);
      }
    });
  }

  private health(path: string): Message {
    if (path !== '/healthz' && path !== '/livez') return page(404, '404 page not found\n');
    const node = this.node();
    const taints = node?.spec.taints ?? [];
    const eligible =
      node !== undefined && !node.metadata.deletionTimestamp && !taints.some(({ key }) => key === TO_BE_DELETED);
    const now = instant(this.sys.now());
    const status = { IPv4: { lastUpdated: instant(this.updated), healthy: true } };
    const text = JSON.stringify({
      lastUpdated: now,
      currentTime: now,
      ...(path === '/healthz' ? { nodeEligible: eligible } : {}),
      status,
    });
    return page(path === '/livez' || eligible ? 200 : 503, text, 'application/json');
  }

  private metrics(path: string): Message {
    if (path === '/healthz') return page(200, 'ok');
    if (path === '/proxyMode') return page(200, this.mode);
    if (path !== '/metrics') return page(404, '404 page not found\n');
    const family = '{ip_family="IPv4"}';
    const lines = [
      counter('kubeproxy_proxy_healthz_total', 'Cumulative proxy healthz HTTP status', ''),
      gauge(
        'kubeproxy_sync_proxy_rules_last_timestamp_seconds',
        'The last time proxy rules were successfully synced',
        `${family} ${this.updated / SECOND}`,
      ),
      counter(
        'kubeproxy_sync_proxy_rules_service_changes_total',
        'Cumulative proxy rules Service changes',
        `${family} ${this.changes}`,
      ),
      counter(
        'kubeproxy_sync_proxy_rules_duration_seconds_count',
        'SyncProxyRules latency in seconds',
        `${family} ${this.syncs}`,
      ),
    ];
    return page(200, lines.join(''));
  }
}

function counter(name: string, help: string, value: string): string {
  return `# HELP ${name} [ALPHA] ${help}\n# TYPE ${name} counter\n${value === '' ? '' : `${name}${value}\n`}`;
}

function gauge(name: string, help: string, value: string): string {
  return counter(name, help, value).replace(' counter\n', ' gauge\n');
}

/** An instant as Go writes it into JSON. */
function instant(now: Micros): string {
  return formatMicroTime(now);
}

function page(status: number, text: string, type = 'text/plain; charset=utf-8'): Message {
  return {
    kind: 'http-response',
    status,
    headers: { 'content-type': type, 'x-content-type-options': 'nosniff' },
    body: encodeText(text),
  };
}
