/** Reading of DER, as far as certificates and requests for them need it. */
import type { Bytes } from '../../kernel/bytes.js';

/** One value with its tag. */
export interface Element {
  readonly tag: number;
  /** Without tag and length. */
  readonly content: Bytes;
  /** With them. */
  readonly whole: Bytes;
}

/** Tags that are looked for. */
export const TAGS = {
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  sequence: 0x30,
  set: 0x31,
  /** Fields that are told apart by number: of a request its attributes, of a certificate its extensions. */
  attributes: 0xa0,
  extensions: 0xa3,
} as const;

/** The first value of some bytes, or undefined when they end within it. */
export function readElement(bytes: Bytes): Element | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  let length = first < 0x80 ? first : 0;
  for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (bytes[2 + index] ?? 0);
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) return undefined;
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) };
}

/** The values within a sequence or a set. */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (let at = 0; at < element.content.length; ) {
    const child = readElement(element.content.subarray(at));
    if (!child) break;
    children.push(child);
    at += child.whole.length;
  }
  return children;
}

/** An object identifier in its usual notation. */
export function objectIdText({ content }: Pick<Element, 'content'>): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [head = 0, ...rest] = numbers;
  const top = Math.min(Math.floor(head / 40), 2);
  return [top, head - top * 40, ...rest].join('.');
}

/** The parts of a distinguished name in their order: type and text. */
export function nameParts(name: Element): [type: string, value: string][] {
  return childrenOf(name)
    .flatMap(childrenOf)
    .flatMap((part): [string, string][] => {
      const [type, value] = childrenOf(part);
      return type && value ? [[objectIdText(type), textOf(value)]] : [];
    });
}

/** Bytes of a text by its type: BMPString has two for each character, T61String is taken as Latin-1. */
function textOf({ tag, content }: Element): string {
  if (tag === 0x1e) return Buffer.from(content).swap16().toString('utf16le');
  return Buffer.from(content).toString(tag === 0x14 ? 'latin1' : 'utf8');
}

/** Extensions by their object identifiers: what their octets hold. `list` is the sequence of them. */
export function extensionsOf(list: Element | undefined): ReadonlyMap<string, Bytes> {
  const found = new Map<string, Bytes>();
  for (const extension of list ? childrenOf(list) : []) {
    const fields = childrenOf(extension);
    const value = fields.at(-1);
    if (fields[0]?.tag === TAGS.objectId && value) found.set(objectIdText(fields[0]), value.content);
  }
  return found;
}
