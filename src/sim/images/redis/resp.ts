import { type Bytes, NO_BYTES } from '../../kernel/bytes.js';

/** What a server answers. Texts hold one character for each byte, so that their lengths are those of the protocol. */
export type Reply =
  | string
  | number
  | null
  | { readonly status: string }
  | { readonly error: string }
  | readonly Reply[];

export const OK: Reply = { status: 'OK' };

/** The bytes of a text with one character for each byte. */
export function bytesOf(text: string): Bytes {
  return Buffer.from(text, 'latin1');
}

/** A text as programs are given it, with one character for each of its bytes. */
export function binaryOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The other way round, for what people read. */
export function readableOf(binary: string): string {
  return Buffer.from(binary, 'latin1').toString('utf8');
}

/** A command as clients send it. */
export function encodeCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** An answer as servers send it (RESP2). */
export function encodeReply(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  if ('error' in reply) return `-${reply.error}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
}

/** The peer broke the protocol. */
export class ProtocolError extends Error {}

/** Cuts a stream of bytes into commands or answers. */
export class RespReader {
  private text = '';
  private at = 0;

  add(bytes: Bytes): void {
    this.text = this.text.slice(this.at) + Buffer.from(bytes).toString('latin1');
    this.at = 0;
  }

  /** The next command's words, typed by hand or framed; undefined until it is whole. Throws `ProtocolError`. */
  command(): string[] | undefined {
    if (this.text[this.at] === '*') {
      const items = this.whole();
      return Array.isArray(items) ? items.map((item) => (typeof item === 'string' ? item : '')) : undefined;
    }
    const line = this.line();
    return line === undefined ? undefined : splitWords(line);
  }

  /** The next answer; undefined until it is whole. */
  reply(): Reply | undefined {
    return this.whole();
  }

  private whole(): Reply | undefined {
    const from = this.at;
    const value = this.value();
    if (value === undefined) this.at = from;
    return value;
  }

  private line(): string | undefined {
    const end = this.text.indexOf('\n', this.at);
    if (end < 0) return undefined;
    const line = this.text.slice(this.at, end).replace(/\r$/, '');
    this.at = end + 1;
    return line;
  }

  private value(): Reply | undefined {
    const line = this.line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return { status: rest };
      case '-':
        return { error: rest };
      case ':':
        return Number(rest);
      case '$':
        return this.bulk(Number(rest));
      case '*':
        return this.list(Number(rest));
      default:
        throw new ProtocolError(`expected '$', got '${line[0] ?? ''}'`);
    }
  }

  private bulk(length: number): Reply | undefined {
    if (length < 0) return null;
    if (!Number.isInteger(length)) throw new ProtocolError('invalid bulk length');
    if (this.text.length < this.at + length + 2) return undefined;
    const text = this.text.slice(this.at, this.at + length);
    this.at += length + 2;
    return text;
  }

  private list(length: number): Reply | undefined {
    if (length < 0) return null;
    if (!Number.isInteger(length)) throw new ProtocolError('invalid multibulk length');
    const items: Reply[] = [];
    for (let index = 0; index < length; index += 1) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };

/** The words of a line as both redis-server (typed requests) and redis-cli split it. Throws `ProtocolError`. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|'((?:[^'\\]|\\.)*)'(?=\s|$)|([^\s"']+)|(["']))/gy;
  let match = pattern.exec(line);
  while (match) {
    const [, double, single, plain] = match;
    if (match[4] !== undefined) throw new ProtocolError('unbalanced quotes in request');
    words.push(plain ?? (double !== undefined ? unescaped(double) : (single ?? '').replaceAll("\\'", "'")));
    match = pattern.exec(line);
  }
  return words;
}

function unescaped(text: string): string {
  return text.replace(/\\(x[\da-fA-F]{2}|.)/gs, (_, what: string) =>
    what.length === 3 ? String.fromCharCode(Number.parseInt(what.slice(1), 16)) : (ESCAPES[what] ?? what),
  );
}

/** The bytes of a message on a connection; none for other things than bytes. */
export function messageBytes(item: unknown): Bytes {
  const { bytes } = item as { bytes?: Bytes };
  return bytes instanceof Uint8Array ? bytes : NO_BYTES;
}
