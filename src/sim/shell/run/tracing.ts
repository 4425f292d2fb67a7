import type { Waiting } from '../../kernel/wait.js';
import { quoteIfNeeded } from '../expand/quoting.js';
import type { Shell } from '../state/shell.js';

/** Writes a line of `set -x`. */
export function* trace(shell: Shell, text: string): Waiting<void> {
  const prompt = shell.variables.get('PS4') ?? '';
  const status = shell.status;
  shell.options.set.delete('xtrace');
  const expanded = yield* shell.runner.expandPrompt(shell, prompt);
  shell.options.set.add('xtrace');
  shell.status = status;
  const [first = ''] = expanded;
  const descriptor = Number(shell.variables.get('BASH_XTRACEFD') ?? 2);
  yield* shell.write(descriptor, `${first.repeat(shell.traceDepth - 1)}${expanded}${text}\n`);
}

/** One word: plain single quotes, unless only control characters ask for quoting. */
export function quoteTraced(text: string): string {
  return /[\s|&;()<>!{}*[\]?^$"'\\`~]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : quoteIfNeeded(text);
}

/** A command's words as `set -x` shows them. */
export function tracedWords(args: readonly string[]): string {
  return args.map(quoteTraced).join(' ');
}
