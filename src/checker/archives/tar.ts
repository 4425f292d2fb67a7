import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
/** What gzip's files begin with. */
const GZIP = '1f8b';
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
    // Blanks stand for none.
    const size = Number.parseInt(field(header, 124, 12), 8) || 0;
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
  if (Buffer.from(bytes.subarray(0, 2)).toString('hex') !== GZIP) return Buffer.from(bytes);
  try {
    return gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES_MAX });
  } catch {
    return undefined;
  }
}

function nameOf(header: Buffer, longName: string | undefined): string {
  // GNU tar, whose magic ends with a blank, keeps other things where POSIX has the folder.
  const prefix = field(header, 257, 6) === 'ustar' ? field(header, 345, 155) : '';
  const name = longName ?? `${prefix ? `${prefix}/` : ''}${field(header, 0, 100)}`;
  return name.replace(/^\.\//, '');
}

function field(header: Buffer, start: number, length: number): string {
  const text = header.subarray(start, start + length).toString('utf8');
  return text.replace(/\0.*$/s, '');
}

/** The sum of a header's bytes, its own field counted as spaces. */
function checksumFits(header: Buffer): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return Number.parseInt(field(header, 148, 8), 8) === sum;
}
