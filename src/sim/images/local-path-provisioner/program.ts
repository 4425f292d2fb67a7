import { goQuote } from '../../api/go-text.js';
import { StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { ConfigMap } from '../../api/types/config.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError } from '../../client/in-cluster.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { say } from '../go/log.js';
import { goListen } from '../go/server.js';
import { ProvisionController } from '../provisioner/provision-controller.js';
import { type LocalPathConfig, readConfig } from './config.js';
import type { HelperPlace } from './helper-pod.js';
import { localPath } from './local-path.js';

const PROVISIONER = 'rancher.io/local-path';
const ACCOUNT = 'local-path-provisioner-service-account';
const CONFIG_MAP = 'local-path-config';
const REFRESH = 30 * SECOND;

/** local-path-provisioner v0.0.37: makes volumes of folders of nodes by helper pods. `start --config FILE` is all it does. */
export const localPathProvisioner: Program = function* localPathProvisioner(sys) {
  const log = (text: string, level = 'info') =>
    say(sys, 2, `time=${goQuote(formatTime(sys.now()))} level=${level} msg=${goQuote(text)}\n`);
  const value = (flag: string, variable: string, usual: string): string => {
    const at = sys.args.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
    const inline = sys.args[at]?.split('=')[1];
    return (at < 0 ? sys.environment.get(variable) : (inline ?? sys.args[at + 1])) || usual;
  };
  const namespace = value('namespace', 'POD_NAMESPACE', 'local-path-storage');
  const file = value('config', '', '');
  const port = Number(value('health-port', 'HEALTH_PORT', '8080'));
  try {
    const transport = connectTransport(sys, inClusterConfig(sys));
    const client = createClient(transport, { userAgent: 'local-path-provisioner/v0.0.37' });
    const failure = goListen(sys, port, () => ({ text: 'ok' }));
    if (failure !== undefined) log(`health server failed: ${failure}`, 'error');
    const configMap = value('configmap-name', '', CONFIG_MAP);
    const template = yield* templateOf(sys, () => client.get<ConfigMap>(RESOURCES.configMaps, configMap, namespace));
    const kept: { config: LocalPathConfig } = { config: readConfig(sys, file) };
    log(`Applied config: ${decodeText(sys.readFile(file)).replace(/\s+/g, '')}`, 'debug');
    const account = value('service-account-name', 'SERVICE_ACCOUNT_NAME', ACCOUNT);
    const place = (): HelperPlace => ({
      sys,
      client,
      namespace,
      configMap,
      account,
      config: kept.config,
      template: template(),
      log: (text) => log(text),
    });
    const name = value('provisioner-name', 'PROVISIONER_NAME', PROVISIONER);
    new ProvisionController(sys, client, localPath(name, place)).start();
    sys.thread(() => follow(sys, file, kept, log));
    log('Provisioner started', 'debug');
  } catch (error) {
    const known = error instanceof StatusError || error instanceof NotInClusterError || isErrno(error);
    if (!known && !(error instanceof Error && error.constructor === Error)) throw error;
    log(`Error starting daemon: ${(error as Error).message}`, 'fatal');
    return 1;
  }
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 0;
};

/** The helper pod's template: the mounted one as it is now, else the one of the ConfigMap. */
function* templateOf(sys: Sys, fetch: () => Waiting<ConfigMap>): Waiting<() => string> {
  const mounted = sys.environment.get('CONFIG_MOUNT_PATH');
  const first = (yield* fetch()).data?.['helperPod.yaml'];
  if (first === undefined) throw new Error('helperPod.yaml is not exist in local-path-config ConfigMap');
  return () => {
    if (mounted === undefined) return first;
    try {
      return decodeText(sys.readFile(`${mounted}/helperPod.yaml`));
    } catch (error) {
      if (!isErrno(error)) throw error;
      return first;
    }
  };
}

/** A configuration that cannot be read leaves the one before in force. */
function* follow(
  sys: Sys,
  file: string,
  kept: { config: LocalPathConfig },
  log: (text: string, level?: string) => void,
): Waiting<void> {
  for (;;) {
    yield* sys.sleep(REFRESH);
    try {
      kept.config = readConfig(sys, file);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      log(`failed to load the new config file: ${error.message}`, 'error');
    }
  }
}
