import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
 * Reads one context out of the person's kubeconfigs, however many KUBECONFIG names. Throws `ClusterError` with the contexts
 * there are when it is none of them.
 */
export async function readContext(kubectl: string, name: string, environment: Environment): Promise<OneContext> {
  const args = ['config', 'view', '--raw', '--minify', '--flatten', `--context=${name}`, '--output=json'];
  const { code, stdout, stderr } = await runProgram(kubectl, args, { variables: environment });
  if (code !== 0) {
    const contexts = await namesOfContexts(kubectl, environment);
    if (!contexts.includes(name)) throw new ClusterError(unknownContext(name, contexts));
    throw new ClusterError(`the kubeconfig cannot be read: ${stderr.trim().replace(/^error: /, '')}`);
  }
  const config = JSON.parse(stdout) as { clusters?: { cluster?: { server?: string } }[] | null };
  const server = config.clusters?.[0]?.cluster?.server;
  if (server === undefined)
    throw new ClusterError(`context ${name} names no cluster: set one by kubectl config set-context`);
  return { text: stdout, server };
}

/** Writes a private file that others cannot read. */
export function writePrivate(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

async function namesOfContexts(kubectl: string, environment: Environment): Promise<string[]> {
  const { stdout } = await runProgram(kubectl, ['config', 'get-contexts', '--output=name'], { variables: environment });
  return stdout.split('\n').filter((line) => line !== '');
}

function unknownContext(name: string, contexts: readonly string[]): string {
  if (contexts.length === 0)
    return `there is no context ${name}: the kubeconfig has none. Set KUBECONFIG to one that has.`;
  return `there is no context ${name}; there are: ${contexts.join(', ')}`;
}
