/** A session at an editor: the file it opens, and the keys that are typed. */
export interface EditorCase {
  readonly file: string;
  readonly content: string;
  readonly keys: string;
  readonly settings?: string;
  readonly size?: readonly [columns: number, rows: number];
  /** What stands before the file on the command line. */
  readonly args?: readonly string[];
}

/** What a case is called in lists. */
export const nameOf = ({ file, settings, size, args, keys }: EditorCase): string =>
  [file, size ?? '', settings ?? '', ...(args ?? []), keys].filter((part) => part !== '').join(' ');

/** Whether two cases are the same session. */
export const sameCase = (one: EditorCase, other: EditorCase): boolean =>
  one.content === other.content && nameOf(one) === nameOf(other);

/** The same file opened for each line of keys. */
export const of = (file: string, content: string, all: readonly string[]): EditorCase[] =>
  all.map((keys) => ({ file, content, keys }));

const NAMED: Readonly<Record<string, string>> = {
  CR: '\r',
  Esc: '\x1b',
  Tab: '\t',
  BS: '\x7f',
  Del: '\x1b[3~',
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
};

/** The keys of a case as what a terminal sends, cut behind every Escape, which a real editor waits for. */
export function keyChunks(keys: string): string[] {
  const tokens = keys.match(/<(?:C-.|M-.|[A-Za-z]+)>|[\s\S]/gu) ?? [];
  const chunks: string[] = [''];
  for (const token of tokens) {
    const control = /^<C-(.)>$/.exec(token)?.[1];
    const meta = /^<M-(.)>$/.exec(token)?.[1];
    const named = NAMED[token.slice(1, -1)];
    const bytes = control
      ? String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f)
      : meta
        ? `\x1b${meta}`
        : token.length > 2 && named
          ? named
          : token;
    chunks[chunks.length - 1] += bytes;
    if (token === '<Esc>') chunks.push('');
  }
  return chunks.filter((chunk) => chunk !== '');
}
