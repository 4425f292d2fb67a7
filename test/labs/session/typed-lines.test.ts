import { expect, test } from 'vitest';
import { typedLines } from '../../../src/labs/session/typed-lines.js';

const typed = (...texts: readonly string[]): string[] =>
  typedLines(
    texts.map((text, index) => ({
      n: index + 1,
      t: index,
      input: { kind: 'type', terminal: 1, bytes: Buffer.from(text) },
    })),
  );

test.each<[string, readonly string[], string[]]>([
  ['lines', ['k get po\rls\r'], ['k get po', 'ls']],
  ['keys one by one', ['l', 's', '\r'], ['ls']],
  ['a letter cut in two', ['caf\xc3'], ['cafÃ']],
  ['what was erased is gone', ['lss\x7f -l\r'], ['ls -l']],
  ['a line that was dropped is gone', ['rm -rf\x15ls\r'], ['ls']],
  ['control keys are shown', ['sleep 9\r\x03'], ['sleep 9', '^C']],
  ['arrows are not', ['ls\x1b[D\x1b[Ax\r'], ['lsx']],
  ['a paste is typed', ['\x1b[200~a\nb\x1b[201~\r'], ['a', 'b']],
  ['Tab', ['k get no\t\r'], ['k get no⇥']],
  ['empty lines are left out', ['\r\r  \rls\r'], ['ls']],
])('%s', (_, texts, lines) => {
  expect(typed(...texts)).toEqual(lines);
});

test('other entries say nothing', () => {
  expect(
    typedLines([
      { n: 1, t: 1, clock: true },
      { n: 2, t: 1, mark: 'hint' },
      { n: 3, t: 1, input: { kind: 'resize', terminal: 1, columns: 80, rows: 24 } },
    ]),
  ).toEqual([]);
});
