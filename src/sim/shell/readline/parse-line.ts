/** The word under the cursor and what stands around it, for completion. */
export interface LineWords {
  /** Where the word begins in the text before the cursor. */
  readonly start: number;
  /** The word as typed, quotes and backslashes included. */
  readonly raw: string;
  /** The word as it is meant. */
  readonly word: string;
  /** The quote it stands in, or none. */
  readonly quote: '"' | "'" | '';
  /** The words of the simple command up to the cursor, the last being the word. */
  readonly words: readonly string[];
  /** Whether it is the command's name. */
  readonly isCommand: boolean;
  /** Whether it follows a redirection. */
  readonly isTarget: boolean;
}

interface Piece {
  readonly start: number;
  readonly raw: string;
  readonly quote: '"' | "'" | '';
}

const BEFORE_COMMAND = new Set([
  'if',
  'then',
  'elif',
  'else',
  'while',
  'until',
  'do',
  '{',
  '!',
  'time',
  'sudo',
  'exec',
  'command',
  'builtin',
  'nohup',
  'env',
  'watch',
]);

/** Finds the word before the cursor. */
export function wordsBefore(before: string): LineWords {
  let pieces: Piece[] = [];
  let redirected = false;
  let at = 0;
  let current: Piece = { start: 0, raw: '', quote: '' };
  while (at < before.length) {
    const char = before[at] as string;
    if (/\s/.test(char)) at += 1;
    else if (/[;|&()`]/.test(char)) {
      pieces = [];
      redirected = false;
      at += 1;
    } else if (/[<>]/.test(char)) {
      redirected = true;
      at += 1;
    } else {
      const piece = readPiece(before, at);
      at = piece.start + piece.raw.length;
      if (at >= before.length) {
        current = piece;
        break;
      }
      if (!redirected) pieces.push(piece);
      redirected = false;
    }
    current = { start: at, raw: '', quote: '' };
  }
  if (current.raw === '') current = { start: before.length, raw: '', quote: '' };
  const nested = /(?:\$\(|`)([^`)]*)$/.exec(current.raw);
  if (nested && current.quote !== "'")
    return shifted(wordsBefore(nested[1] as string), current.start + current.raw.length - (nested[1] as string).length);
  const names = commandWords(pieces.map(({ raw }) => raw));
  return {
    ...current,
    word: unquote(current.raw),
    words: [...names.map(unquote), unquote(current.raw)],
    isCommand: names.length === 0 && !redirected,
    isTarget: redirected,
  };
}

function shifted(words: LineWords, by: number): LineWords {
  return { ...words, start: words.start + by };
}

/** Words without leading assignments and words after which a command begins anew. */
function commandWords(words: readonly string[]): string[] {
  let from = 0;
  while (
    from < words.length &&
    (/^[A-Za-z_]\w*=/.test(words[from] as string) || BEFORE_COMMAND.has(words[from] as string))
  )
    from += 1;
  return words.slice(from);
}

function readPiece(text: string, start: number): Piece {
  let at = start;
  let quote: Piece['quote'] = '';
  while (at < text.length) {
    const char = text[at] as string;
    if (quote === "'") {
      if (char === "'") quote = '';
    } else if (char === '\\') at += 1;
    else if (quote === '"') {
      if (char === '"') quote = '';
    } else if (char === '$' && text[at + 1] === '(') at = closing(text, at + 1);
    else if (char === '"' || char === "'") quote = char;
    else if (/[\s;|&()<>]/.test(char)) break;
    at += 1;
  }
  return { start, raw: text.slice(start, Math.min(at, text.length)), quote };
}

function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** A word without its quotes. */
function unquote(raw: string): string {
  return raw.replace(
    /\\([\s\S])|'([^']*)'?|"((?:\\.|[^"\\])*)"?/g,
    (_all, char, single, double) => char ?? single ?? (double as string).replace(/\\([$`"\\])/g, '$1'),
  );
}
