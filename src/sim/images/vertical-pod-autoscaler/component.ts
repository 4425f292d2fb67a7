/** What the three programs have in common: flags, connection, health. */
import type { ApiClient } from '../../client/client.js';
import {
  type ComponentFlags,
  FlagError,
  type FlagTable,
  flagTable,
  parseComponentFlags,
} from '../../client/component/flags.js';
import { type ComponentLog, componentLog } from '../../client/component/log.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig, NotInClusterError, TOKEN_FILE } from '../../client/in-cluster.js';
import { klogLine } from '../../client/klog.js';
import { connectTransport } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Registry } from '../go/prometheus.js';
import { goError, goListen, NOT_FOUND } from '../go/server.js';

const AUTOSCALER_VERSION = '1.8.1';

const COMMON: Readonly<Record<string, string>> = {
  bool: 'profiling alsologtostderr logtostderr skip_headers skip_log_headers one_output add_dir_header leader-elect',
  float: 'kube-api-qps kube-api-burst',
  duration: 'leader-elect-lease-duration leader-elect-renew-deadline leader-elect-retry-period',
  text: `kubeconfig vpa-object-namespace ignored-vpa-object-namespaces address stderrthreshold log_dir log_file
    log_backtrace_at leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace`,
  int: 'log_file_max_size',
};

/** A table of the flags of one of the programs, with those that all have. */
export function autoscalerFlags(own: Readonly<Partial<Record<keyof typeof COMMON, string>>>): FlagTable {
  return flagTable(
    Object.fromEntries(Object.entries(COMMON).map(([kind, names]) => [kind, `${names} ${own[kind] ?? ''}`])),
  );
}

/** A program that has started. */
export interface Started {
  readonly flags: ComponentFlags;
  readonly log: ComponentLog;
  readonly client: ApiClient;
  /** Namespaces whose autoscalers are left alone. */
  readonly ignores: (namespace: string) => boolean;
  /** Something was done: the program is well. */
  readonly alive: () => void;
}

/** What is known of a program before it starts. */
export interface Component {
  /** `recommender`. */
  readonly name: string;
  readonly flags: FlagTable;
  /** Its first words. */
  readonly greeting: string;
  readonly healthPort: number;
  /** What it counts. */
  readonly metrics: Registry;
  /** Without a sign of life for so long it is not well. */
  readonly patience: (flags: ComponentFlags) => Micros;
}

/** Reads the flags, says hello, answers for its health and finds the API server; a number is the status it ends with. */
export function* startComponent(sys: Sys, component: Component): Waiting<Started | number> {
  const log = componentLog(sys, 'main.go:79');
  let flags: ComponentFlags;
  try {
    flags = parseComponentFlags(component.name, component.flags, sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* sys.write(2, `${error.message}\n`);
    return 2;
  }
  const only = flags.text('vpa-object-namespace');
  const ignored = flags.text('ignored-vpa-object-namespaces');
  if (only !== '' && ignored !== '') {
    const words =
      "--vpa-object-namespace and --ignored-vpa-object-namespaces are mutually exclusive and can't be set together.";
    log.error(undefined, words, {}, 'flags.go:65');
    return 1;
  }
  log.info(component.greeting, { version: AUTOSCALER_VERSION, ...greetingFields(component.name, flags) });
  let seen = sys.monotonic();
  const port = Number(flags.text('address', `:${component.healthPort}`).split(':').at(-1));
  const patience = component.patience(flags);
  const problem = goListen(sys, port, ({ path }) => {
    if (path === '/metrics') return component.metrics.answer();
    if (path !== '/health-check') return NOT_FOUND;
    const silent = sys.monotonic() - seen;
    if (silent <= patience) return { text: 'OK' };
    return goError(500, `Error: last activity more than ${silent / 1_000_000}s ago`);
  });
  if (problem !== undefined) {
    log.error(problem, 'Failed to start metrics', {}, 'server.go:49');
    return 255;
  }
  try {
    const transport = connectTransport(sys, inClusterConfig(sys));
    const client = createClient(transport, { userAgent: `${component.name}/v0.0.0 (linux/amd64) kubernetes/$Format` });
    const names = ignored.split(',');
    const ignores = (namespace: string) => (only !== '' && namespace !== only) || names.includes(namespace);
    return { flags, log, client, ignores, alive: () => (seen = sys.monotonic()) };
  } catch (error) {
    if (!(error instanceof NotInClusterError) && !isErrno(error)) throw error;
    const why = isErrno(error) ? `open ${TOKEN_FILE}: ${error.message.toLowerCase()}` : error.message;
    yield* sys.write(2, klogLine(sys, 'F', 'kubeconfig.go:39', `Failed to create config: ${why}`));
    return 255;
  }
}

function greetingFields(name: string, flags: ComponentFlags): Readonly<Record<string, string>> {
  return name === 'recommender' ? { recommenderName: flags.text('recommender-name', 'default') } : {};
}
