import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { ClusterError } from '../port.js';
import { runProgram } from '../real/run-program.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** A kubeconfig that holds one context and all that it needs. */
export interface OneContext {
  readonly text: string;
  /** Where its API server is. */
  readonly server: string;
}

/**
 * Reads one context out of the person's kubeconfigs, however many KUBECONFIG names; `namespace` becomes its own. Throws
 * `ClusterError` with the contexts there are when it is none of them, or with what is wrong with the kubeconfigs.
 */
export async function readContext(
  kubectl: string,
  name: string,
  environment: Environment,
  namespace?: string,
): Promise<OneContext> {
  const args = ['config', 'view', '--raw', '--minify', '--flatten', `--context=${name}`, '--output=json'];
  const { code, stdout, stderr } = await runProgram(kubectl, args, { variables: environment });
  if (code !== 0) {
    const contexts = await namesOfContexts(kubectl, environment);
    if (!contexts.includes(name)) throw new ClusterError(unknownContext(name, contexts, environment));
    throw new ClusterError(`Context ${name} cannot be used: ${stderr.trim().replace(/^error: /, '')}`);
  }
  const config = JSON.parse(stdout) as {
    clusters?: { cluster?: { server?: string } }[] | null;
    contexts?: { context: { namespace?: string } }[] | null;
  };
  const server = config.clusters?.[0]?.cluster?.server;
  if (server === undefined)
    throw new ClusterError(`Context ${name} names no cluster: set one by kubectl config set-context`);
  const [context] = config.contexts ?? [];
  if (context && namespace !== undefined) context.context.namespace = namespace;
  return { text: JSON.stringify(config), server };
}

/** The namespace that the person set in an attempt's own kubeconfig; undefined where there is none. */
export async function namespaceIn(
  kubectl: string,
  path: string,
  environment: Environment,
): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const args = [
    'config',
    'view',
    `--kubeconfig=${path}`,
    '--minify',
    '--output=jsonpath={.contexts[0].context.namespace}',
  ];
  const { code, stdout } = await runProgram(kubectl, args, { variables: environment });
  return code === 0 && stdout !== '' ? stdout : undefined;
}

/** Writes a private file that others cannot read. */
export function writePrivate(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

async function namesOfContexts(kubectl: string, environment: Environment): Promise<string[]> {
  const { code, stdout, stderr } = await runProgram(kubectl, ['config', 'get-contexts', '--output=name'], {
    variables: environment,
  });
  if (code !== 0) throw new ClusterError(`The kubeconfig cannot be read: ${stderr.trim().replace(/^error: /, '')}`);
  return stdout.split('\n').filter((line) => line !== '');
}

function unknownContext(name: string, contexts: readonly string[], { KUBECONFIG = '' }: Environment): string {
  if (contexts.length > 0) return `There is no context ${name}; there are: ${contexts.join(', ')}`;
  const missing = KUBECONFIG.split(delimiter).find((path) => path !== '' && !existsSync(path));
  if (missing !== undefined) return `There is no context ${name}: KUBECONFIG names ${missing}, which does not exist`;
  return `There is no context ${name}: the kubeconfig has none. Set KUBECONFIG to one that has.`;
}
