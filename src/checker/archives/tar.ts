import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** What an archive may grow to when it is unpacked. */
const UNPACKED_BYTES_MAX = 512 * 2 ** 20;

/** The files of a tar archive (gzip or not) by path; undefined where it is none. */
export function filesInTar(bytes: Uint8Array): ReadonlyMap<string, Buffer> | undefined {
  const tar = unpacked(bytes);
  if (!tar || tar.length < BLOCK) return undefined;
  const files = new Map<string, Buffer>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (!checksumFits(header)) return undefined;
    const size = Number.parseInt(field(header, 124, 12).trim() || '0', 8);
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    const type = String.fromCharCode(header[156] as number);
    // GNU tar writes a long name as a file of its own before the one it names.
    if (type === 'L') longName = content.toString('utf8').replace(/\0+$/, '');
    else {
      if (type === '0' || type === '\0') files.set(nameOf(header, longName), content);
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function unpacked(bytes: Uint8Array): Buffer | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return Buffer.from(bytes);
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch {
    return undefined;
  }
}

function nameOf(header: Buffer, longName: string | undefined): string {
  const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : '';
  const name = longName ?? `${prefix ? `${prefix}/` : ''}${field(header, 0, 100)}`;
  return name.replace(/^\.\//, '');
}

function field(header: Buffer, start: number, length: number): string {
  const text = header.subarray(start, start + length).toString('utf8');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** The sum of a header's bytes, its own field counted as spaces. */
function checksumFits(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return Number.parseInt(field(header, 148, 8).trim(), 8) === sum;
}
