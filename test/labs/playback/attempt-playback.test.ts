import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { MachineInput } from '../../../src/clusters/sim/sim-cluster.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { JOURNAL_VERSION, type JournalHeader } from '../../../src/labs/journal/entry.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { AttemptPlayback } from '../../../src/labs/playback/attempt-playback.js';
import type { Frame } from '../../../src/labs/playback/playback.js';
import { openMachine } from '../../../src/labs/session/attempt-machine.js';
import { EPOCH } from '../../../src/labs/session/machine-options.js';
import { Player } from '../../../src/ui/replay/player.js';
import { temporaryFolder } from '../home-folder.js';

const SECOND = 1_000_000;
const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === 'cka/drain-a-node') as Lab;
const instance = instantiate(lab, { seed: '7', dice: seededDice('7') });
const header: JournalHeader = {
  kubedrill: 'journal',
  version: JOURNAL_VERSION,
  program: '1',
  lab: lab.id,
  content: lab.hash,
  seed: '7',
  salt: '',
  timing: instance.timing,
  epoch: EPOCH,
  started: '2026-01-01T00:00:00.000Z',
};
const type = (terminal: number, text: string): MachineInput => ({ kind: 'type', terminal, bytes: Buffer.from(text) });
const open = (terminal: number): MachineInput => ({
  kind: 'open-terminal',
  terminal,
  host: instance.host,
  user: 'candidate',
  columns: 80,
  rows: 24,
});

/** Seconds since the hand-over, and what was done then. */
const DONE: readonly (readonly [number, MachineInput | 'hash' | 'solution'])[] = [
  [0, open(1)],
  [2, type(1, 'echo one\r')],
  [30, 'hash'],
  [31, 'solution'],
  [40, open(2)],
  [41, type(2, 'sleep 1; echo two\r')],
  [60, 'hash'],
];

let text = '';

/** What was done as a journal, as an attempt would have it. */
beforeAll(async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'kubedrill-test-')), 'attempt.jsonl');
  const writer = JournalWriter.create(path, header);
  const { cluster } = await openMachine(instance, header, { thread: 'same' });
  const begin = cluster.reached;
  for (const [second, what] of DONE) {
    const t = begin + second * SECOND;
    await cluster.advanceTo(t);
    if (what === 'hash') writer.append({ t, hash: await cluster.traceHash() });
    else if (what === 'solution') writer.append({ t, mark: what });
    else {
      writer.append({ t, input: what });
      await cluster.input(t, what);
    }
  }
  writer.close();
  await cluster.close();
  text = readFileSync(path, 'utf8');
  rmSync(dirname(path), { recursive: true });
}, 60_000);

/** A file with the journal, or what was made of it. */
function recorded(change = (lines: string[]): string[] => lines): string {
  const path = join(temporaryFolder(), 'attempt.jsonl');
  writeFileSync(path, change(text.split('\n')).join('\n'));
  return path;
}

const played = (path: string, program = '1'): Promise<AttemptPlayback> =>
  AttemptPlayback.open(path, instance, { program, where: { thread: 'same' } });

/** Frames as they are shown, in a row each. */
function shown(frames: readonly Frame[]): string[] {
  return frames.flatMap((frame) => {
    const at = `${Math.round(frame.at / 100_000) / 10}`;
    if (frame.kind === 'output')
      return /^(?:one|two)\r/m.test(Buffer.from(frame.bytes).toString()) ? [`${at} shows ${frame.terminal}`] : [];
    if (frame.kind === 'line') return [`${at} line ${frame.line}`];
    if (frame.kind === 'mark') return [`${at} mark ${frame.mark}`];
    return 'terminal' in frame ? [`${at} ${frame.kind} ${frame.terminal}`] : [];
  });
}

test('an attempt is played at its pace, and its file stays as it is', { timeout: 60_000 }, async () => {
  const path = recorded();
  const before = [readFileSync(path, 'utf8'), statSync(path).mtimeMs];
  const playback = await played(path);
  expect(playback).toMatchObject({ title: 'Take a node out of service', length: 60 * SECOND, notices: [] });
  const frames: Frame[] = [];
  const player = new Player({ replay: playback, idleMax: undefined, show: (frame) => frames.push(frame as Frame) });
  await player.ready();
  player.advance(1000);
  expect(shown(frames)).toEqual(['0 opened 1']);
  // Four times as quickly: 1 s and 3 · 4 s.
  player.speed = 4;
  player.advance(3000);
  expect(player.position).toBe(13 * SECOND);
  expect(shown(frames)).toEqual(['0 opened 1', '2 typed 1', '2 line echo one', '2 shows 1']);
  for (let rest = 0; !player.ended && rest < 40; rest += 1) {
    await player.ready();
    player.advance(1000);
  }
  expect(shown(frames).slice(4)).toEqual([
    '31 mark solution',
    '40 opened 2',
    '41 typed 2',
    '41 line sleep 1; echo two',
    expect.stringMatching(/^42(?:\.1)? shows 2$/),
  ]);
  expect(playback.ending).toBeUndefined();
  await playback.close();
  expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs]).toEqual(before);
  expect(readdirSync(dirname(path))).toEqual(['attempt.jsonl']);
});

test('what another program wrote is played as far as its hashes agree, and that is said', {
  timeout: 60_000,
}, async () => {
  const path = recorded((lines) => lines.map((line) => line.replace(/^({"n":7,.*"hash":").*/, '$1another"}')));
  const playback = await played(path, '2');
  expect(playback.notices).toEqual([
    'kubedrill 1 wrote it, and this is 2: it is played as far as it comes out the same.',
  ]);
  expect(shown((await playback.next())?.frames ?? [])).toContain('2 shows 1');
  expect(await playback.next()).toBeUndefined();
  expect(playback.ending).toBe('from 1:00 on this program does otherwise than was recorded');
  await playback.close();
});

test('a damaged file is played up to there', { timeout: 60_000 }, async () => {
  const playback = await played(recorded((lines) => lines.map((line, index) => (index === 5 ? 'oops' : line))));
  expect(playback.notices).toEqual(['The file is damaged from line 6 on: it is played up to there.']);
  expect(playback.length).toBe(31 * SECOND);
  await playback.close();
});
