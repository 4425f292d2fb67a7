import chalk from 'chalk';
import { afterEach, expect, test } from 'vitest';
import { markdownLine, markdownText } from '../../src/cli/markdown-text.js';

const TASK = `The node **cka1** gets new memory; see \`kubectl drain\`.

1. Take it out of service, so that nothing runs there.
2. Write the answer to \`/opt/course/1/a\`.
`;
const { level } = chalk;
afterEach(() => {
  chalk.level = level;
});
const stdout = (columns: number | undefined) => ({ stdout: { columns } as NodeJS.WriteStream });

test('without colours no mark of Markdown is left, and rows fit the width', () => {
  chalk.level = 0;
  expect(markdownText(TASK, stdout(40))).toBe(`The node cka1 gets new memory; see
kubectl drain.

1  Take it out of service, so that
   nothing runs there.
2  Write the answer to /opt/course/1/a.`);
  expect(markdownText('word '.repeat(40), stdout(undefined)).split('\n')[0]).toHaveLength(79);
});

test('with colours values and code are painted', () => {
  chalk.level = 1;
  expect(markdownLine('**a** `b`')).toBe('\x1b[1;36ma\x1b[22;39m \x1b[36mb\x1b[39m');
});
