import { constants, deflateRawSync, deflateSync, inflateRawSync } from 'node:zlib';
import { headerDictionary } from './dictionary.js';

/** Header fields of one stream; names in lower case. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/** How far back deflate may look. */
const WINDOW_BYTES = 32 * 1024;
/** A header block is small; one that grows beyond this is an attack. */
const BLOCK_BYTES_MAX = 256 * 1024;
/** What begins a zlib stream with a dictionary: two bytes of header and the dictionary's checksum. */
const ZLIB_HEAD_BYTES = 6;
const PRESET_DICTIONARY = 0x20;

/** What is wrong with bytes that should be SPDY. */
export class SpdyError extends Error {}

/**
 * Reads the header blocks of one side of a connection in their order: together they are one zlib stream, each flushed
 * at its end, so that each can be read with what came before as its dictionary.
 */
export class HeaderReader {
  private window: Buffer = headerDictionary();
  private first = true;

  /** Throws `SpdyError` for what is no header block. */
  read(block: Buffer): SpdyHeaders {
    let deflated = block;
    if (this.first) {
      const preset = ((block[1] ?? 0) & PRESET_DICTIONARY) !== 0;
      deflated = block.subarray(preset ? ZLIB_HEAD_BYTES : 2);
      this.first = false;
    }
    let plain: Buffer;
    try {
      plain = inflateRawSync(deflated, {
        dictionary: this.window,
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: BLOCK_BYTES_MAX,
      });
    } catch {
      throw new SpdyError('a header block cannot be decompressed');
    }
    this.window = Buffer.concat([this.window, plain]).subarray(-WINDOW_BYTES);
    return readFields(plain);
  }
}

/** Writes the header blocks of one side in their order. Blocks do not look back, so each is compressed by itself. */
export class HeaderWriter {
  private first = true;

  write(headers: SpdyHeaders): Buffer {
    const plain = writeFields(headers);
    const finishFlush = constants.Z_SYNC_FLUSH;
    if (!this.first) return deflateRawSync(plain, { finishFlush });
    this.first = false;
    return deflateSync(plain, { finishFlush, dictionary: headerDictionary() });
  }
}

function readFields(plain: Buffer): SpdyHeaders {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 0;
  const number = (): number => {
    if (at + 4 > plain.length) throw new SpdyError('a header block is cut short');
    at += 4;
    return plain.readUInt32BE(at - 4);
  };
  const text = (): string => {
    const length = number();
    if (at + length > plain.length) throw new SpdyError('a header block is cut short');
    at += length;
    return plain.toString('latin1', at - length, at);
  };
  for (let left = number(); left > 0; left -= 1) {
    const name = text().toLowerCase();
    headers[name] = text();
  }
  return headers;
}

function writeFields(headers: SpdyHeaders): Buffer {
  const entries = Object.entries(headers);
  const parts = [uint32(entries.length)];
  for (const words of entries) {
    for (const word of words) {
      const bytes = Buffer.from(word, 'latin1');
      parts.push(uint32(bytes.length), bytes);
    }
  }
  return Buffer.concat(parts);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
