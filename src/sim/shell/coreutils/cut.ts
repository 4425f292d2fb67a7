import type { Program } from '../../kernel/sys.js';
import { textToBytes } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader, rawBytes, rawText } from './io.js';
import { UsageError } from './options.js';
import type { Range } from './ranges.js';
import { complement, ListError, parseRanges } from './ranges.js';

/** `cut`: parts of each line. */
export const cut: Program = command(
  {
    name: 'cut',
    usage: 'OPTION... [FILE]...',
    summary: 'Print selected parts of lines from each FILE to standard output.',
    options: [
      'b bytes=LIST : these bytes',
      'c characters=LIST : these characters',
      'd delimiter=DELIM : fields end with DELIM instead of TAB',
      'f fields=LIST : these fields; lines without a delimiter too, unless -s',
      'n : (ignored)',
      'complement : all but what is selected',
      's only-delimited : no lines without delimiters',
      'output-delimiter=STRING : STRING between the parts',
      'z zero-terminated : lines end with NUL',
    ],
  },
  function* (context) {
    const plan = planOf(context);
    const end = context.has('zero-terminated') ? '\0' : '\n';
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor, end.charCodeAt(0), true);
      for (let lines = yield* reader.lines(); lines; lines = yield* reader.lines()) {
        let result = '';
        for (const line of lines) {
          const part = plan(line);
          if (part !== undefined) result += part + end;
        }
        context.print(rawBytes(result));
        yield* context.flush();
      }
    });
    return undefined;
  },
);

/** What is printed of a line; undefined: nothing. */
type Plan = (line: string) => string | undefined;

function planOf(context: Context): Plan {
  const given = context.options.given.filter(({ key }) => ['bytes', 'characters', 'fields'].includes(key));
  const [first] = given;
  if (!first) throw new UsageError('you must specify a list of bytes, characters, or fields');
  if (given.length > 1) throw new UsageError('only one list may be specified');
  const byFields = first.key === 'fields';
  const delimiter = context.value('delimiter');
  if (delimiter !== undefined && [...delimiter].length > 1)
    throw new UsageError('the delimiter must be a single character');
  if (!byFields && delimiter !== undefined)
    throw new UsageError('an input delimiter may be specified only when operating on fields');
  if (!byFields && context.has('only-delimited')) {
    throw new UsageError('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  }
  const ranges = rangesOf(context, first.value ?? '', byFields);
  const joiner = context.value('output-delimiter');
  const output = joiner === undefined ? undefined : rawText(textToBytes(joiner));
  if (!byFields)
    return (line) =>
      ranges
        .map(([from, to]) => line.slice(from - 1, to))
        .filter((part) => part !== '')
        .join(output ?? '');
  const separator = delimiter === undefined ? '\t' : delimiter === '' ? '\0' : rawText(textToBytes(delimiter));
  const onlyDelimited = context.has('only-delimited');
  return (line) => {
    if (!line.includes(separator)) return onlyDelimited ? undefined : line;
    const fields = line.split(separator);
    return ranges.flatMap(([from, to]) => fields.slice(from - 1, to)).join(output ?? separator);
  };
}

function rangesOf(context: Context, list: string, byFields: boolean): Range[] {
  try {
    const ranges = parseRanges(list, byFields ? 'field' : 'byte/character position', (text) => context.quote(text));
    return context.has('complement') ? complement(ranges) : ranges;
  } catch (thrown) {
    if (thrown instanceof ListError) throw new UsageError(thrown.message);
    throw thrown;
  }
}
