import { type Database, ranked, type Value } from './keyspace.js';

/** The types of values in a dump, all in their plain encoding. */
const TYPES = { string: 0, list: 1, set: 2, hash: 4, zset: 3 } as const;
const KINDS = ['string', 'list', 'set', 'zset', 'hash'] as const;
const AUXILIARY = 0xfa;
const SIZES = 0xfb;
const END_MILLISECONDS = 0xfc;
const SELECT = 0xfe;
const END = 0xff;
const CHECKSUM_BYTES = 8;

/** A dump that cannot be read. */
export class BadDump extends Error {}

/** Writes all databases in Redis' own format (version 10, checksum off), so that its other tools can read them too. */
export function writeDump(databases: readonly Database[], aux: Readonly<Record<string, string>>): Uint8Array {
  const out: string[] = ['REDIS0010'];
  for (const [name, value] of Object.entries(aux))
    out.push(String.fromCharCode(AUXILIARY), textOf(name), textOf(value));
  databases.forEach((database, index) => {
    if (database.values.size === 0) return;
    out.push(String.fromCharCode(SELECT), lengthOf(index));
    out.push(String.fromCharCode(SIZES), lengthOf(database.values.size), lengthOf(database.ends.size));
    for (const [key, value] of database.values) {
      const end = database.ends.get(key);
      if (end !== undefined) out.push(String.fromCharCode(END_MILLISECONDS), millisecondsOf(end));
      out.push(String.fromCharCode(TYPES[value.kind]), textOf(key), ...bodyOf(value));
    }
  });
  out.push(String.fromCharCode(END), '\0'.repeat(CHECKSUM_BYTES));
  return Buffer.from(out.join(''), 'latin1');
}

function bodyOf(value: Value): string[] {
  switch (value.kind) {
    case 'string':
      return [textOf(value.text)];
    case 'list':
      return [lengthOf(value.items.length), ...value.items.map(textOf)];
    case 'set':
      return [lengthOf(value.members.size), ...[...value.members].map(textOf)];
    case 'hash':
      return [
        lengthOf(value.fields.size),
        ...[...value.fields].flatMap(([name, text]) => [textOf(name), textOf(text)]),
      ];
    case 'zset':
      return [
        lengthOf(value.scores.size),
        ...ranked(value.scores).flatMap(([member, score]) => {
          const text = score === Infinity ? '\xfe' : score === -Infinity ? '\xff' : undefined;
          return [textOf(member), text ?? `${String.fromCharCode(String(score).length)}${score}`];
        }),
      ];
  }
}

function lengthOf(length: number): string {
  if (length < 64) return String.fromCharCode(length);
  if (length < 16_384) return String.fromCharCode(0x40 | (length >> 8), length & 0xff);
  const bytes = Buffer.alloc(5);
  bytes[0] = 0x80;
  bytes.writeUInt32BE(length, 1);
  return bytes.toString('latin1');
}

function textOf(text: string): string {
  return lengthOf(text.length) + text;
}

function millisecondsOf(instant: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(instant));
  return bytes.toString('latin1');
}

class Reader {
  at = 9;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes);
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new BadDump('Unexpected EOF reading RDB file');
    this.at += 1;
    return byte;
  }

  length(): number {
    const first = this.byte();
    if (first >> 6 === 0) return first;
    if (first >> 6 === 1) return ((first & 0x3f) << 8) | this.byte();
    this.at += 4;
    if (first !== 0x80 || this.at > this.bytes.length) throw new BadDump('Unexpected EOF reading RDB file');
    return this.bytes.readUInt32BE(this.at - 4);
  }

  text(length = this.length()): string {
    if (this.at + length > this.bytes.length) throw new BadDump('Unexpected EOF reading RDB file');
    this.at += length;
    return this.bytes.toString('latin1', this.at - length, this.at);
  }

  milliseconds(): number {
    this.at += 8;
    return Number(this.bytes.readBigInt64LE(this.at - 8));
  }

  texts(count: number): string[] {
    return Array.from({ length: count }, () => this.text());
  }
}

/** Reads a dump into databases. Gives how many keys it had and what it says of itself. Throws `BadDump`. */
export function readDump(
  bytes: Uint8Array,
  databases: readonly Database[],
): { readonly keys: number; readonly aux: ReadonlyMap<string, string> } {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== 'REDIS')
    throw new BadDump('Wrong signature trying to load DB from file');
  const reader = new Reader(bytes);
  const aux = new Map<string, string>();
  let database = databases[0];
  let end: number | undefined;
  for (let keys = 0; ; ) {
    const code = reader.byte();
    if (code === END) return { keys, aux };
    if (code === AUXILIARY) aux.set(reader.text(), reader.text());
    else if (code === SELECT) database = databases[reader.length()];
    else if (code === SIZES) {
      reader.length();
      reader.length();
    } else if (code === END_MILLISECONDS) end = reader.milliseconds();
    else {
      const kind = KINDS[code];
      if (!kind) throw new BadDump(`Unknown RDB encoding type ${code}`);
      const key = reader.text();
      database?.set(key, readValue(reader, kind));
      if (end !== undefined) database?.ends.set(key, end);
      end = undefined;
      keys += 1;
    }
  }
}

function readValue(reader: Reader, kind: Value['kind']): Value {
  if (kind === 'string') return { kind, text: reader.text() };
  const count = reader.length();
  if (kind === 'list') return { kind, items: reader.texts(count) };
  if (kind === 'set') return { kind, members: new Set(reader.texts(count)) };
  if (kind === 'hash')
    return { kind, fields: new Map(Array.from({ length: count }, () => [reader.text(), reader.text()] as const)) };
  return { kind, scores: new Map(Array.from({ length: count }, () => [reader.text(), readScore(reader)] as const)) };
}

function readScore(reader: Reader): number {
  const length = reader.byte();
  if (length === 0xfe) return Infinity;
  if (length === 0xff) return -Infinity;
  return Number(reader.text(length));
}
