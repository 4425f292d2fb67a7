import { bytesOf, textOf } from '../../../api/go-template/go-bytes.js';

/** A text cut to a width with dots where something is left out (goutils.AbbreviateFull); widths count bytes. */
export function abbreviate(text: string, offset: number, width: number): string {
  const bytes = bytesOf(text);
  if (width < 4) return '';
  if (bytes.length <= width) return text;
  let from = Math.min(offset, bytes.length);
  if (bytes.length - from < width - 3) from = bytes.length - (width - 3);
  if (from <= 4) return `${textOf(bytes.subarray(0, width - 3))}...`;
  if (width < 7) return '';
  const rest = bytes.subarray(from);
  if (from + width - 3 < bytes.length) return `...${abbreviate(textOf(rest), 0, width - 3)}`;
  return `...${textOf(bytes.subarray(bytes.length - (width - 3)))}`;
}

/** A text broken into lines of a width in bytes (goutils.WrapCustom); long words are broken or stand out. */
export function wrapText(text: string, width: number, separator: string, breaksWords: boolean): string {
  const bytes = Buffer.from(bytesOf(text));
  const wide = Math.max(width, 1);
  const out: string[] = [];
  let at = 0;
  const line = (to: number, next: number): void => {
    out.push(textOf(bytes.subarray(at, to)), separator);
    at = next;
  };
  while (bytes.length - at > wide) {
    if (bytes[at] === 0x20) {
      at++;
      continue;
    }
    const space = bytes.subarray(at, at + wide + 1).lastIndexOf(0x20);
    if (space >= 0) line(at + space, at + space + 1);
    else if (breaksWords) line(at + wide, at + wide);
    else {
      const next = bytes.indexOf(0x20, at + wide);
      if (next < 0) {
        out.push(textOf(bytes.subarray(at)));
        at = bytes.length;
      } else line(next, next + 1);
    }
  }
  out.push(textOf(bytes.subarray(at)));
  return out.join('');
}
