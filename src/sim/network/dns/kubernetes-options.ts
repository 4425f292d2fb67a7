import { parseSelector, SelectorError } from '../../api/labels.js';
import { SECOND } from '../../kernel/time.js';
import type { NamingOptions } from './cluster-names.js';
import type { ClusterOptions } from './cluster-view.js';
import { CorefileError } from './corefile/tokens.js';
import { isReverseZone } from './corefile/zone-name.js';
import type { PluginContext } from './plugin.js';
import { duration, Fallthrough, integer, zonesOr } from './plugins/words.js';

/** What a Corefile says of the kubernetes plugin. */
export interface KubernetesOptions {
  readonly zones: readonly string[];
  readonly naming: NamingOptions;
  readonly cluster: ClusterOptions;
  readonly fall: Fallthrough;
  readonly ttl: number;
  readonly startupTimeout: number;
}

/** Reads the plugin's words. Throws CorefileError. */
export function readKubernetesOptions({ words, zones }: PluginContext): KubernetesOptions {
  const namespaces = new Set<string>();
  const cluster: { -readonly [K in keyof ClusterOptions]: ClusterOptions[K] } = {
    pods: false,
    endpoints: true,
    labels: undefined,
    namespaceLabels: undefined,
  };
  const naming = { pods: 'disabled' as NamingOptions['pods'], namespaces, endpointPodNames: false, ignoreEmpty: false };
  const fall = new Fallthrough();
  const rest = { own: [...zones], ttl: 5, startupTimeout: 5 * SECOND };
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) throw new CorefileError('this plugin can only be used once per Server Block');
    rest.own = zonesOr(words.remaining(), zones);
    if (rest.own.every(isReverseZone)) throw new CorefileError('non-reverse zone name must be used');
    while (words.nextInBlock()) {
      const word = words.value;
      const args = words.remaining();
      if (word === 'fallthrough') fall.set(args);
      else if (word === 'ttl') rest.ttl = readTtl(words, args);
      else if (word === 'startup_timeout') rest.startupTimeout = readTimeout(words, args);
      else readOption(words, word, args, naming, cluster);
    }
  }
  if (namespaces.size > 0 && cluster.namespaceLabels) words.fail('namespaces and namespace_labels cannot both be set');
  cluster.pods = naming.pods === 'verified';
  const { own, ttl, startupTimeout } = rest;
  return { zones: own, naming, cluster, fall, ttl, startupTimeout };
}

type Words = PluginContext['words'];

function readOption(
  words: Words,
  word: string,
  args: readonly string[],
  naming: { -readonly [K in keyof NamingOptions]: NamingOptions[K] } & { namespaces: Set<string> },
  cluster: { -readonly [K in keyof ClusterOptions]: ClusterOptions[K] },
): void {
  const counted = (right: boolean): void => {
    if (!right) words.wrongCount();
  };
  const [first = ''] = args;
  switch (word) {
    case 'endpoint_pod_names':
      counted(args.length === 0);
      naming.endpointPodNames = true;
      return;
    case 'pods':
      counted(args.length === 1);
      if (first !== 'disabled' && first !== 'insecure' && first !== 'verified')
        throw new CorefileError(`wrong value for pods: ${first},  must be one of: disabled, verified, insecure`);
      naming.pods = first;
      return;
    case 'namespaces':
      counted(args.length > 0);
      for (const namespace of args) naming.namespaces.add(namespace);
      return;
    case 'labels':
      counted(args.length > 0);
      cluster.labels = readSelector(args.join(' '), 'label selector');
      return;
    case 'namespace_labels':
      counted(args.length > 0);
      cluster.namespaceLabels = readSelector(args.join(' '), 'namespace_label selector');
      return;
    case 'noendpoints':
      counted(args.length === 0);
      cluster.endpoints = false;
      return;
    case 'ignore':
      if (args.length > 0 && first !== 'empty_service')
        throw new CorefileError(`unable to parse ignore value: '${first}'`);
      naming.ignoreEmpty = first === 'empty_service';
      return;
    case 'endpoint':
      return counted(args.length > 0);
    case 'tls':
      return counted(args.length === 3);
    case 'kubeconfig':
      return counted(args.length === 1 || args.length === 2);
    case 'apiserver_qps':
    case 'apiserver_burst':
    case 'apiserver_max_inflight':
      counted(args.length === 1);
      if (Number(first) < 0) words.fail(`${word} must be >= 0`);
      return;
    case 'multicluster':
      return;
    default:
      words.fail(`unknown property '${word}'`);
  }
}

function readTtl(words: Words, [text]: readonly string[]): number {
  if (text === undefined) words.wrongCount();
  const ttl = integer(text);
  return ttl < 0 || ttl > 3600 ? words.fail(`ttl must be in range [0, 3600]: ${ttl}`) : ttl;
}

function readTimeout(words: Words, [text]: readonly string[]): number {
  if (text === undefined) words.wrongCount();
  try {
    return duration(text);
  } catch (error) {
    throw new CorefileError(`failed to parse startup_timeout: ${text}, ${(error as Error).message}`);
  }
}

function readSelector(text: string, what: string): ReturnType<typeof parseSelector> {
  try {
    return parseSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CorefileError(`unable to parse ${what} value: '${text}': ${error.message}`);
  }
}
