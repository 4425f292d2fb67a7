import { answerClusterName, answerReverse, type ClusterZone } from '../cluster-names.js';
import { inZone, zoneName } from '../corefile.js';
import type { PluginContext, PluginSetup } from '../plugin.js';

const OPTIONS = new Set([
  'endpoint',
  'tls',
  'kubeconfig',
  'apiserver_qps',
  'apiserver_burst',
  'apiserver_max_inflight',
  'namespaces',
  'labels',
  'pods',
  'endpoint_pod_names',
  'ttl',
  'noendpoints',
  'fallthrough',
  'ignore',
  'namespace_labels',
  'startup_timeout',
]);

/** The kubernetes plugin: names of services, endpoints and pods from the cluster itself. */
export const kubernetes: PluginSetup = (context) => {
  const { directive } = context;
  const zones = (directive.args.length > 0 ? directive.args : context.zones).map(zoneName);
  const { pods, ttl, fallthrough } = readOptions(context);
  const view = context.clusterView();
  const forward = zones.filter((zone) => !zone.endsWith('.arpa.'));
  const reverse = zones.filter((zone) => zone.endsWith('.arpa.'));
  return (next) =>
    function* answer(question) {
      const name = question.name.toLowerCase();
      const passOn = fallthrough?.some((zone) => inZone(name, zone)) === true;
      const zone = forward
        .filter((candidate) => inZone(name, candidate))
        .sort((one, other) => other.length - one.length)[0];
      if (zone !== undefined) {
        const cluster: ClusterZone = { zone, pods, ttl };
        const found = answerClusterName(view, cluster, question);
        return found.code === 'NXDOMAIN' && passOn ? yield* next(question) : found;
      }
      if (reverse.some((candidate) => inZone(name, candidate))) {
        const found = answerReverse(view, { zone: forward[0] ?? 'cluster.local.', pods, ttl }, question);
        if (found) return found;
        return passOn ? yield* next(question) : { code: 'NXDOMAIN', authoritative: true, records: [] };
      }
      return yield* next(question);
    };
};

function readOptions({ directive, fail }: PluginContext): {
  pods: ClusterZone['pods'];
  ttl: number;
  fallthrough: string[] | undefined;
} {
  let pods: ClusterZone['pods'] = 'disabled';
  let ttl = 5;
  let fallthrough: string[] | undefined;
  for (const { name, args } of directive.block) {
    if (!OPTIONS.has(name)) fail(`unknown property '${name}'`);
    if (name === 'pods') {
      const [mode = ''] = args;
      if (mode !== 'disabled' && mode !== 'insecure' && mode !== 'verified')
        fail(`wrong value for pods: ${mode},  must be one of: disabled, verified, insecure`);
      pods = mode as ClusterZone['pods'];
    }
    if (name === 'ttl') {
      ttl = Number(args[0]);
      if (!Number.isInteger(ttl) || ttl < 0 || ttl > 3600) fail(`ttl must be in range [0, 3600]: ${args[0]}`);
    }
    if (name === 'fallthrough') fallthrough = args.length > 0 ? args.map(zoneName) : ['.'];
  }
  return { pods, ttl, fallthrough };
}
