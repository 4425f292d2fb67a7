import { expect, test, vi } from 'vitest';
import { WORDINGS } from '../../../../src/sim/shell/dialect/words.js';
import { runOurs } from './harness.js';
import { LINES } from './lines.js';

/** A row that nothing produces is dead: bash's words have changed, or an earlier row takes its messages. */
test('every row of the table of words is used by one of the lines that are compared with the real shells', () => {
  const spies = WORDINGS.map(({ from }) => ({ from, spy: vi.spyOn(from, 'exec') }));
  for (const name of ['ash', 'dash'] as const) for (const line of LINES) runOurs(name, ['-c', line]);
  const unused = spies.filter(({ spy }) => !spy.mock.results.some(({ value }) => value !== null));
  expect(unused.map(({ from }) => from.source)).toEqual([]);
});
