import type { Bytes } from './bytes.js';
import { decodeText, encodeText } from './bytes.js';

/** The first bytes of an ELF file for x86-64, so that `file`, `head -c4` and editors see a binary. */
const ELF_HEADER = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0, 1, 0, 0, 0);
const MARK = encodeText('\0.kubedrill.program\0');
const NAME_AT = ELF_HEADER.length + MARK.length;
const NAME_BYTES_MAX = 255;

/**
 * The content of a program's binary. The name of the program is inside, not in the path, so a binary that was copied,
 * moved, renamed or linked still runs as what it is.
 */
export function executableImage(name: string): Bytes {
  const nameBytes = encodeText(`${name}\0`);
  const image = new Uint8Array(NAME_AT + nameBytes.length);
  image.set(ELF_HEADER, 0);
  image.set(MARK, ELF_HEADER.length);
  image.set(nameBytes, NAME_AT);
  return image;
}

/** The name of the program whose binary this is; undefined for everything else, a cut or changed binary included. */
export function imageName(content: Bytes): string | undefined {
  if (content.length <= NAME_AT || content.length > NAME_AT + NAME_BYTES_MAX + 1) return undefined;
  for (let at = 0; at < ELF_HEADER.length; at += 1) if (content[at] !== ELF_HEADER[at]) return undefined;
  for (let at = 0; at < MARK.length; at += 1) if (content[ELF_HEADER.length + at] !== MARK[at]) return undefined;
  const end = content.indexOf(0, NAME_AT);
  return end === content.length - 1 && end > NAME_AT ? decodeText(content.subarray(NAME_AT, end)) : undefined;
}
