import type { FileStat, FileType } from '../../kernel/files.js';

const TYPE_LETTERS: Readonly<Record<FileType, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  'block-device': 'b',
  'character-device': 'c',
  fifo: 'p',
  socket: 's',
};

/** What stat and rm call a file's type. */
export function typeWords(stat: Pick<FileStat, 'type' | 'size'>): string {
  switch (stat.type) {
    case 'file':
      return stat.size === 0 ? 'regular empty file' : 'regular file';
    case 'symlink':
      return 'symbolic link';
    case 'block-device':
      return 'block special file';
    case 'character-device':
      return 'character special file';
    default:
      return stat.type;
  }
}

/** `-rwxr-xr-x`. */
export function modeString(type: FileType, mode: number): string {
  return TYPE_LETTERS[type] + permissionString(mode);
}

/** `rwxr-xr-x`. */
export function permissionString(mode: number): string {
  const special = (bit: number, execute: number, on: string, off: string) =>
    mode & bit ? (mode & execute ? on : off) : mode & execute ? 'x' : '-';
  const read = (shift: number) => (mode & (4 << shift) ? 'r' : '-') + (mode & (2 << shift) ? 'w' : '-');
  return (
    read(6) +
    special(0o4000, 0o100, 's', 'S') +
    read(3) +
    special(0o2000, 0o010, 's', 'S') +
    read(0) +
    special(0o1000, 0o001, 't', 'T')
  );
}

/** A change of permission bits: from the old ones to the new ones. */
export type ModeChange = (mode: number, directory: boolean) => number;

/** Reads a mode as chmod takes it: octal or symbolic; undefined when it is none. */
export function parseMode(text: string, umask: number): ModeChange | undefined {
  if (/^[0-7]{1,5}$/.test(text)) return octalMode(text);
  const clauses = text.split(',').map((clause) => parseClause(clause, umask));
  if (clauses.some((clause) => clause === undefined)) return undefined;
  return (mode, directory) => clauses.reduce((current, clause) => (clause as ModeChange)(current, directory), mode);
}

/** A directory keeps its set-id bits unless five digits (or a leading zero too many) say otherwise. */
function octalMode(text: string): ModeChange | undefined {
  const value = Number.parseInt(text, 8);
  if (value > 0o7777) return undefined;
  return (mode, directory) => (directory && text.length < 5 ? value | (mode & 0o6000) : value);
}

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 };

function parseClause(clause: string, umask: number): ModeChange | undefined {
  const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]|[0-7]+))+)$/.exec(clause);
  if (!match) return undefined;
  const who = [...(match[1] as string)].reduce((mask, letter) => mask | (WHO[letter] as number), 0);
  const actions = [...(match[2] as string).matchAll(/([-+=])([rwxXst]*|[ugo]|[0-7]+)(?=[-+=]|$)/g)];
  return (mode, directory) =>
    actions.reduce(
      (current, [, sign, letters]) => act(current, sign as string, letters as string, who, umask, directory),
      mode,
    );
}

function act(mode: number, sign: string, letters: string, who: number, umask: number, directory: boolean): number {
  const mask = who === 0 ? 0o7777 & ~umask : who;
  let bits = letterBits(mode, letters, directory) & mask;
  if (who === 0 && sign === '=') bits = letterBits(mode, letters, directory) & ~umask;
  if (sign === '+') return mode | bits;
  if (sign === '-') return mode & ~bits;
  const kept = directory ? mode & 0o6000 & ~(letters.includes('s') ? who : 0) : 0;
  return (mode & ~(who === 0 ? 0o7777 : mask)) | bits | kept;
}

function letterBits(mode: number, letters: string, directory: boolean): number {
  if (/^[0-7]+$/.test(letters)) return Number.parseInt(letters, 8);
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444;
    else if (letter === 'w') bits |= 0o222;
    else if (letter === 'x') bits |= 0o111;
    else if (letter === 'X') bits |= directory || mode & 0o111 ? 0o111 : 0;
    else if (letter === 's') bits |= 0o6000;
    else if (letter === 't') bits |= 0o1000;
    else {
      const shift = letter === 'u' ? 6 : letter === 'g' ? 3 : 0;
      const copied = (mode >> shift) & 7;
      bits |= copied * 0o111;
    }
  }
  return bits;
}
