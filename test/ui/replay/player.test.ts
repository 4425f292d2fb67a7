import { expect, test } from 'vitest';
import { Player } from '../../../src/ui/replay/player.js';
import type { Replay, ReplayFrame, ReplayPart } from '../../../src/ui/replay-ports.js';

const SECOND = 1_000_000;
const output = (second: number): ReplayFrame => ({
  at: second * SECOND,
  kind: 'output',
  terminal: 1,
  bytes: new Uint8Array(),
});
const line = (second: number): ReplayFrame => ({ at: second * SECOND, kind: 'line', line: 'ls' });
const part = (from: number, until: number, ...frames: readonly ReplayFrame[]): ReplayPart => ({
  task: undefined,
  from: from * SECOND,
  until: until * SECOND,
  frames,
});

async function playing(parts: readonly ReplayPart[], idleSeconds?: number) {
  const left = [...parts];
  const replay: Replay = {
    title: '',
    length: 0,
    notices: [],
    ending: undefined,
    next: async () => left.shift(),
    close: async () => {},
  };
  const seen: number[] = [];
  const idleMax = idleSeconds === undefined ? undefined : idleSeconds * SECOND;
  const player = new Player({ replay, idleMax, show: ({ at }) => seen.push(at / SECOND) });
  await player.ready();
  /** Lets real seconds pass; returns what was seen meanwhile, and where it is. */
  const pass = async (seconds: number): Promise<[number[], number]> => {
    player.advance(seconds * 1000);
    await player.ready();
    return [seen.splice(0), player.position / SECOND];
  };
  return { player, pass };
}

test('at its pace, faster, slower, and not at all', async () => {
  const { player, pass } = await playing([part(0, 30, output(1), output(4), output(9)), part(30, 60, output(30))]);
  expect(await pass(1)).toEqual([[1], 1]);
  player.speed = 4;
  expect(await pass(1)).toEqual([[4], 5]);
  player.paused = true;
  expect(await pass(100)).toEqual([[], 5]);
  player.paused = false;
  player.speed = 0.5;
  expect(await pass(8)).toEqual([[9], 9]);
  expect(player.ended).toBe(false);
  await pass(42);
  expect(await pass(60)).toEqual([[], 60]);
  expect(player.ended).toBe(true);
});

test('long pauses are cut, short ones are not', async () => {
  const { pass } = await playing([part(0, 30, output(1), output(3)), part(30, 60), part(60, 90, output(80))], 3);
  expect(await pass(2)).toEqual([[1], 2]);
  expect(await pass(1)).toEqual([[3], 3]);
  expect(await pass(2)).toEqual([[], 5]);
  // Three seconds after the last output it goes on at the next.
  expect(await pass(1)).toEqual([[], 60]);
  expect(await pass(0)).toEqual([[80], 80]);
  expect(await pass(1)).toEqual([[], 81]);
});

test('what was not sat takes no time, and is no pause', async () => {
  const { pass } = await playing([part(0, 10, output(9)), part(100, 120, output(101))], 3);
  expect(await pass(9)).toEqual([[9], 9]);
  expect(await pass(1)).toEqual([[], 100]);
  expect(await pass(1)).toEqual([[101], 101]);
});

test('jumps on, also while it is paused, and to the next line', async () => {
  const { player, pass } = await playing([
    part(0, 30, output(1), output(4), line(20), output(20)),
    part(30, 40, line(35)),
  ]);
  player.paused = true;
  player.leap(10);
  expect(await pass(1)).toEqual([[1, 4], 10]);
  expect(await pass(1)).toEqual([[], 10]);
  player.leapToLine();
  expect(await pass(0)).toEqual([[20], 20]);
  player.leapToLine();
  expect(await pass(0)).toEqual([[20, 35], 35]);
  player.leapToLine();
  expect(await pass(0)).toEqual([[], 40]);
  expect(player.ended).toBe(true);
});
