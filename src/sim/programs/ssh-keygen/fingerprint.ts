import { createHash } from 'node:crypto';

const COLUMNS = 17;
const ROWS = 9;
/** What a field shows after so many visits; the walk's begin and end have letters of their own. */
const MARKS = ' .o+=*BOX@%&#/^';

/** `SHA256:…` of a public half on the wire. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${digestOf(blob).toString('base64').replace(/=+$/, '')}`;
}

/**
 * A key's picture as ssh-keygen draws it: a bishop walks over a board, diagonally, two bits of the digest a step, stays
 * inside at the edges, and leaves marks.
 */
export function randomart(blob: Uint8Array, title: string): string {
  const visits = Array.from({ length: ROWS }, () => new Array<number>(COLUMNS).fill(0));
  let [x, y] = [(COLUMNS - 1) / 2, (ROWS - 1) / 2];
  for (const byte of digestOf(blob)) {
    for (let bits = byte, step = 0; step < 4; step += 1, bits >>= 2) {
      x = Math.min(COLUMNS - 1, Math.max(0, x + ((bits & 1) === 0 ? -1 : 1)));
      y = Math.min(ROWS - 1, Math.max(0, y + ((bits & 2) === 0 ? -1 : 1)));
      const row = visits[y] as number[];
      row[x] = Math.min(MARKS.length - 1, (row[x] as number) + 1);
    }
  }
  const lines = visits.map((row) => row.map((count) => MARKS[count] as string));
  (lines[(ROWS - 1) / 2] as string[])[(COLUMNS - 1) / 2] = 'S';
  (lines[y] as string[])[x] = 'E';
  const inside = lines.map((row) => `|${row.join('')}|`);
  return [border(`[${title}]`), ...inside, border('[SHA256]')].map((line) => `${line}\n`).join('');
}

function border(text: string): string {
  const left = Math.floor((COLUMNS - text.length) / 2);
  return `+${'-'.repeat(left)}${text}${'-'.repeat(COLUMNS - left - text.length)}+`;
}

function digestOf(blob: Uint8Array): Buffer {
  return createHash('sha256').update(blob).digest();
}
