import { existsSync, readdirSync, readlinkSync } from 'node:fs';

/** What closes descriptors of any number; other shells, such as dash, know those of one digit only. */
const BASHES = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'];

/** What a bash drops that prompts nobody. */
const PROMPTS = ['PS1', 'PS2'];

/**
 * Our ends of pseudo-terminals. Whoever keeps one open keeps what runs in that terminal from hearing that we are gone; and
 * whatever is started gets them. None where the system does not tell: macOS, where nobody gets them.
 */
export function terminalsEnds(): readonly number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number).filter(isTerminalsEnd);
  } catch {
    return [];
  }
}

/** A command that lets go of our ends of pseudo-terminals before it becomes the given one, in the same environment. */
export function withoutTerminalsEnds(command: readonly string[], environment: NodeJS.ProcessEnv): readonly string[] {
  const ends = terminalsEnds();
  if (ends.length === 0) return command;
  const shell = BASHES.find((path) => existsSync(path));
  if (shell) {
    const script = `exec ${ends.map((end) => `${end}>&-`).join(' ')}; exec "$@"`;
    const dropped = PROMPTS.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [`${name}=${value}`];
    });
    // Privileged means here that nothing of the person's is read first.
    return [shell, '-pc', script, shell, ...(dropped.length > 0 ? ['env', ...dropped] : []), ...command];
  }
  // Whether a shell can do it shows in one of its own that ends by what it cannot.
  const closing = ends.map((end) => `(exec ${end}>&-) 2>/dev/null && exec ${end}>&-`).join('\n');
  return ['/bin/sh', '-c', `${closing}\nexec "$@"`, 'sh', ...command];
}

function isTerminalsEnd(descriptor: number): boolean {
  try {
    return descriptor > 2 && readlinkSync(`/proc/self/fd/${descriptor}`).endsWith('ptmx');
  } catch {
    return false;
  }
}
