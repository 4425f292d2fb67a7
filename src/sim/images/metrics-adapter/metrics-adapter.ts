import { formatTime } from '../../api/time.js';
import type { ConfigMap } from '../../api/types/config.js';
import type { Pod } from '../../api/types/pod.js';
import { componentLog } from '../../client/component/log.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError, TOKEN_FILE } from '../../client/in-cluster.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport, type TransportConfig } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program } from '../../kernel/sys.js';
import { delegatedAuthentication } from '../extension-server/front-proxy.js';
import { serveExtension } from '../extension-server/serve.js';
import { customApi, externalApi } from './answer.js';
import { readValues, type Values } from './values.js';

const PORT = 6443;
const NAMESPACE = 'custom-metrics';
const NAME = 'values';
const KEY = 'values.yaml';

/** Tells custom and external metrics as the ConfigMap `values` of the namespace `custom-metrics` says, as it is now. */
export const metricsAdapter: Program = function* metricsAdapter(sys) {
  let config: TransportConfig;
  try {
    config = inClusterConfig(sys);
  } catch (error) {
    if (!(error instanceof NotInClusterError) && !isErrno(error)) throw error;
    const why = isErrno(error) ? `open ${TOKEN_FILE}: ${error.message.toLowerCase()}` : error.message;
    yield* sys.write(2, `Error: ${why}\n`);
    return 1;
  }
  const log = componentLog(sys, 'adapter.go:52');
  const informers = new InformerFactory(
    sys,
    createClient(connectTransport(sys, config), { userAgent: 'metrics-adapter' }),
  );
  const maps = informers.informer<ConfigMap>(RESOURCES.configMaps, { namespace: NAMESPACE });
  const pods = informers.informer<Pod>(RESOURCES.pods);
  let values: Values = { custom: [], external: [] };
  const take = (map: ConfigMap) => {
    if (map.metadata.name !== NAME) return;
    const read = readValues(map.data?.[KEY] ?? '');
    if (read.problem !== undefined) log.error(read.problem, 'Values cannot be read');
    values = read.values;
    log.info('Values taken', { custom: values.custom.length, external: values.external.length });
  };
  maps.addHandlers({ added: take, updated: (_, after) => take(after) });
  const authentication = delegatedAuthentication(informers);
  informers.start();
  yield* informers.waitForCaches();
  const source = {
    values: () => values,
    pods: (namespace: string) => pods.list(namespace).filter(({ status }) => status?.phase === 'Running'),
    time: () => formatTime(sys.now()),
  };
  const problem = serveExtension(sys, {
    authentication,
    port: PORT,
    apis: [customApi(source), externalApi(source)],
    checks: { livez: [], readyz: [] },
  });
  if (problem !== undefined) {
    yield* sys.write(2, `Error: ${problem}\n`);
    return 1;
  }
  log.info('Serving metrics', { address: `:${PORT}` });
  yield* untilSignal(sys);
  return 0;
};
