import { compilePattern } from '../../kernel/libc/regex/pattern.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';
import { UsageError } from './options.js';

type Section = 'header' | 'body' | 'footer';

/** `nl`: numbers lines. */
export const nl: Program = command(
  {
    name: 'nl',
    summary: 'Write each FILE to standard output, with line numbers added.',
    options: [
      'b body-numbering=STYLE : which body lines: a all, t non-empty, n none, pBRE matching',
      'd section-delimiter=CC : characters that part logical pages',
      'f footer-numbering=STYLE : which footer lines',
      'h header-numbering=STYLE : which header lines',
      'i line-increment=NUMBER : step',
      'l join-blank-lines=NUMBER : so many empty lines count as one',
      'n number-format=FORMAT : ln, rn or rz',
      'p no-renumber : go on counting at logical pages',
      's number-separator=STRING : after the number',
      'v starting-line-number=NUMBER : first number',
      'w number-width=NUMBER : columns of the number',
    ],
  },
  function* (context) {
    const number = (key: string, otherwise: number, words: string) => {
      const text = context.value(key);
      if (text !== undefined && !/^[-+]?\d+$/.test(text)) context.die(`invalid ${words}: ${context.quote(text)}`);
      return text === undefined ? otherwise : Number(text);
    };
    const start = number('starting-line-number', 1, 'starting line number');
    const step = number('line-increment', 1, 'line number increment');
    const width = number('number-width', 6, 'line number field width');
    const blanks = number('join-blank-lines', 1, 'line number of blank lines');
    const format = context.value('number-format') ?? 'rn';
    if (!['ln', 'rn', 'rz'].includes(format))
      throw new UsageError(`invalid line numbering format: ${context.quote(format)}`);
    const separator = context.value('number-separator') ?? '\t';
    const styles = stylesOf(context);
    const delimiter = context.value('section-delimiter') ?? '\\:';
    const pair = delimiter.length === 1 ? `${delimiter}:` : delimiter;
    let section: Section = 'body';
    let next = start;
    let blank = 0;
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor);
      for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
        const marker = pair === '' ? undefined : sectionOf(line, pair);
        if (marker) {
          section = marker;
          if (marker === 'header' && !context.has('no-renumber')) next = start;
          context.print('\n');
          continue;
        }
        blank = line === '' ? blank + 1 : 0;
        const counted = styles[section](line) && (line !== '' || blank % blanks === 0);
        context.print(
          counted
            ? `${numberText(next, width, format)}${separator}${line}\n`
            : `${' '.repeat(width + separator.length)}${line}\n`,
        );
        if (counted) next += step;
        yield* context.relieve();
      }
    });
    return undefined;
  },
);

function numberText(value: number, width: number, format: string): string {
  if (format === 'ln') return String(value).padEnd(width);
  if (format === 'rn') return String(value).padStart(width);
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}

function sectionOf(line: string, pair: string): Section | undefined {
  return line === pair.repeat(3) ? 'header' : line === pair.repeat(2) ? 'body' : line === pair ? 'footer' : undefined;
}

function stylesOf(context: Context): Record<Section, (line: string) => boolean> {
  const style = (key: string, otherwise: string) => {
    const text = context.value(key) ?? otherwise;
    if (text === 'a') return () => true;
    if (text === 't') return (line: string) => line !== '';
    if (text === 'n') return () => false;
    if (!text.startsWith('p'))
      return context.die(`invalid ${key.split('-')[0]} numbering style: ${context.quote(text)}`);
    const pattern = compilePattern(text.slice(1), { syntax: 'basic' });
    return (line: string) => pattern.test(line);
  };
  return {
    header: style('header-numbering', 'n'),
    body: style('body-numbering', 't'),
    footer: style('footer-numbering', 'n'),
  };
}
