import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Options } from 'execa';
import type { OwnShell } from '../../clusters/real/real-cluster.js';
import { terminalsEnds } from './terminals-ends.js';

/** How long a shell that was hung up may take. */
const GRACE_MILLISECONDS = 2000;

/**
 * Runs a shell in the terminal that the program itself is in, which must be free; resolves to why that was impossible, or
 * undefined when it has ended. An aborted one is hung up.
 */
export async function runInWindow(
  { command, args, environment, folder }: OwnShell,
  own: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<{ readonly status: number; readonly failure?: string }> {
  const { execa } = await import('execa');
  const nothing = openSync(devNull, 'r+');
  const running = execa(command, args, {
    cwd: folder,
    env: { ...own, ...environment },
    extendEnv: false,
    // Its types take no descriptor that is not known beforehand.
    stdio: ['inherit', 'inherit', 'inherit', ...without(terminalsEnds(), nothing)] as Options['stdio'],
    reject: false,
    killSignal: 'SIGHUP',
    forceKillAfterDelay: GRACE_MILLISECONDS,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  closeSync(nothing);
  const { exitCode, signal: endedBy, code } = await running;
  if (exitCode !== undefined) return { status: exitCode };
  if (endedBy !== undefined) return { status: 129 };
  return {
    status: 127,
    failure: `your shell ${command} could not be started${code === undefined ? '' : ` (${code})`}`,
  };
}

/** What a child gets from descriptor 3 on, so that it has `nothing` in the place of these. */
function without(descriptors: readonly number[], nothing: number): readonly (number | 'ignore')[] {
  const count = Math.max(2, ...descriptors) - 2;
  return Array.from({ length: count }, (_, index) => (descriptors.includes(index + 3) ? nothing : 'ignore'));
}
