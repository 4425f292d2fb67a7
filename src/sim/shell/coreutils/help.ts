import type { CommandSpec } from './command.js';
import type { OptionSpec } from './options.js';

/** What --help shows: the usage line, what the program does, its options. */
export function helpText(name: string, spec: CommandSpec, options: readonly OptionSpec[]): string {
  const rows = options.map((option) => `${optionColumn(option).padEnd(28)}  ${option.help}`.trimEnd());
  return `Usage: ${name} ${spec.usage ?? '[OPTION]... [FILE]...'}\n${spec.summary}\n\n${rows.join('\n')}\n`;
}

function optionColumn(option: OptionSpec): string {
  const letters = option.letters.map((letter) => `-${letter}`);
  const { argument, placeholder } = option;
  if (option.names.length === 0) return `  ${letters.join(', ')}${argument === 'none' ? '' : ` ${placeholder}`}`;
  const suffix = argument === 'required' ? `=${placeholder}` : argument === 'optional' ? `[=${placeholder}]` : '';
  const names = option.names.map((full) => `--${full}${suffix}`);
  return letters.length > 0 ? `  ${[...letters, ...names].join(', ')}` : `      ${names.join(', ')}`;
}
