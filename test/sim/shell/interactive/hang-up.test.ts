import { expect, test } from 'vitest';
import { openSession } from '../terminal.js';

type Row = readonly [name: string, steps: readonly string[], runsOn: readonly string[], out?: string];

const SLEEP = ['sleep 3101'];

// What runs on when the window of a shell is closed. Recorded from GNU bash 5.2.15 on Linux 6.18 (--norc --noprofile), the
// other side of whose pseudo-terminal was closed.
const rows: readonly Row[] = [
  ['a shell at its prompt ends', [], []],
  ['a program in front ends', ['sleep 3101\r'], []],
  ['so does one behind', ['sleep 3101 &\r'], []],
  ['and a stopped one', ['sleep 3101\r', '\x1a'], []],
  ['and all of a pipeline', ['sleep 3101 | sleep 3102\r'], []],
  ['and a loop', ['while true; do sleep 3101; done\r'], []],
  ['and a loop behind', ['while true; do sleep 3101; done &\r'], []],
  ['and a shell in the shell with its jobs', ['bash --norc\r', 'sleep 3101 &\r', 'sleep 3102\r'], []],
  ['and a script', ["bash -c 'sleep 3101; echo x > out'\r"], []],
  ['a shell that reads is no different', ['sleep 3101 &\r', 'read x\r'], []],
  ['nor one that waits', ['sleep 3101 &\r', 'wait\r'], []],
  ['nor one without job control', ['set +m\r', 'sleep 3101 &\r'], []],
  ['nohup keeps it from a program', ['nohup sleep 3101 &\r'], SLEEP],
  ['also from one in front', ['nohup sleep 3101\r'], SLEEP],
  ['so does disown -h', ['sleep 3101 &\r', 'disown -h\r'], SLEEP],
  ['and disown', ['sleep 3101 &\r', 'disown\r'], SLEEP],
  ['what a subshell left behind is no job', ['(sleep 3101 &)\r'], SLEEP],
  ['the trap on EXIT runs', ["trap 'echo bye > out' EXIT\r", 'sleep 3101\r'], [], 'bye\n'],
  ['a trap on HUP keeps the shell from telling its jobs', ["trap 'echo hup > out' HUP\r", 'sleep 3101 &\r'], SLEEP],
  ['an ignored HUP too', ["trap '' HUP\r", 'sleep 3101 &\r'], SLEEP],
  ['a script hears of it', ['bash -c \'trap "echo hup > out; exit" HUP; sleep 3101 & wait\'\r'], [], 'hup\n'],
  ['exit tells nobody', ['sleep 3101 &\r', 'exit\r'], SLEEP],
  ['a shell that is killed by HUP tells its jobs', ['sleep 3101 &\r', 'kill -HUP $$\r'], []],
];

const named = rows.map(([name, steps, runsOn, out]) => ({ name, steps, runsOn, out }));

test.each(named)('hung up: $name', ({ steps, runsOn, out }) => {
  const session = openSession({ args: ['bash', '--norc', '--noprofile'] });
  for (const step of steps) session.type(step);
  expect(session.hangUp()).toEqual(runsOn);
  if (out !== undefined) expect(session.file('out')).toBe(out);
});
