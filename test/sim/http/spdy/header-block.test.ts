import { constants, createDeflate, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { headerDictionary } from '../../../../src/sim/http/spdy/dictionary.js';
import { HeaderReader, HeaderWriter, SpdyError } from '../../../../src/sim/http/spdy/header-block.js';

test('the dictionary is that of the SPDY/3 draft', () => {
  const dictionary = headerDictionary();
  expect(dictionary.length).toBe(1423);
  // The Adler-32 that zlib streams with this dictionary name.
  let [low, high] = [1, 0];
  for (const byte of dictionary) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  expect(((high << 16) | low) >>> 0).toBe(0xe3c6a7c2);
});

const ROWS = [
  { streamtype: 'error', port: '80', requestid: '0' },
  { streamtype: 'data', port: '80', requestid: '0' },
  {},
  { streamtype: 'error', port: '80', requestid: '1', long: 'x'.repeat(5000) },
];

test('blocks written here are read here, in order', () => {
  const [writer, reader] = [new HeaderWriter(), new HeaderReader()];
  for (const row of ROWS) expect(reader.read(writer.write(row))).toEqual(row);
});

test('blocks of a compressor that looks back, as clients have one, are read in order', async () => {
  const deflate = createDeflate({ dictionary: headerDictionary() });
  const reader = new HeaderReader();
  const sizes: number[] = [];
  for (const row of [...ROWS, ...ROWS]) {
    const chunks: Buffer[] = [];
    const listener = (chunk: Buffer): void => void chunks.push(chunk);
    deflate.on('data', listener);
    deflate.write(plain(row));
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    deflate.off('data', listener);
    const block = Buffer.concat(chunks);
    sizes.push(block.length);
    expect(reader.read(block)).toEqual(row);
  }
  // The second time each block is little more than a reference to the first.
  expect(sizes[7]).toBeLessThan((sizes[3] as number) + 1);
  expect(sizes[4]).toBeLessThan(sizes[0] as number);
});

test.each([
  ['nothing compressed', Buffer.from('hello, this is no zlib')],
  ['a bomb', new HeaderWriter().write({ a: 'x'.repeat(300_000) })],
  ['a length beyond the end', cutShort()],
])('%s is no header block', (_, block) => {
  expect(() => new HeaderReader().read(block)).toThrow(SpdyError);
});

function plain(headers: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(headers).flat();
  const number = (value: number): Buffer => Buffer.from([0, 0, value >> 8, value & 255]);
  return Buffer.concat([
    number(words.length / 2),
    ...words.flatMap((word) => [number(word.length), Buffer.from(word)]),
  ]);
}

/** One field is announced with a name of nine bytes, one byte is there. */
function cutShort(): Buffer {
  return deflateSync(Buffer.from([0, 0, 0, 1, 0, 0, 0, 9, 65]), { dictionary: headerDictionary() });
}
