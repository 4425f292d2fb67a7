import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';

const CONFIG = '/etc/containerd/config.toml';
const RUNC = 'io.containerd.runc.v2';
const PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * The runtimes that containerd's configuration names, with the type of each: tables whose name ends in
 * `containerd.runtimes.NAME`. There is always runc.
 */
function runtimesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map([['runc', RUNC]]);
  let current: string | undefined;
  for (const line of text.split('\n').map((each) => each.replace(/#.*$/, '').trim())) {
    if (line.startsWith('[')) {
      current = /\bcontainerd\.runtimes\.["']?([\w-]+)["']?\]$/.exec(line)?.[1];
      if (current !== undefined && !found.has(current)) found.set(current, RUNC);
      continue;
    }
    const type = /^runtime_type\s*=\s*["']([^"']*)["']$/.exec(line)?.[1];
    if (current !== undefined && type !== undefined) found.set(current, type);
  }
  return found;
}

/** Makes sure that there is a runtime of this name, and its program. Throws `CriError` with containerd's words. */
export function demandRuntime(sys: Sys, handler: string, sandboxId: string): void {
  if (handler === '') return;
  const type = runtimesOf(readConfig(sys)).get(handler);
  if (type === undefined) {
    throw new CriError(`failed to get sandbox runtime: no runtime for ${JSON.stringify(handler)} is configured`);
  }
  if (type === RUNC) return;
  const [name = '', version = ''] = type.split('.').slice(-2);
  const program = `containerd-shim-${name}-${version}`;
  if (PATH.some((folder) => exists(sys, `${folder}/${program}`))) return;
  const why = `failed to resolve runtime path: runtime ${JSON.stringify(type)} binary not installed ${JSON.stringify(program)}: file does not exist`;
  throw new CriError(
    `failed to start sandbox ${JSON.stringify(sandboxId)}: failed to create containerd task: failed to start shim: ${why}`,
  );
}

function readConfig(sys: Sys): string {
  try {
    return Buffer.from(sys.readFile(CONFIG)).toString('utf8');
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
