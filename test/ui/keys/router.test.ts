import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KeyRouter } from '../../../src/ui/keys/router.js';
import { initialState } from '../../../src/ui/store/state.js';
import { createStore, type Store } from '../../../src/ui/store/store.js';
import { CATALOGUE, LAB, NOW } from '../fake-session.js';

let store: Store;
let seen: string[];
let router: KeyRouter;
let marks = false;

beforeEach(() => {
  vi.useFakeTimers();
  store = createStore(initialState({ columns: 100, rows: 30 }, CATALOGUE, NOW));
  seen = [];
  marks = false;
  router = new KeyRouter({
    state: store.get,
    intent: (intent) => {
      seen.push(intent);
      store.dispatch({ type: 'intent', intent });
    },
    refused: () => seen.push('refused'),
    value: (number) => seen.push(`value ${number}`),
    leaderDone: () => store.dispatch({ type: 'leader-done' }),
    terminal: (bytes) => seen.push(`terminal ${JSON.stringify(Buffer.from(bytes).toString())}`),
    wantsPasteMarks: () => marks,
    notes: (text) => seen.push(`notes ${JSON.stringify(text)}`),
    mouse: ({ button, column, row, released }) =>
      seen.push(`mouse ${button} at ${column},${row}${released ? ' released' : ''}`),
    textBox: (bytes) => seen.push(`box ${Buffer.from(bytes).toString()}`),
  });
});

afterEach(() => vi.useRealTimers());

function openLab(): void {
  store.dispatch({ type: 'lab-opened', view: LAB, host: 'cka1', hintsTaken: [] });
}

function type(text: string): string[] {
  return typeBytes(Buffer.from(text));
}

function typeBytes(bytes: Uint8Array): string[] {
  seen = [];
  router.push(bytes);
  return seen;
}

describe('while the terminal has the focus', () => {
  beforeEach(openLab);

  test.each([
    ['what is typed goes there as one piece', 'ls\x1b[A\x03\x1bb\r', ['terminal "ls\\u001b[A\\u0003\\u001bb\\r"']],
    ['a function key is the app’s, in its turn', 'a\x1bOPb', ['terminal "a"', 'help']],
    ['the leader twice sends itself', '\x1d\x1d', ['leader', 'leader-itself']],
    ['the leader and a letter', '\x1dv', ['leader', 'values']],
    ['the leader and a number types a value', '\x1d2x', ['leader', 'value 2', 'terminal "x"']],
    ['the leader and a key without meaning is swallowed', '\x1d\x01b', ['leader', 'terminal "b"']],
    ['exam keys are refused with a reason', '\x1b[15~', ['refused']],
    ['a paste is not looked into', '\x1b[200~\x1d\x1b[21~\x1b[201~', ['terminal "\\u001d\\u001b[21~"']],
    [
      'the wheel never is a byte of the terminal',
      'a\x1b[<64;10;5Mb',
      ['terminal "a"', 'mouse 64 at 10,5', 'terminal "b"'],
    ],
    ['a button that is let go', '\x1b[<0;100;30m', ['mouse 0 at 100,30 released']],
    [
      'what is looked for is not typed in the terminal',
      '\x1d/web\x7f',
      ['leader', 'find', 'notes "web"', 'edit-erase'],
    ],
    [
      'n and N go from match to match',
      '\x1d/w\rnN',
      ['leader', 'find', 'notes "w"', 'find-older', 'find-older', 'find-newer'],
    ],
    [
      'Ctrl-C ends the search, and only that',
      '\x1d/w\x03x',
      ['leader', 'find', 'notes "w"', 'terminal', 'terminal "x"'],
    ],
    ['function keys hold while one searches', '\x1d/\x1bOQ', ['leader', 'find', 'task']],
    ['the mouse is given back', '\x1dm', ['leader', 'mouse']],
    ['no letter is torn apart', 'é漢', ['terminal "é漢"']],
  ])('%s', (_, input, expected) => {
    expect(type(input)).toEqual(expected);
  });

  test('a paste keeps its marks when the program asked for them', () => {
    marks = true;
    expect(type('\x1b[200~a\x1b[201~')).toEqual(['terminal "\\u001b[200~a\\u001b[201~"']);
  });

  test('an Escape alone goes on after a moment', () => {
    expect(type('\x1b')).toEqual([]);
    vi.advanceTimersByTime(25);
    expect(seen).toEqual(['terminal "\\u001b"']);
  });
});

describe('in the catalogue', () => {
  test('each letter is a key', () => {
    expect(type('jk')).toEqual(['down', 'up']);
  });

  test('the search box takes everything but its own keys', () => {
    expect(type('/dns\x7fq')).toEqual(['search', 'box dns', 'box \x7f', 'box q']);
    expect(type('\r')).toEqual(['search-done']);
    expect(type('q')).toEqual(['quit']);
  });

  test('of a paste the search box takes the first line', () => {
    type('/');
    expect(type('\x1b[200~core\rrm -rf\x1b[201~')).toEqual(['box core']);
  });

  test('a character of a paste that comes in two pieces, or is the first too many, is never torn', () => {
    type('/');
    const bytes = Buffer.from('\x1b[200~né€\x1b[201~');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const taken = [...typeBytes(bytes.subarray(0, cut)), ...typeBytes(bytes.subarray(cut))];
      expect(taken.map((one) => one.replace(/^box /, '')).join('')).toBe('né€');
    }
    expect(type(`\x1b[200~${'x'.repeat(1022)}€\x1b[201~`).join('')).toBe(`box ${'x'.repeat(1022)}`);
  });
});

test('before there is a terminal the leader leads nothing, and the key after it is not typed', () => {
  store.dispatch({ type: 'shown', screen: { name: 'loading', title: 'A lab', steps: [], opens: true } });
  expect(type('ab')).toEqual(['terminal "ab"']);
  expect(type('\x1d')).toEqual([]);
  expect(type('cls')).toEqual(['terminal "ls"']);
  expect(type('\x1d\x1bOPx')).toEqual(['terminal "x"']);
});
