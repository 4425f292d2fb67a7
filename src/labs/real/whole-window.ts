import type { OwnShell } from '../../clusters/real/real-cluster.js';

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
  const {
    exitCode,
    signal: endedBy,
    code,
  } = await execa(command, args, {
    cwd: folder,
    env: { ...own, ...environment },
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
    killSignal: 'SIGHUP',
    forceKillAfterDelay: GRACE_MILLISECONDS,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  if (exitCode !== undefined) return { status: exitCode };
  if (endedBy !== undefined) return { status: 129 };
  return {
    status: 127,
    failure: `your shell ${command} could not be started${code === undefined ? '' : ` (${code})`}`,
  };
}
