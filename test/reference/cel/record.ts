/**
 * Asks the compiler and interpreter of k8s.io/apiserver (by Go) each recorded expression once more and writes down what
 * they say: `node scripts/run.mjs test/reference/cel/record.ts`. A new expression is a line with its `in` alone.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../sim/cel/recorded/', import.meta.url);

interface Line {
  readonly defaults?: object;
  readonly in?: object;
}

for (const name of readdirSync(FOLDER)) {
  const file = new URL(name, FOLDER);
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const asked = lines.filter((line) => line.in !== undefined);
  const defaults = lines[0]?.defaults;
  const answers = answersTo(asked.map((line) => ({ ...defaults, ...line.in })));
  const written = asked.map((line, index) =>
    JSON.stringify({ in: line.in, out: JSON.parse(answers[index] as string) }),
  );
  writeFileSync(file, [...(defaults ? [JSON.stringify({ defaults })] : []), ...written, ''].join('\n'));
  console.log(`${name}: ${asked.length} expressions`);
}

function answersTo(inputs: readonly object[]): string[] {
  const { status, stdout, stderr } = spawnSync('go', ['run', './cel'], {
    cwd: fileURLToPath(new URL('../go/', import.meta.url)),
    input: inputs.map((input) => `${JSON.stringify(input)}\n`).join(''),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}
