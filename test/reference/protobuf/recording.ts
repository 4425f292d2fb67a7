import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** The message that Go made of one object. */
export interface RecordedMessage {
  readonly id: string;
  /** In hexadecimal. */
  readonly protobuf: string;
}

const FILE = new URL('../recorded/protobuf.jsonl.br', import.meta.url);

/** The messages that Go wrote, in the order of `filledObjects`. */
export function readMessages(): RecordedMessage[] {
  const lines = brotliDecompressSync(readFileSync(FILE)).toString('utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedMessage);
}

/** Writes them; returns how many bytes the file has. */
export function writeMessages(messages: readonly RecordedMessage[]): number {
  const text = messages.map((one) => `${JSON.stringify(one)}\n`).join('');
  // Messages repeat each other from far away.
  const bytes = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
  writeFileSync(FILE, bytes);
  return bytes.length;
}
