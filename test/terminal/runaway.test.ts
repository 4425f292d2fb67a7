import { expect } from 'vitest';
import type { Person } from './person.js';
import { scenario } from './scenario.js';

/** Far above what a quiet computer needs (`npm run bench -- key` prints that), for a busy one. */
const ECHO_MILLISECONDS_MAX = 1000;

interface Runaway {
  readonly line: string;
  /** What shows that it is at work. */
  readonly atWork?: (rows: readonly string[]) => boolean;
  /** A line that is entered after it was ended, and the row that shows that it has been at work. */
  readonly proof?: readonly [line: string, row: string];
}

/** Command lines that never end by themselves. */
const RUNAWAYS: readonly Runaway[] = [
  { line: 'n=0; while :; do n=$((n+1)); done', proof: ['echo round-$((n > 1000))', 'round-1'] },
  { line: 'yes', atWork: (rows) => rows.filter((row) => row === 'y').length > 10 },
  { line: "cat /dev/zero | tr '\\0' b", atWork: (rows) => rows.filter((row) => /^b{100}$/.test(row)).length > 10 },
  { line: ':(){ :|:& };:', atWork: (rows) => rows.join('\n').includes('Resource temporarily unavailable') },
];

/** Shows and hides the keys while the terminal is busy; what that takes is what a key takes. */
async function keysAreShown(me: Person): Promise<number> {
  const begun = performance.now();
  me.presses('F1');
  await me.sees('After the leader');
  const taken = performance.now() - begun;
  me.presses('Escape');
  await me.seesNoMore('After the leader');
  return taken;
}

scenario('command lines that never end leave the keys alone and end at Ctrl-C', async ({ person }) => {
  const me = person('run', 'cka/drain-a-node', '--seed', '7');
  for (const [index, { line, atWork, proof }] of RUNAWAYS.entries()) {
    await me.enters(line);
    if (atWork) await me.sees(`${line} at work`, atWork);
    const taken = [await keysAreShown(me), await keysAreShown(me), await keysAreShown(me)].sort((a, b) => a - b);
    expect(taken[1], line).toBeLessThan(ECHO_MILLISECONDS_MAX);
    me.presses('Ctrl-C');
    await me.seesPrompt();
    if (proof) {
      await me.enters(proof[0]);
      await me.seesRow(proof[1]);
    }
    await me.runs(`clear; echo still ${index}-$((40 + 2))`);
    await me.seesRow(`still ${index}-42`);
  }
});
