import type { Waiting } from '../../kernel/wait.js';
import { actionCandidates, commandCandidates, fileCandidates, generate, isDirectory } from '../completion/generate.js';
import { passwd } from '../expand/tilde.js';
import type { CompletionSpec, Shell } from '../state/shell.js';
import type { LineWords } from './parse-line.js';

/** What Tab found. */
export interface Candidates {
  readonly items: readonly string[];
  /** They are paths: directories get a slash, special characters quotes, lists show the last part only. */
  readonly files: boolean;
  /** No blank after a single one. */
  readonly noSpace: boolean;
  /** The part of the typed word that the items replace; less than the word when it has a `=` or `:`. */
  readonly replaces: string;
}

/** Finds what the word before the cursor could become. */
export function* findCandidates(shell: Shell, at: LineWords, line: string, point: number): Waiting<Candidates> {
  const { word } = at;
  const variable = /\$(\{?)(\w*)$/.exec(at.raw);
  if (variable && at.quote !== "'") {
    const [whole, brace = '', start = ''] = variable;
    const items = actionCandidates(shell, 'variable', start).map((name) => `$${brace}${name}${brace ? '}' : ''}`);
    return { items, files: false, noSpace: false, replaces: whole };
  }
  if (/^~[^/]*$/.test(at.raw)) {
    const names = passwd(shell)
      .map(({ name }) => `~${name}`)
      .filter((name) => name !== '~' && name.startsWith(word));
    return { items: [...new Set(names)].sort(), files: true, noSpace: true, replaces: word };
  }
  if (at.isCommand && /^[A-Za-z_]\w*\+?=/.test(at.raw)) return filesOf(shell, word);
  if (at.isCommand) return commands(shell, word);
  if (!at.isTarget) {
    const programmed = yield* programmable(shell, at, line, point);
    if (programmed) return programmed;
  }
  return filesOf(shell, word);
}

function commands(shell: Shell, word: string): Candidates {
  const items = commandCandidates(shell, word);
  const path = word.includes('/');
  const directories = path ? [] : items.length === 0 ? fileCandidates(shell, word, true) : [];
  return { items: [...items, ...directories], files: path || directories.length > 0, noSpace: false, replaces: word };
}

function filesOf(shell: Shell, word: string): Candidates {
  const value = /^.*[=:]/.exec(word)?.[0] ?? '';
  const whole = fileCandidates(shell, word);
  if (whole.length > 0 || value === '') return { items: whole, files: true, noSpace: false, replaces: word };
  const rest = word.slice(value.length);
  return { items: fileCandidates(shell, rest), files: true, noSpace: false, replaces: rest };
}

/** What `complete` has set up for the command; undefined: nothing, files are completed. */
function* programmable(shell: Shell, at: LineWords, line: string, point: number): Waiting<Candidates | undefined> {
  if (!shell.options.on('progcomp')) return undefined;
  const command = at.words[0] as string;
  const spec =
    shell.completions.get(command) ?? shell.completions.get(command.replace(/.*\//, '')) ?? shell.completions.get('-D');
  if (!spec) return undefined;
  const words = breakWords(at.words);
  const current = words.at(-1) as string;
  const options = new Set(spec.options);
  const outer = shell.completing;
  shell.completing = options;
  let items: string[];
  try {
    items = yield* generate(shell, spec, {
      command,
      word: current,
      previous: words.at(-2) ?? '',
      words,
      index: words.length - 1,
      line,
      point,
    });
  } finally {
    shell.completing = outer;
  }
  const unique = options.has('nosort') ? [...new Set(items)] : [...new Set(items)].sort();
  if (unique.length > 0)
    return {
      items: unique,
      files: options.has('filenames') || isFileSpec(spec),
      noSpace: options.has('nospace'),
      replaces: current,
    };
  if (options.has('dirnames'))
    return { items: fileCandidates(shell, current, true), files: true, noSpace: false, replaces: current };
  if (options.has('default') || options.has('bashdefault')) return undefined;
  return { items: [], files: false, noSpace: false, replaces: current };
}

function isFileSpec(spec: CompletionSpec): boolean {
  return spec.actions.includes('file') || spec.actions.includes('directory');
}

/** Words as COMP_WORDS has them: `=` and `:` are words of their own. */
function breakWords(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const parts = word.match(/[=:]+|[^=:]+/g) ?? [''];
    // A word that ends in a separator is followed by an empty one: the one to be completed.
    if (index === words.length - 1 && /[=:]$/.test(word)) parts.push('');
    return parts;
  });
}

/** What a completed item looks like on the line: quoted as the word is, with what comes after it. */
export function finished(shell: Shell, item: string, { files, noSpace }: Candidates, quote: string): string {
  const directory = files && isDirectory(shell, item);
  const shown = files ? escapeFor(item, quote) : item;
  if (directory) return `${shown}${item.endsWith('/') ? '' : '/'}`;
  return `${shown}${quote}${noSpace ? '' : ' '}`;
}

/** An unfinished item on the line. */
export function escapeFor(item: string, quote: string): string {
  if (quote === "'") return item.replaceAll("'", "'\\''");
  if (quote === '"') return item.replace(/["$`\\]/g, '\\$&');
  return item.replace(/(?!^~)[ \t\n"'$`\\!&;|<>(){}*?[\]#^]/g, '\\$&');
}

/** The longest beginning all items share. */
export function commonStart(items: readonly string[]): string {
  const [first = ''] = items;
  let length = first.length;
  for (const item of items) {
    let same = 0;
    while (same < length && item[same] === first[same]) same += 1;
    length = same;
  }
  return first.slice(0, length);
}
