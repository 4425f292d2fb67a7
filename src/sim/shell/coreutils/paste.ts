import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { openInput } from './inputs.js';
import { LineReader } from './io.js';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '\\': '\\',
  '0': '',
  b: '\b',
  f: '\f',
  r: '\r',
  v: '\v',
};

/** `paste`: joins lines of files side by side. */
export const paste: Program = command(
  {
    name: 'paste',
    summary: 'Write lines consisting of the sequentially corresponding lines from each FILE, separated by TABs.',
    options: [
      'd delimiters=LIST : use characters of LIST instead of TABs',
      's serial : one file after the other',
      'z zero-terminated : lines end with NUL',
    ],
  },
  function* (context) {
    const end = context.has('zero-terminated') ? '\0' : '\n';
    const list = [...(context.value('delimiters') ?? '\t').matchAll(/\\(.)|(.)/gsu)].map(([, escaped, plain]) =>
      escaped ? (ESCAPES[escaped] ?? escaped) : (plain as string),
    );
    const delimiter = (index: number) => (list.length > 0 ? (list[index % list.length] as string) : '');
    const readers: LineReader[] = [];
    let standard: LineReader | undefined;
    for (const name of context.operands.length > 0 ? context.operands : ['-']) {
      const descriptor = openInput(context, name);
      if (descriptor === undefined) {
        if (context.has('serial')) continue;
        return 1;
      }
      if (descriptor === 0) standard ??= new LineReader(context.sys, 0, end.charCodeAt(0));
      readers.push(
        descriptor === 0 ? (standard as LineReader) : new LineReader(context.sys, descriptor, end.charCodeAt(0)),
      );
    }
    if (context.has('serial')) {
      for (const reader of readers) {
        let text = '';
        let index = 0;
        for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
          text += index === 0 ? line : delimiter(index - 1) + line;
          index += 1;
        }
        context.print(text + end);
      }
      return undefined;
    }
    for (;;) {
      const lines: (string | undefined)[] = [];
      for (const reader of readers) lines.push(yield* reader.next());
      if (lines.every((line) => line === undefined)) return undefined;
      context.print(lines.map((line, index) => (index > 0 ? delimiter(index - 1) : '') + (line ?? '')).join('') + end);
      yield* context.relieve();
    }
  },
);
