import type { Sys } from '../../kernel/sys.js';
import type { ClassOptions } from './classes.js';
import type { AddressSource } from './status.js';

/** What the controller's flags say. */
export interface ControllerOptions {
  readonly classes: ClassOptions;
  readonly configMap: string;
  readonly defaultService: string;
  readonly defaultCertificate: string;
  readonly electionId: string;
  readonly watchNamespace: string;
  readonly updateStatus: boolean;
  readonly disableElection: boolean;
  readonly addresses: AddressSource;
  readonly webhookPort: number;
  readonly webhookCertificate: string;
  readonly webhookKey: string;
  readonly healthzPort: number;
  readonly version: boolean;
}

const FLAGS = new Set(
  (
    'controller-class configmap default-backend-service default-ssl-certificate disable-catch-all election-id enable-metrics ' +
    'enable-ssl-passthrough force-namespace-isolation health-check-path healthz-port http-port https-port ingress-class ' +
    'ingress-class-by-name kubeconfig publish-service publish-status-address report-node-internal-ip-address ' +
    'shutdown-grace-period status-port status-update-interval tcp-services-configmap udp-services-configmap update-status ' +
    'update-status-on-shutdown v validating-webhook validating-webhook-certificate validating-webhook-key version ' +
    'watch-ingress-without-class watch-namespace annotations-prefix enable-annotation-validation disable-leader-election ' +
    'deep-inspect exclude-socket-metrics apiserver-host election-ttl sync-period sync-rate-limit profiling metrics-per-host ' +
    'enable-topology-aware-routing maxmind-edition-ids maxmind-license-key default-server-port stream-port disable-sync-events'
  ).split(' '),
);
const SWITCHES =
  /^(?:disable|enable|force|version$|watch-ingress|update-status|report-node|ingress-class-by-name$|deep-inspect|profiling)/;

/** Reads the controller's command line (cmd/nginx flags.go). Returns pflag's words when it cannot. */
export function readOptions(sys: Sys): ControllerOptions | string {
  const given = new Map<string, string>();
  const words = sys.args.slice(1);
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', value] = /^--?([^=]+)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    if (!FLAGS.has(name)) return `unknown flag: --${name}`;
    if (value === undefined && !SWITCHES.test(name)) at += 1;
    const text = value ?? (SWITCHES.test(name) ? 'true' : words[at]);
    if (text === undefined) return `flag needs an argument: --${name}`;
    given.set(name, text);
  }
  const text = (name: string, otherwise = '') => given.get(name) ?? otherwise;
  const flag = (name: string, otherwise: boolean) => text(name, String(otherwise)) === 'true';
  const pod = {
    namespace: sys.environment.get('POD_NAMESPACE') ?? '',
    name: sys.environment.get('POD_NAME') ?? '',
  };
  return {
    classes: {
      controller: text('controller-class', 'k8s.io/ingress-nginx'),
      annotation: text('ingress-class', 'nginx'),
      withoutClass: flag('watch-ingress-without-class', false),
    },
    configMap: text('configmap'),
    defaultService: text('default-backend-service'),
    defaultCertificate: text('default-ssl-certificate'),
    electionId: text('election-id', 'ingress-controller-leader'),
    watchNamespace: text('watch-namespace'),
    updateStatus: flag('update-status', true),
    disableElection: flag('disable-leader-election', false),
    addresses: {
      publishService: text('publish-service'),
      publishAddress: text('publish-status-address'),
      useInternalAddress: flag('report-node-internal-ip-address', false),
      pod,
    },
    webhookPort: Number(text('validating-webhook').replace(/^.*:/, '') || 0),
    webhookCertificate: text('validating-webhook-certificate'),
    webhookKey: text('validating-webhook-key'),
    healthzPort: Number(text('healthz-port', '10254')),
    version: flag('version', false),
  };
}
