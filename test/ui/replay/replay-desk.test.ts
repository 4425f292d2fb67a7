import { afterEach, expect, test } from 'vitest';
import type { Replay, ReplayFrame, ReplayPart, ReplayPort } from '../../../src/ui/replay-ports.js';
import { FakeSession, fakePorts } from '../fake-session.js';
import { Stage } from '../stage.js';

const SECOND = 1_000_000;

let open: Stage | undefined;
afterEach(async () => {
  process.emit('SIGTERM', 'SIGTERM');
  await open?.ended;
  open = undefined;
});

/** What is played where it was recorded; each time it is opened from its beginning. */
class FakeReplays implements ReplayPort {
  readonly speed = 1;
  readonly idleSeconds = undefined;
  closed = 0;
  failure: Error | undefined;

  constructor(
    private readonly parts: readonly ReplayPart[],
    private readonly ending?: string,
  ) {}

  async open(): Promise<Replay> {
    if (this.failure) throw this.failure;
    const parts = [...this.parts];
    const { ending } = this;
    const close = async (): Promise<void> => {
      this.closed += 1;
    };
    const length = this.parts.at(-1)?.until ?? 0;
    return { title: 'CKA mock exam', length, notices: [], ending, close, next: async () => parts.shift() };
  }
}

function opened(at: number, host: string, terminal = 1): ReplayFrame {
  return { at: at * SECOND, kind: 'opened', terminal, host, columns: 80, rows: 20 };
}

function output(at: number, text: string, terminal = 1): ReplayFrame {
  return { at: at * SECOND, kind: 'output', terminal, bytes: Buffer.from(text) };
}

function part(task: number, from: number, until: number, frames: readonly ReplayFrame[]): ReplayPart {
  return { task, from: from * SECOND, until: until * SECOND, frames };
}

function played(replays: FakeReplays, environment?: Record<string, string>): Stage {
  const stage = new Stage(80, 24);
  open = stage.open(fakePorts(new FakeSession(), { replay: replays }), environment, { replay: true });
  return stage;
}

test('behind a task that cannot be played the one before it says again which it is', async () => {
  const screen = played(
    new FakeReplays([
      part(1, 0, 5, [opened(0, 'cka1'), output(1, 'one ')]),
      part(2, 5, 9, [{ at: 5 * SECOND, kind: 'note', text: 'Task 2: gone.' }]),
      part(1, 9, 30, [output(10, 'two ')]),
    ]),
  );
  await screen.shows('task 1 · cka1');
  screen.type('\x1b[C');
  await screen.shows('one two');
  expect(screen.screen()[0]).toContain('task 1 · cka1');
});

test('from the beginning it is played as if nothing had been seen of it', async () => {
  const replays = new FakeReplays([
    part(1, 0, 5, [opened(0, 'cka1'), output(1, 'one')]),
    part(2, 5, 30, [opened(5, 'cka2'), opened(5, 'cka2', 2), output(6, 'two', 2)]),
  ]);
  const screen = played(replays);
  await screen.shows('task 1 · cka1');
  screen.type('\x1b[C');
  await screen.shows('task 2 · terminal 2 · cka2');
  await screen.shows('two');
  screen.type('0');
  await screen.shows(/Replay: CKA mock exam · task 1 · cka1 .* 0:0\d of 0:30/);
  expect(screen.text()).not.toContain('two');
  expect(replays.closed).toBe(1);
});

test('what it ended by is said once everything was seen', async () => {
  const screen = played(new FakeReplays([part(1, 0, 2, [opened(0, 'cka1')])], 'its next line is of another version'));
  await screen.shows('task 1 · cka1');
  screen.type('\x1b[C');
  await screen.shows('Its next line is of another version.');
  screen.type('\r');
  await screen.shows('the end');
});

test('what cannot be played says why', async () => {
  const replays = new FakeReplays([]);
  replays.failure = new Error('the journal is empty');
  const screen = played(replays);
  await screen.shows('the journal is empty');
  screen.type('q');
  expect(await screen.ended).toBe(0);
  open = undefined;
});

test('where screens are read out, what is played is heard, and which terminal it is', async () => {
  const screen = played(
    new FakeReplays([
      part(1, 0, 5, [opened(0, 'cka1'), output(1, 'candidate@cka1:~$ k get po\r\n')]),
      part(2, 5, 30, [opened(5, 'cka2'), { at: 6 * SECOND, kind: 'mark', mark: 'hint' }]),
    ]),
    { KUBEDRILL_SCREEN_READER: '1' },
  );
  await screen.shows('Replay: CKA mock exam');
  await screen.shows('task 1, cka1');
  screen.type('\x1b[C');
  await screen.shows(/^candidate@cka1:~\$ k get po\n.*task 2, cka2\n.*took a hint$/m);
  screen.type(' ');
  await screen.shows(/^paused$/m);
});
