import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { type PseudoTerminal, pseudoTerminals } from '../../../src/labs/real/pseudo-terminal.js';
import { PLAIN_BASH } from './stand-in.js';

const open = await pseudoTerminals({ PATH: process.env['PATH'] });

interface Seen {
  readonly pty: PseudoTerminal;
  text: string;
  status: number | undefined;
}

function started(): Seen {
  if (!open) throw new Error('no pseudo-terminals here');
  const seen: { pty?: PseudoTerminal; text: string; status: number | undefined } = { text: '', status: undefined };
  seen.pty = open(
    PLAIN_BASH,
    { columns: 80, rows: 24 },
    {
      shows: (bytes) => {
        seen.text += Buffer.from(bytes).toString('utf8');
      },
      ends: (status) => {
        seen.status = status;
      },
    },
  );
  return seen as Seen;
}

const until = (is: () => boolean): Promise<unknown> => vi.waitUntil(is, { timeout: 20_000, interval: 10 });
const types = ({ pty }: Seen, text: string): void => pty.type(Buffer.from(text));

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test.skipIf(!open)('a shell has its surroundings, its size, and says which program runs in it', async () => {
  const seen = started();
  await until(() => seen.text.includes('me@here:~$ '));
  types(seen, 'echo $KUBECONFIG; stty size; printf "\\303\\244\\n"\r');
  await until(() => seen.text.includes('/nowhere/kubeconfig') && seen.text.includes('24 80') && /\nä/.test(seen.text));
  expect(seen.pty.running()).toBeUndefined();
  seen.pty.resize(100, 30);
  types(seen, 'stty size; sleep 1000\r');
  await until(() => seen.text.includes('30 100') && seen.pty.running() === 'sleep');
  types(seen, '\x03');
  await until(() => seen.pty.running() === undefined);
  types(seen, 'exit 7\r');
  await until(() => seen.status !== undefined);
  expect(seen.status).toBe(7);
  await seen.pty.hangUp();
});

test.skipIf(!open || process.platform !== 'linux')('a hang-up ends the whole session', async () => {
  const seen = started();
  const others = started();
  types(seen, 'nohup sleep 1001 >/dev/null 2>&1 & sleep 1002 & echo "pids:$!:$(jobs -p | tr "\\n" ":")"; sleep 1003\r');
  await until(() => /pids:\d+:\d+:/.test(seen.text) && seen.pty.running() === 'sleep');
  const pids = [...(/pids:([\d:]+)/.exec(seen.text)?.[1] ?? '').matchAll(/\d+/g)].map(([pid]) => Number(pid));
  expect(pids.length).toBeGreaterThanOrEqual(3);
  expect(pids.every(isRunning)).toBe(true);
  await seen.pty.hangUp();
  expect(pids.filter(isRunning)).toEqual([]);
  expect(seen.status).toBeUndefined();
  await others.pty.hangUp();
});

test.skipIf(!open)('what is held is not read, and comes later', async () => {
  const seen = started();
  const other = started();
  await until(() => seen.text.includes('me@here') && other.text.includes('me@here'));
  seen.pty.hold();
  for (const one of [seen, other]) types(one, 'echo sum-$((40+2))\r');
  await until(() => other.text.includes('sum-42'));
  expect(seen.text).not.toContain('sum-42');
  seen.pty.release();
  await until(() => seen.text.includes('sum-42'));
  await Promise.all([seen.pty.hangUp(), other.pty.hangUp()]);
});

test.skipIf(!open || process.platform !== 'linux')('no terminal keeps another one open', async () => {
  const all = [started(), started(), started()];
  for (const one of all) {
    await until(() => one.text.includes('me@here:~$ '));
    types(one, 'ls -l /proc/$$/fd; echo "level $SHLVL"\r');
    await until(() => /level \d/.test(one.text));
    expect(one.text).toMatch(/ 2 -> /);
    expect(one.text).not.toContain('ptmx');
    expect(one.pty.running()).toBeUndefined();
  }
  expect(new Set(all.map(({ text }) => /level \d/.exec(text)?.[0])).size).toBe(1);
  await Promise.all(all.map(({ pty }) => pty.hangUp()));
});
