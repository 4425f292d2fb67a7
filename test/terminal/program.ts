import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The built program; another build can be named. */
export const program = process.env['KUBEDRILL_BUILT'] ?? join(root, 'dist', 'main.js');

/** Builds the program when it is older than its sources. */
export async function buildProgram(): Promise<void> {
  if (process.env['KUBEDRILL_BUILT'] !== undefined) return;
  const { buildIsFresh } = (await import(join(root, 'scripts', 'tooling', 'freshness.mjs'))) as {
    buildIsFresh(): boolean;
  };
  if (buildIsFresh()) return;
  const { status, stdout, stderr } = runNode([join(root, 'scripts', 'build.mjs')], process.env);
  if (status !== 0) throw new Error(`the build failed\n${stdout}${stderr}`);
}

/** How a command without a terminal went. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the program on pipes. */
export function runBuilt(environment: NodeJS.ProcessEnv, ...argv: readonly string[]): Ran {
  return runNode([program, ...argv], environment);
}

function runNode(argv: readonly string[], environment: NodeJS.ProcessEnv): Ran {
  return spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8', env: environment, input: '' });
}
