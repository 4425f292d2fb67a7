import { bytesToText, textToBytes } from '../../format/byte-text.js';

/** A member of an archive. */
export interface Member {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  readonly group: string;
  /** Unix seconds. */
  readonly modified: number;
  readonly target: string;
  readonly content: Uint8Array;
}

const BLOCK = 512;
const FLAGS = { file: '0', link: '1', symlink: '2', directory: '5' } as const;

/** An archive in GNU format. */
export function writeArchive(members: readonly Member[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const member of members) {
    if (textToBytes(member.name).length > 100) parts.push(...record(longMember('L', member.name)));
    if (textToBytes(member.target).length > 100) parts.push(...record(longMember('K', member.target)));
    parts.push(...record({ header: header(member, FLAGS[member.kind]), content: member.content }));
  }
  const size = parts.reduce((sum, part) => sum + part.length, 2 * BLOCK);
  parts.push(new Uint8Array(2 * BLOCK + ((20 * BLOCK - (size % (20 * BLOCK))) % (20 * BLOCK))));
  return Buffer.concat(parts);
}

function longMember(flag: string, text: string): { header: Uint8Array; content: Uint8Array } {
  const content = Buffer.concat([textToBytes(text), Buffer.of(0)]);
  const member: Member = {
    name: '././@LongLink',
    kind: 'file',
    mode: 0o644,
    uid: 0,
    gid: 0,
    user: 'root',
    group: 'root',
    modified: 0,
    target: '',
    content,
  };
  return { header: header(member, flag), content };
}

function record({ header, content }: { header: Uint8Array; content: Uint8Array }): Uint8Array[] {
  return [header, content, new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

function header(member: Member, flag: string): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number, length: number) => Buffer.from(textToBytes(text)).copy(block, at, 0, length);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  put(member.name, 0, 100);
  put(octal(member.mode, 8), 100, 8);
  put(octal(member.uid, 8), 108, 8);
  put(octal(member.gid, 8), 116, 8);
  put(octal(member.content.length, 12), 124, 12);
  put(octal(member.modified, 12), 136, 12);
  put('        ', 148, 8);
  put(flag, 156, 1);
  put(member.target, 157, 100);
  put('ustar  \0', 257, 8);
  put(member.user, 265, 32);
  put(member.group, 297, 32);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return block;
}

/** The members of an archive; undefined when it is none. */
export function readArchive(bytes: Uint8Array): Member[] | undefined {
  if (bytes.length > 0 && bytes.length < BLOCK) return undefined;
  const members: Member[] = [];
  let longName: string | undefined;
  let longTarget: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const block = bytes.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) break;
    if (!checked(block)) return members.length > 0 ? members : undefined;
    const text = (from: number, length: number) =>
      bytesToText(block.subarray(from, from + length)).replace(/\0.*$/s, '');
    const octal = (from: number, length: number) => Number.parseInt(text(from, length).trim() || '0', 8);
    const size = octal(124, 12);
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const flag = text(156, 1);
    if (flag === 'g') continue;
    if (flag === 'x') {
      const records = extendedRecords(content);
      longName = records.get('path') ?? longName;
      longTarget = records.get('linkpath') ?? longTarget;
      continue;
    }
    if (flag === 'L' || flag === 'K') {
      const long = bytesToText(content).replace(/\0$/, '');
      if (flag === 'L') longName = long;
      else longTarget = long;
      continue;
    }
    const prefix = text(257, 6) === 'ustar' && block[263] === 0x30 ? text(345, 155) : '';
    const kind = ({ '1': 'link', '2': 'symlink', '5': 'directory' } as const)[flag as '1'] ?? 'file';
    members.push({
      name: longName ?? (prefix ? `${prefix}/` : '') + text(0, 100),
      kind,
      mode: octal(100, 8),
      uid: octal(108, 8),
      gid: octal(116, 8),
      user: text(265, 32),
      group: text(297, 32),
      modified: octal(136, 12),
      target: longTarget ?? text(157, 100),
      content,
    });
    longName = undefined;
    longTarget = undefined;
  }
  return members;
}

/** What a pax header says of the next member: records of a length in digits, a space, `key=value` and a newline. */
function extendedRecords(content: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const length = space < 0 ? 0 : Number(bytesToText(content.subarray(at, space)));
    if (!Number.isInteger(length) || length <= space - at) break;
    const [, key, value] = /^([^=]+)=(.*)\n$/s.exec(bytesToText(content.subarray(space + 1, at + length))) ?? [];
    if (key !== undefined && value !== undefined) records.set(key, value);
    at += length;
  }
  return records;
}

function checked(block: Uint8Array): boolean {
  const stored = Number.parseInt(bytesToText(block.subarray(148, 156)).replace(/\0.*$/s, '').trim(), 8);
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return stored === sum;
}
