import { spawnSync } from 'node:child_process';
import type * as fs from 'node:fs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { AttemptLock, AttemptOpenError, openElsewhere } from '../../../src/labs/journal/lock.js';
import { temporaryFolder } from '../home-folder.js';

/** What somebody else does just before something is written. */
let meanwhile: (() => void) | undefined;

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const writeSync = (...given: Parameters<typeof real.writeSync>): number => {
    const elsewhere = meanwhile;
    meanwhile = undefined;
    elsewhere?.();
    return real.writeSync(...given);
  };
  return { ...real, writeSync };
});

/** A process that runs beside this one for as long as the test does. */
const OTHER = process.ppid;
/** A process that has ended. */
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;
const NOW = Date.now();

/** What the kernel says of a process's birth. */
function bornOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}

function lockedBy(holder: object | string): { journal: string; lock: string } {
  const journal = join(temporaryFolder(), 'a.jsonl');
  const lock = journal.replace('.jsonl', '.lock');
  writeFileSync(lock, typeof holder === 'string' ? holder : JSON.stringify(holder));
  return { journal, lock };
}

describe('a lock of somebody who runs', () => {
  test.each([
    ['another process', { pid: OTHER, host: hostname(), started: NOW }, `another kubedrill (process ${OTHER}). End it`],
    ['another computer', { pid: DEAD, host: 'mars', started: NOW }, `another kubedrill (process ${DEAD} on mars).`],
  ])('of %s is respected, and it is said whose it is', (_, holder, says) => {
    const { journal, lock } = lockedBy(holder);
    expect(() => AttemptLock.take(journal)).toThrow(AttemptOpenError);
    expect(() => AttemptLock.take(journal)).toThrow(says);
    expect(() => AttemptLock.take(journal)).toThrow(`remove ${lock}.`);
    expect(openElsewhere(journal)).toEqual(holder);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(holder);
  });

  test.skipIf(process.platform !== 'linux')('is respected although the clock was set ahead since then', () => {
    const holder = { pid: OTHER, host: hostname(), started: NOW - uptime() * 1000 - 3_600_000, born: bornOf(OTHER) };
    const { journal } = lockedBy(holder);
    expect(() => AttemptLock.take(journal)).toThrow(AttemptOpenError);
  });

  test('of this process is respected too, and released', () => {
    const journal = join(temporaryFolder(), 'a.jsonl');
    const lock = AttemptLock.take(journal);
    expect(() => AttemptLock.take(journal)).toThrow('This attempt is still open here.');
    expect(openElsewhere(journal)).toBeUndefined();
    lock.release();
    expect(readdirSync(dirname(journal))).toEqual([]);
    AttemptLock.take(journal).release();
  });
});

test('of two who take a lock at the very same time one has it', () => {
  const journal = join(temporaryFolder(), 'a.jsonl');
  const outcomes: string[] = [];
  const take = (who: string): void => {
    try {
      AttemptLock.take(journal);
      outcomes.push(`${who} has it`);
    } catch (error) {
      outcomes.push(`${who} is told: ${(error as Error).name}`);
    }
  };
  meanwhile = () => take('the second');
  take('the first');
  expect(outcomes).toEqual(['the second has it', 'the first is told: AttemptOpenError']);
  expect(readdirSync(dirname(journal))).toEqual(['a.lock']);
});

describe('a lock that somebody left', () => {
  const BEFORE_BOOT = NOW - uptime() * 1000 - 3_600_000;
  test.each<[string, object | string]>([
    ['who has ended', { pid: DEAD, host: hostname(), started: NOW }],
    ['before the computer was started', { pid: OTHER, host: hostname(), started: BEFORE_BOOT }],
    ['in the middle of writing it', '{"pid":'],
    ['and which is none', 'null'],
    ...(process.platform === 'linux'
      ? [
          ['whose number another has now', { pid: OTHER, host: hostname(), started: NOW, born: '1' }] as [
            string,
            object,
          ],
          [
            'before the computer was started again, and whose number another has now',
            { pid: OTHER, host: hostname(), started: NOW, born: bornOf(OTHER).replace(/^.*:/, 'earlier:') },
          ] as [string, object],
        ]
      : []),
  ])('%s is taken over', (_, holder) => {
    const { journal, lock } = lockedBy(holder);
    expect(openElsewhere(journal)).toBeUndefined();
    const mine = AttemptLock.take(journal);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    expect(readdirSync(dirname(journal))).toEqual(['a.lock']);
    mine.release();
    expect(existsSync(lock)).toBe(false);
  });
});
