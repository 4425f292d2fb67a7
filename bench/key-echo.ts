import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person } from '../test/terminal/person.js';
import { program } from '../test/terminal/program.js';
import type { Benchmark } from './benchmark.js';
import { median } from './spawned.js';

const KEYS = 25;
/** Stands on the page that the key opens, and nowhere else. */
const HELP = 'After the leader';
/** How long something has been going on before anything is measured. */
const UNDER_WAY_MILLISECONDS = 1500;

const pty = await import('@lydell/node-pty').catch(() => undefined);

/** How long the median key takes, from the pty to the screen, while something in the terminal never ends. */
export const keyEcho: readonly Benchmark[] = [
  'while :; do :; done',
  'yes',
  "cat /dev/zero | tr '\\0' b",
  ':(){ :|:& };:',
].map((line) => ({
  name: `key during ${line}`,
  unit: 'ms',
  against: 'bare start',
  aimMax: 50,
  aimIsAbsolute: true,
  rounds: 1,
  skip: () => (pty ? undefined : '@lydell/node-pty cannot be loaded here'),
  measure: () => keyMilliseconds(line),
}));

async function keyMilliseconds(line: string): Promise<number> {
  if (!pty) throw new Error('skipped where there is no pty');
  const home = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
  const me = new Person(pty.spawn, {
    command: [process.execPath, program, 'run', 'cka/drain-a-node', '--seed', '7'],
    environment: { ...process.env, KUBEDRILL_HOME: home, TERM: 'xterm-256color' },
  });
  try {
    await me.enters(line);
    await new Promise((resolve) => setTimeout(resolve, UNDER_WAY_MILLISECONDS));
    const taken: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      const begun = performance.now();
      me.presses('F1');
      await me.sees(HELP);
      taken.push(performance.now() - begun);
      // What the screen shows counts, not what was written to it: frames come in pieces, and the next key waits.
      me.presses('Escape');
      await me.seesNoMore(HELP);
    }
    return median(taken);
  } finally {
    await me.kills();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
