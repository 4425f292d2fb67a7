import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { median } from './spawned.js';

const KEYS = 15;
const HELP = '\x1bOP';
const ESCAPE = '\x1b';
/** Stands on the page that the key opens, and nowhere else. */
const HELP_SHOWN = 'After the leader';
/** Stands in the line of keys, where it is written anew when the page is closed. */
const HELP_CLOSED = 'layout';

/** The prompt has several colours; what is waited for has none. */
const COLOURS = /\x1b\[[0-9;]*m/g;

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
  rounds: 3,
  skip: () => (pty ? undefined : '@lydell/node-pty cannot be loaded here'),
  measure: () => keyMilliseconds(line),
}));

async function keyMilliseconds(line: string): Promise<number> {
  if (!pty) throw new Error('skipped where there is no pty');
  const home = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
  const screen = pty.spawn(
    process.execPath,
    [join(process.cwd(), 'dist', 'main.js'), 'run', 'cka/drain-a-node', '--seed', '7'],
    { cols: 100, rows: 30, name: 'xterm-256color', env: { ...process.env, KUBEDRILL_HOME: home } },
  );
  let shown = '';
  let look = (): void => {};
  screen.onData((data) => {
    shown += data.replace(COLOURS, '');
    look();
  });
  const sees = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      look = () => shown.includes(wanted) && resolve();
      look();
    });
  try {
    await sees(':~$');
    shown = '';
    screen.write(`${line}\r`);
    await sees(line.slice(-3));
    // It is well under way before anything is measured.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const taken: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      shown = '';
      const begun = performance.now();
      screen.write(HELP);
      await sees(HELP_SHOWN);
      taken.push(performance.now() - begun);
      shown = '';
      screen.write(ESCAPE);
      await sees(HELP_CLOSED);
    }
    return median(taken);
  } finally {
    screen.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
