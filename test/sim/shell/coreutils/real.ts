import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FIXTURES } from './fixtures.js';
import type { Outcome } from './machine.js';

/** The versions the recordings were made with. */
export const VERSIONS: Readonly<Record<string, string>> = {
  ls: 'ls (GNU coreutils) 9.1',
  grep: 'grep (GNU grep) 3.8',
  sed: 'sed (GNU sed) 4.9',
  find: 'find (GNU findutils) 4.9.0',
  diff: 'diff (GNU diffutils) 3.8',
};

/** Why the real programs cannot be asked here; undefined when they can. */
export function whyNotReal(): string | undefined {
  if (process.getuid?.() !== 0) return 'not root';
  for (const [program, version] of Object.entries(VERSIONS)) {
    const result = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (result.error || !result.stdout.startsWith(version)) return `no ${version}`;
  }
  const awk = spawnSync('awk', ['-W', 'version'], { encoding: 'utf8' });
  return `${awk.stdout}${awk.stderr}`.startsWith('mawk 1.3.4 20200120') ? undefined : 'no mawk 1.3.4 20200120';
}

/** Runs a line by bash and the real programs among fresh fixtures. */
export function runReal(line: string): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'rows-'));
  try {
    for (const [path, content] of Object.entries(FIXTURES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const script = `umask 022; enable -n echo printf test [ kill pwd\n${line}`;
    const result = spawnSync('bash', ['--norc', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      input: '',
      timeout: 20_000,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC0', HOME: '/root' },
    });
    return { out: result.stdout, err: result.stderr, status: result.status ?? 128 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
