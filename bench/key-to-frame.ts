import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { runScreens, type Surroundings } from '../src/ui/run-screens.js';
import { FakeSession, fakePorts } from '../test/ui/fake-session.js';
import type { Benchmark } from './benchmark.js';

const WINDOW = { columns: 140, rows: 45 };
const SCROLLBACK_LINES = 10_000;
/** What streams: so many lines so often, about a thousand a second. */
const STREAM = { lines: 10, everyMilliseconds: 10 };
const KEYS = 100;
const BETWEEN_KEYS_MILLISECONDS = 37;
const LINE =
  'ts=2026-11-22T12:00:00Z level=info msg="request served" path=/cart status=200 took=1.7ms pod=cart-7d8f9c6b5-x2v9p\r\n';
/** Nothing that takes longer is worth waiting for. */
const MILLISECONDS_MAX = 2000;

/** How long it is from a key to the frame that shows what it did: the 95th percentile. */
export const keyToFrame: readonly Benchmark[] = [
  { name: 'key to frame: an echo', measure: () => percentile95(echoes) },
  { name: 'key to frame: a page of the screens', measure: () => percentile95(pages) },
].map((row) => ({ ...row, unit: 'ms', against: 'bare start', aimMax: 16, aimIsAbsolute: true, rounds: 3 }));

/** What is shown of a key: another text from its first character on, for only what is new is written. */
function echoOf(key: number): string {
  return `${key % 10} was key ${key}.`;
}

/** A session whose terminal echoes, and says which key it was, in its last row, which does not scroll with the others. */
class EchoingSession extends FakeSession {
  keys = 0;

  get rows(): number {
    return Number(this.sizes.at(-1)?.split('×')[1]);
  }

  constructor() {
    super();
    this.terminals.first.type = () => {
      this.keys += 1;
      this.print(`\x1b7\x1b[${this.rows};1H${echoOf(this.keys)}\x1b8`);
    };
  }
}

/** A terminal that takes everything at once, and tells of what is written to it. */
class Outside extends EventEmitter {
  readonly isTTY = true;
  readonly columns = WINDOW.columns;
  readonly rows = WINDOW.rows;
  private readonly keyboard = Object.assign(new EventEmitter(), {
    isTTY: true,
    setRawMode: () => {},
    resume: () => {},
    pause: () => {},
  });
  private wanted: { readonly text: string; readonly seen: (at: number) => void } | undefined;

  get streams(): Surroundings {
    const { keyboard: stdin } = this;
    return { stdin, stdout: this, environment: { TERM: 'xterm-256color' } } as unknown as Surroundings;
  }

  write(text: string): boolean {
    const { wanted } = this;
    if (wanted && text.includes(wanted.text)) {
      this.wanted = undefined;
      wanted.seen(performance.now());
    }
    return true;
  }

  /** Presses a key, and gives the milliseconds until something is written that holds `text`. */
  async until(key: string, text: string): Promise<number> {
    const shown = new Promise<number>((resolve) => {
      this.wanted = { text, seen: resolve };
    });
    const begun = performance.now();
    this.keyboard.emit('data', Buffer.from(key));
    const at = await Promise.race([shown, pause(MILLISECONDS_MAX, begun + MILLISECONDS_MAX)]);
    return at - begun;
  }
}

type Measure = (outside: Outside, session: EchoingSession) => Promise<number>;

const echoes: Measure = (outside, session) => outside.until('x', echoOf(session.keys + 1));

/** The cheat sheet; it is closed again before the next key. */
const pages: Measure = async (outside) => {
  const taken = await outside.until('\x1bOP', 'After the leader');
  await outside.until('q', 'Since last night');
  return taken;
};

async function percentile95(measure: Measure): Promise<number> {
  const session = new EchoingSession();
  const outside = new Outside();
  const ended = runScreens(outside.streams, fakePorts(session), { id: session.view.id });
  while (!session.sizes.length) await pause(10);
  session.print(`\x1b[1;${session.rows - 1}r`);
  for (let lines = 0; lines < SCROLLBACK_LINES; lines += 100) session.print(LINE.repeat(100));
  // All of it is on the screen when the last of it is.
  await outside.until('x', echoOf(1));
  const stream = setInterval(() => session.print(LINE.repeat(STREAM.lines)), STREAM.everyMilliseconds);
  const taken: number[] = [];
  try {
    for (let key = 0; key < KEYS; key += 1) {
      await pause(BETWEEN_KEYS_MILLISECONDS);
      taken.push(await measure(outside, session));
    }
  } finally {
    clearInterval(stream);
    process.emit('SIGTERM', 'SIGTERM');
    await ended;
  }
  return taken.sort((one, other) => one - other)[Math.floor(KEYS * 0.95)] ?? Number.NaN;
}
