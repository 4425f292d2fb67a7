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

const ASKS_WHERE = '\x1b[6n';
let replies = 0;

/** A pane that has taken in what was printed. */
async function paneWith(text: string, { columns = 40, rows = 5, colours = true } = {}): Promise<Pane> {
  const onReply = (): void => {
    replies += 1;
  };
  const pane = new Pane({ columns, rows, colours, onReply });
  await print(pane, text);
  return pane;
}

/** Prints; the emulator's answer to a question at the end says that it has come so far. */
async function print(pane: Pane, text: string): Promise<void> {
  const before = replies;
  pane.feed(new TextEncoder().encode(text + ASKS_WHERE));
  await vi.waitFor(() => expect(replies).toBe(before + 1), { timeout: 5000, interval: 1 });
}

const numbered = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}\r\n`).join('');

test('who scrolled back keeps what they read, while more is printed', async () => {
  const pane = await paneWith(numbered(0, 50));
  pane.scroll(-10);
  const read = pane.rows();
  expect(pane.scrolledBack).toBe(10);
  await print(pane, numbered(50, 70));
  expect(pane.rows()).toEqual(read);
  expect(pane.scrolledBack).toBe(30);
  pane.scrollToEnd();
  expect(pane.rows()[3]).toContain('line 69');
  pane.dispose();
});

test('a search goes from the newest match back, and comes round', async () => {
  const pane = await paneWith(numbered(0, 50));
  expect(pane.find('line 1')).toEqual({ at: 1, of: 11 });
  expect(pane.rows().join('\n')).toContain('\x1b[1;30;46mline 1\x1b[0m9');
  expect(pane.findNext('older')).toEqual({ at: 2, of: 11 });
  expect(pane.findNext('newer')).toEqual({ at: 1, of: 11 });
  expect(pane.findNext('newer')).toEqual({ at: 11, of: 11 });
  expect(pane.rows().join('\n')).toMatch(/46mline 1\x1b\[0m$/m);
  expect(pane.findNext('older')).toEqual({ at: 1, of: 11 });
  await print(pane, 'line 1 again\r\n');
  expect(pane.findNext('newer')).toEqual({ at: 1, of: 12 });
  pane.scrollToEnd();
  expect(pane.rows().join('')).not.toContain('\x1b[1;30;46m');
  pane.dispose();
});

test.each([
  ['small letters match both cases', 'kind: Pod', 'pod', '\x1b[1;4;7mPod\x1b[0m'],
  ['wide characters before it', '漢字 pod', 'pod', '漢字 \x1b[1;4;7mpod\x1b[0m'],
  ['over what was coloured', '\x1b[1mred pod\x1b[0m', 'd p', '\x1b[1mre\x1b[0m\x1b[1;4;7md p\x1b[0m\x1b[1mod'],
  ['all of a row', 'pod pod', 'pod', '\x1b[7mpod\x1b[0m \x1b[1;4;7mpod\x1b[0m'],
])('%s', async (_, printed, query, row) => {
  const pane = await paneWith(`${printed}\r\n`, { colours: false });
  expect(pane.find(query).at).toBe(1);
  expect(pane.rows()[0]).toContain(row);
  pane.dispose();
});

test('a capital matches itself only, and what is not there is not found', async () => {
  const pane = await paneWith('Pod pod\r\n');
  expect(pane.find('Pod').of).toBe(1);
  expect(pane.find('zebra')).toEqual({ at: 0, of: 0 });
  expect(pane.findNext('older')).toEqual({ at: 0, of: 0 });
  pane.dispose();
});

test('what is wrapped is found across its rows', async () => {
  const pane = await paneWith(`${'x'.repeat(38)}needle\r\n`);
  expect(pane.find('needle')).toEqual({ at: 1, of: 1 });
  expect(pane.rows().slice(0, 2)).toEqual([`${'x'.repeat(38)}\x1b[1;30;46mne\x1b[0m`, '\x1b[1;30;46medle\x1b[0m']);
  pane.dispose();
});

test('ten thousand rows are searched, and painted with marks', async () => {
  const long = Array.from({ length: 10_050 }, (_, row) => `pod-${row} ${'Running 1/1 '.repeat(7)}\r\n`).join('');
  const pane = await paneWith(long, { columns: 100, rows: 40 });
  expect(pane.find('pod-5000 ')).toEqual({ at: 1, of: 1 });
  expect(pane.find('run').of).toBeGreaterThan(70_000);
  expect(pane.rows().join('')).toContain('46mRun');
  pane.dispose();
});

test('what comes after a key is shown sooner than what streams', async () => {
  vi.useFakeTimers();
  try {
    const pane = new Pane({ columns: 40, rows: 5, colours: true, onReply: () => {} });
    const text = new TextEncoder().encode('x');
    const shownAfter = async (milliseconds: number): Promise<boolean> => {
      const before = pane.version;
      pane.feed(text);
      await vi.advanceTimersByTimeAsync(milliseconds);
      return pane.version > before;
    };
    await vi.advanceTimersByTimeAsync(1000);
    expect(await shownAfter(5)).toBe(true);
    expect(await shownAfter(10)).toBe(false);
    expect(await shownAfter(40)).toBe(true);
    pane.keyed();
    expect(await shownAfter(10)).toBe(true);
    expect(await shownAfter(10)).toBe(true);
    pane.dispose();
  } finally {
    vi.useRealTimers();
  }
});
