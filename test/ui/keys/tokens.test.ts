import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Token, Tokenizer } from '../../../src/ui/keys/tokens.js';

function names(tokens: readonly Token[]): string[] {
  return tokens.map((token) => {
    if (token.kind === 'key') return token.name || 'unknown';
    if (token.kind === 'text') return `text ${Buffer.from(token.bytes).toString()}`;
    if (token.kind === 'mouse') return `mouse ${token.button}`;
    return `paste ${Buffer.from(token.bytes).toString()}${token.begins ? ' begins' : ''}${token.ends ? ' ends' : ''}`;
  });
}

describe('function keys of several terminals', () => {
  test.each([
    [
      'xterm',
      ['\x1bOP', '\x1bOQ', '\x1bOR', '\x1bOS', '\x1b[15~', '\x1b[17~', '\x1b[18~', '\x1b[19~', '\x1b[20~', '\x1b[21~'],
    ],
    [
      'rxvt and PuTTY',
      [
        '\x1b[11~',
        '\x1b[12~',
        '\x1b[13~',
        '\x1b[14~',
        '\x1b[15~',
        '\x1b[17~',
        '\x1b[18~',
        '\x1b[19~',
        '\x1b[20~',
        '\x1b[21~',
      ],
    ],
    [
      'the Linux console',
      [
        '\x1b[[A',
        '\x1b[[B',
        '\x1b[[C',
        '\x1b[[D',
        '\x1b[[E',
        '\x1b[17~',
        '\x1b[18~',
        '\x1b[19~',
        '\x1b[20~',
        '\x1b[21~',
      ],
    ],
    [
      'kitty',
      [
        '\x1b[P',
        '\x1b[Q',
        '\x1b[13~',
        '\x1b[S',
        '\x1b[15~',
        '\x1b[17~',
        '\x1b[18~',
        '\x1b[19~',
        '\x1b[20~',
        '\x1b[21~',
      ],
    ],
  ])('%s', (_, sequences) => {
    const tokens = new Tokenizer().push(Buffer.from(sequences.join('')));
    expect(names(tokens)).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10']);
  });
});

describe('keys', () => {
  test.each([
    ['characters that came together', 'ls -l', ['text ls -l']],
    ['control keys', '\x03\x1d\t\r\x7f\x00', ['ctrl-c', 'ctrl-]', 'tab', 'enter', 'backspace', 'ctrl-space']],
    ['arrows in both forms', '\x1b[A\x1bOB', ['up', 'down']],
    ['a shifted function key is not the app’s', '\x1b[1;2P', ['unknown']],
    ['Alt', '\x1bb\x1b.', ['alt-b', 'alt-.']],
    ['Escape twice, then a letter', '\x1b\x1bx', ['esc', 'alt-x']],
    ['a cursor report is no F3', '\x1b[5;3R', ['unknown']],
    ['paste', '\x1b[200~a\x1bOPb\x1b[201~c', ['paste  begins', 'paste a\x1bOPb ends', 'text c']],
  ])('%s', (_, input, expected) => {
    expect(names(new Tokenizer().push(Buffer.from(input)))).toEqual(expected);
  });

  test('a sequence cut in two is one key', () => {
    const tokenizer = new Tokenizer();
    expect(tokenizer.push(Buffer.from('a\x1b['))).toHaveLength(1);
    expect(tokenizer.waiting).toBe(true);
    expect(names(tokenizer.push(Buffer.from('21~')))).toEqual(['F10']);
  });

  test('an Escape nothing follows is a key by itself', () => {
    const tokenizer = new Tokenizer();
    expect(tokenizer.push(Buffer.from('\x1b'))).toEqual([]);
    expect(names(tokenizer.flush())).toEqual(['esc']);
    expect(tokenizer.waiting).toBe(false);
  });
});

test('no byte is lost or changed, however the input is cut (the marks around a paste apart)', () => {
  const piece = fc.constantFrom(
    'a',
    'é',
    '漢',
    '\x1b',
    '[',
    'O',
    'P',
    '~',
    '2',
    '1',
    ';',
    '\x03',
    '\x1b[A',
    '\x1b[21~',
    '\x80',
    '\x1bOP',
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 6 }), { maxLength: 8 }), (chunks) => {
      const tokenizer = new Tokenizer();
      const input = chunks.map((chunk) => Buffer.from(chunk.join('')));
      const tokens = [...input.flatMap((bytes) => tokenizer.push(bytes)), ...tokenizer.flush(), ...tokenizer.flush()];
      while (tokenizer.waiting) tokens.push(...tokenizer.flush());
      expect(Buffer.concat(tokens.map(({ bytes }) => bytes)).toString('hex')).toBe(
        Buffer.concat(input).toString('hex'),
      );
    }),
  );
});

test('a paste cut anywhere comes out whole', () => {
  const input = Buffer.from('\x1b[200~one\x1b[2 two\r\nthree\x1b[201~');
  for (let at = 1; at < input.length; at += 1) {
    const tokenizer = new Tokenizer();
    const tokens = [...tokenizer.push(input.subarray(0, at)), ...tokenizer.push(input.subarray(at))];
    const pasted = tokens.filter(({ kind }) => kind === 'paste').map(({ bytes }) => bytes);
    expect(Buffer.concat(pasted).toString()).toBe('one\x1b[2 two\r\nthree');
    expect(tokenizer.waiting).toBe(false);
  }
});
