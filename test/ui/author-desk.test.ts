import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Report } from '../../src/checker/rubric.js';
import { AuthorDesk } from '../../src/ui/author-desk.js';
import type { AuthorState } from '../../src/ui/store/state.js';
import { FakeSession, GRADED } from './fake-session.js';

/** Looks that were asked for and not answered yet. */
let waiting: { resolve(report: Report): void; reject(error: Error): void }[];
let shown: Partial<AuthorState>[];
let session: FakeSession;
let desk: AuthorDesk;
let save: (problems: readonly string[]) => void;

beforeEach(() => {
  vi.useFakeTimers();
  waiting = [];
  shown = [];
  session = new FakeSession();
  desk = new AuthorDesk({
    author: {
      draw: '',
      steps: [{ text: 'ls', bytes: Buffer.from('ls\r') }],
      look: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
      onSave: (listener) => {
        save = listener;
        return () => {
          save = () => {};
        };
      },
      reopen: () => Promise.reject(new Error('not asked')),
    },
    show: (change) => shown.push(change),
    type: (bytes) => session.terminals.first.type(bytes),
    onOutput: (listener) => session.terminals.first.onOutput(listener),
  });
});
afterEach(() => {
  desk.close();
  vi.useRealTimers();
});

async function answered(): Promise<void> {
  waiting.shift()?.resolve(GRADED.report);
  await vi.advanceTimersByTimeAsync(0);
}

test('it looks at once, and again when what was typed has fallen silent', async () => {
  expect(waiting).toHaveLength(1);
  await answered();
  expect(shown).toContainEqual({ report: GRADED.report, failure: undefined });
  session.print('something of its own');
  await vi.advanceTimersByTimeAsync(2000);
  expect(waiting).toHaveLength(0);
  desk.keyed();
  await vi.advanceTimersByTimeAsync(300);
  session.print('still going');
  await vi.advanceTimersByTimeAsync(300);
  expect(waiting).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(waiting).toHaveLength(1);
});

test('one look at a time; what was typed meanwhile is looked at after it', async () => {
  desk.look();
  desk.look();
  expect(waiting).toHaveLength(1);
  await answered();
  expect(waiting).toHaveLength(1);
  await answered();
  expect(waiting).toHaveLength(0);
  expect(shown.at(-1)).toEqual({ looking: false });
});

test('a look that fails says why, and the next one may succeed', async () => {
  waiting.shift()?.reject(new Error('the simulated cluster is gone'));
  await vi.advanceTimersByTimeAsync(0);
  expect(shown).toContainEqual({ failure: 'the simulated cluster is gone' });
  desk.look();
  await answered();
  expect(shown).toContainEqual({ report: GRADED.report, failure: undefined });
});

test('steps are typed one by one, and no more than there are', () => {
  desk.step();
  desk.step();
  expect(session.input).toBe('ls\r');
  expect(shown.filter(({ typed }) => typed !== undefined)).toEqual([{ typed: 1 }]);
});

test('a save is shown with what is wrong; once closed nothing is', async () => {
  save(['x.yaml:3: unknown field']);
  expect(shown.at(-1)).toEqual({ saved: true, problems: ['x.yaml:3: unknown field'] });
  desk.close();
  const before = shown.length;
  await answered();
  save([]);
  desk.keyed();
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown).toHaveLength(before);
  expect(waiting).toHaveLength(0);
});
