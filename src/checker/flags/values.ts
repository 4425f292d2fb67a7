/** How a component reads a flag. */
export type FlagForm = 'text' | 'boolean' | 'list';

/** Booleans as Go reads them. */
const TRUE: readonly string[] = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/**
 * What a component reads from its arguments for a flag, as its flag package (pflag) does: of several the last one wins;
 * lists and maps add up; a boolean takes no argument of its own, so `--x false` is true; `_` is `-`; nothing after `--`
 * is a flag. Undefined: it is not given.
 */
export function flagValue(argv: readonly string[], name: string, form: FlagForm): unknown {
  const given = occurrences(argv, plain(name), form === 'boolean');
  if (given.length === 0) return undefined;
  const last = given.at(-1) as string;
  if (form === 'boolean') return TRUE.includes(last) || (FALSE.includes(last) ? false : last);
  return form === 'list' ? given.flatMap((value) => (value === '' ? [] : value.split(','))) : last;
}

function occurrences(argv: readonly string[], name: string, boolean: boolean): string[] {
  const found: string[] = [];
  for (const [index, word] of argv.entries()) {
    if (word === '--') break;
    const match = /^--?([^=\s]+)(?:=([\s\S]*))?$/.exec(word);
    if (!match || plain(match[1] as string) !== name) continue;
    if (match[2] !== undefined) found.push(match[2]);
    else if (boolean) found.push('true');
    else found.push(followed(argv[index + 1]));
  }
  return found;
}

/** The argument after a flag without `=`; a flag that another follows stands alone, and so means true. */
function followed(next: string | undefined): string {
  return next === undefined || /^--?[A-Za-z]/.test(next) ? 'true' : next;
}

function plain(name: string): string {
  return name.replace(/^--?/, '').replaceAll('_', '-');
}
