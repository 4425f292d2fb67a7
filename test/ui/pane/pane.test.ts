import { afterEach, expect, test, vi } from 'vitest';
import { Pane } from '../../../src/ui/pane/pane.js';

const CONSOLE = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

afterEach(() => vi.restoreAllMocks());

/** What no emulator understands: cut UTF-8 within a sequence, unknown sequences, control strings without an end. */
test.each([
  ['a character within a sequence', '\x1b[1;éx'],
  ['an unknown sequence', '\x1b[?9999$~\x1b[>77;88;99z'],
  ['a string without an end', '\x1b]0;title\x1b[31mred'],
  ['all bytes there are', Uint8Array.from({ length: 1024 }, (_, index) => (index * 7) % 256)],
])('%s is not told on the console, which is the screen', async (_, bytes) => {
  const said = CONSOLE.map((name) => vi.spyOn(console, name).mockImplementation(() => {}));
  const pane = new Pane({ columns: 40, rows: 5, colours: true, onReply: () => {} });
  const painted = new Promise<void>((done) => pane.subscribe(done));
  pane.feed(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  await painted;
  pane.dispose();
  expect(said.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
