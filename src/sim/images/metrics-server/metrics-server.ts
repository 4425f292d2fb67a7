import { matchesSelector } from '../../api/labels.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import { FlagError } from '../../client/component/flags.js';
import { type ComponentLog, componentLog } from '../../client/component/log.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError, TOKEN_FILE } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { klogLine } from '../../client/klog.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport, type TransportConfig } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { delegatedAuthentication } from '../extension-server/front-proxy.js';
import { type HealthCheck, serveExtension } from '../extension-server/serve.js';
import { answerMetrics, METRICS_RESOURCES } from './answer.js';
import { type Options, readOptions } from './options.js';
import { scrape } from './scrape.js';
import { Storage } from './storage.js';

const VERSION = 'v0.8.0';

/** metrics-server v0.8: asks every kubelet what it measures, and tells it as the API metrics.k8s.io. */
export const metricsServer: Program = function* metricsServer(sys) {
  let options: Options;
  let config: TransportConfig;
  try {
    options = readOptions(sys.args.slice(1));
    config = inClusterConfig(sys);
  } catch (error) {
    const isKnown = error instanceof FlagError || error instanceof NotInClusterError || isErrno(error);
    if (!isKnown) throw error;
    const words = isErrno(error) ? `open ${TOKEN_FILE}: ${error.message.toLowerCase()}` : error.message;
    const why = error instanceof FlagError ? words : `unable to construct lister client config: ${words}`;
    yield* sys.write(2, `Error: ${why}\n`);
    return 1;
  }
  if (options.showsVersion) {
    yield* sys.write(1, `${VERSION}\n`);
    return 0;
  }
  return yield* run(sys, options, config);
};

function* run(sys: Sys, options: Options, config: TransportConfig): Waiting<number> {
  const log = componentLog(sys, 'server.go:191');
  const folder = options.certDirectory;
  yield* say(sys, 'serving.go:380', `Generated self-signed cert (${folder}/apiserver.crt, ${folder}/apiserver.key)`);
  const client = createClient(connectTransport(sys, config), { userAgent: `metrics-server/${VERSION} (linux/amd64)` });
  const informers = new InformerFactory(sys, client);
  const nodes = informers.informer<Node>(RESOURCES.nodes);
  const pods = informers.informer<Pod>(RESOURCES.pods);
  const authentication = delegatedAuthentication(informers);
  informers.start();
  yield* say(sys, 'handler.go:288', 'Adding GroupVersion metrics.k8s.io v1beta1 to ResourceManager');
  yield* informers.waitForCaches();
  const storage = new Storage(options.resolution);
  const meant = () => nodes.list().filter(({ metadata }) => matchesSelector([...options.nodes], metadata.labels));
  const source = { storage, nodes: meant, pods: (namespace?: string) => pods.list(namespace), now: () => sys.now() };
  let tickedAt: Micros = sys.monotonic();
  const problem = serveExtension(sys, {
    authentication,
    port: options.port,
    apis: [
      {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        resources: () => METRICS_RESOURCES,
        answer: (parts, request) => answerMetrics(source, parts, request),
      },
    ],
    checks: checksOf(log, storage, () => sys.monotonic() - tickedAt > 1.5 * options.resolution),
  });
  if (problem !== undefined) {
    const where = `0.0.0.0:${options.port}`;
    yield* sys.write(2, `Error: failed to create listener: failed to listen on ${where}: ${problem}\n`);
    return 1;
  }
  yield* say(sys, 'secure_serving.go:211', `Serving securely on [::]:${options.port}`);
  for (;;) {
    tickedAt = sys.monotonic();
    storage.store(yield* scrape(sys, log, options, meant()));
    yield* sys.sleep(Math.max(0, tickedAt + options.resolution - sys.monotonic()));
  }
}

function* say(sys: Sys, where: string, text: string): Waiting<void> {
  yield* sys.write(2, klogLine(sys, 'I', where, text));
}

function checksOf(
  log: ComponentLog,
  storage: Storage,
  isLate: () => boolean,
): { readonly livez: readonly HealthCheck[]; readonly readyz: readonly HealthCheck[] } {
  const check = (name: string, words: string, failed: () => boolean): HealthCheck => ({
    name,
    problem() {
      if (!failed()) return undefined;
      log.info('Failed probe', { probe: name, err: words });
      return words;
    },
  });
  const always = ['ping', 'log', 'poststarthook/max-in-flight-filter'].map((name) => check(name, '', () => false));
  return {
    livez: [...always, check('metric-collection-timely', "metric collection didn't finish on time", isLate)],
    readyz: [...always, check('metric-storage-ready', 'no metrics to serve', () => !storage.isReady)],
  };
}
