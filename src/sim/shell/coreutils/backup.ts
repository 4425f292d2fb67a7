import type { Context } from './command.js';
import { UsageError } from './options.js';
import { look } from './paths.js';

/** The options of programs that can keep what they replace. */
export const BACKUP_OPTIONS = [
  'backup?CONTROL : keep what is replaced: none, numbered, existing, simple',
  'b : the same as --backup',
  'S suffix=SUFFIX : the suffix of what is kept',
] as const;

const KINDS: Readonly<Record<string, string>> = {
  none: 'none',
  off: 'none',
  simple: 'simple',
  never: 'simple',
  existing: 'existing',
  nil: 'existing',
  numbered: 'numbered',
  t: 'numbered',
};

/** Moves a file that is about to be replaced aside, when that is wished; tells where to. */
export function keepBackup(context: Context, path: string): string | undefined {
  if (!context.has('b') && !context.has('backup') && !context.has('suffix')) return undefined;
  const kind = backupKind(context);
  if (kind === 'none' || !look(context.sys, path, false)) return undefined;
  let number = 1;
  while (look(context.sys, `${path}.~${number}~`, false)) number += 1;
  const numbered = kind === 'numbered' || (kind === 'existing' && number > 1);
  const kept = numbered ? `${path}.~${number}~` : path + (context.value('suffix') ?? '~');
  context.sys.rename(path, kept);
  return kept;
}

/** Which names what is kept gets. Throws UsageError when the word is none. */
export function backupKind(context: Context): string {
  const word = context.value('backup');
  const kind = KINDS[word ?? 'existing'];
  if (!kind) {
    const valid = ['none, off', 'simple, never', 'existing, nil', 'numbered, t'].map(
      (pair) =>
        `  - ${pair
          .split(', ')
          .map((name) => context.quote(name))
          .join(', ')}`,
    );
    throw new UsageError(
      `invalid argument ${context.quote(word as string)} for ${context.quote('backup type')}\nValid arguments are:\n${valid.join('\n')}`,
    );
  }
  return kind;
}
