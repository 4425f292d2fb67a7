import type { Shell } from '../state/shell.js';
import type { WordBuilder } from './builder.js';
import type { ParameterValue } from './parameters.js';
import { separatorsOf } from './word.js';

/** Puts a parameter's value into a word, as quoting and the word's use demand. An unset one puts nothing. */
export function putValue(shell: Shell, builder: WordBuilder, value: ParameterValue, quoted: boolean): void {
  if (value.kind === 'one') {
    if (value.value === undefined) return;
    if (quoted) builder.quoted(value.value);
    else builder.split(value.value);
    return;
  }
  const { values, star } = value;
  const joiner = star ? firstSeparator(shell) : ' ';
  if (builder.use !== 'fields') {
    const text = values.join(joiner);
    if (quoted) builder.quoted(text);
    else builder.literal(text);
    return;
  }
  if (quoted && star) return builder.quoted(values.join(joiner));
  values.forEach((item, index) => {
    if (index > 0) builder.breakField(quoted);
    if (quoted) builder.quoted(item);
    else builder.split(item);
  });
}

/** What `"$*"` puts between values. */
export function firstSeparator(shell: Shell): string {
  return separatorsOf(shell).slice(0, 1);
}
