import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The version of Kubernetes that is built, as go.mod pins it. */
export const REFERENCE_VERSION = 'v1.36.0';

/** Where what was built once is kept. */
export const CACHE = resolve('node_modules/.cache/kubedrill-reference');

/** How a program is built where the plain way does not do. */
export interface BuildHow {
  readonly tags?: string;
  /** Needs no libraries of the machine's, so that it runs anywhere. */
  readonly alone?: true;
}

/** Builds a program of the public Go modules where it is not built yet, some minutes the first time, and gives its path. */
export function builtProgram(program: string, from: string, cwd: string, { tags, alone }: BuildHow = {}): string {
  const target = join(CACHE, program);
  if (existsSync(target)) return target;
  mkdirSync(dirname(target), { recursive: true });
  const stamp = 'k8s.io/component-base/version';
  const [major, minor] = REFERENCE_VERSION.slice(1).split('.');
  const flags = `-X ${stamp}.gitVersion=${REFERENCE_VERSION} -X ${stamp}.gitMajor=${major} -X ${stamp}.gitMinor=${minor}`;
  console.error(`Building ${program} (once, some minutes)`);
  const words = ['build', '-mod=mod', '-o', target, '-ldflags', flags, ...(tags ? ['-tags', tags] : []), from];
  const { status, error } = spawnSync('go', words, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(alone ? { CGO_ENABLED: '0' } : {}) },
  });
  if (error || status !== 0)
    throw new Error(`go build of ${program} failed: ${error?.message ?? `exit ${status}`}. Is Go 1.26 at hand?`);
  return target;
}
