import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommand } from '../../../../src/sim/shell/syntax/reader.js';
import { whyNotReal } from '../harness.js';

const OPTIONS = { aliases: undefined, extglob: true, final: false };
const FOLDER = join(import.meta.dirname, '../bash/scripts');
const RECORDED = join(import.meta.dirname, '../bash/recorded/cuts.json');
// What aliases make of a text is no matter of the text alone.
const scripts = readdirSync(FOLDER)
  .filter((name) => name !== 'aliases.sh')
  .map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);
/** Every so many characters a script is cut. */
const STEP = 7;

type Letter = 'C' | 'U' | 'W';

/** Complete, unfinished or wrong: what our reader says of a text. */
function ours(text: string): Letter {
  for (let at = 0; at < text.length; ) {
    const verdict = readCommand(text, at, OPTIONS);
    if (verdict.kind === 'unfinished') return 'U';
    if (verdict.kind === 'wrong') return 'W';
    if (verdict.kind === 'empty') return 'C';
    at = verdict.end;
  }
  return 'C';
}

/** What bash 5.2 says of it. */
function real(text: string): Letter {
  const { stderr } = spawnSync('bash', ['-O', 'extglob', '-n', '-c', text], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  if (/unexpected EOF|unexpected end of file|delimited by end-of-file/.test(stderr)) return 'U';
  return /line \d+: /.test(stderr) ? 'W' : 'C';
}

function cutsOf(text: string): string[] {
  const cuts: string[] = [];
  for (let length = STEP; length < text.length; length += STEP) cuts.push(text.slice(0, length));
  return cuts;
}

/** UPDATE=1 asks bash 5.2 anew; a plain run compares with what it said (GNU bash 5.2.15, Debian 12). */
function recording(): Record<string, string> {
  if (process.env.UPDATE !== '1') return JSON.parse(readFileSync(RECORDED, 'utf8'));
  const why = whyNotReal();
  if (why) throw new Error(`cannot record: ${why}`);
  const recorded = Object.fromEntries(scripts.map(([name, text]) => [name, cutsOf(text).map(real).join('')]));
  writeFileSync(RECORDED, `${JSON.stringify(recorded, undefined, 1)}\n`);
  return recorded;
}

describe('a valid script', () => {
  const recorded = recording();

  test.each(scripts)('%s is complete', (_name, text) => {
    expect(ours(text)).toBe('C');
  });

  test.each(scripts)('%s cut anywhere is never wrong where bash asks for more', (name, text) => {
    const letters = [...(recorded[name] as string)];
    const different = cutsOf(text).flatMap((cut, index) => {
      const verdict = ours(cut);
      // A trailing backslash asks a person for more; at the end of a file bash takes it as it is. Some texts that end in
      // the middle of a line bash finds wrong at once, and we when the line is whole.
      const same = verdict === letters[index] || (verdict === 'U' && (cut.endsWith('\\') || letters[index] === 'W'));
      return same ? [] : [`${verdict} instead of ${letters[index]}: ${cut.slice(-60)}`];
    });
    expect(different).toEqual([]);
  });

  test('two scripts one after the other are complete', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scripts),
        fc.constantFrom(...scripts),
        ([, one], [, other]) => ours(one + other) === 'C',
      ),
      { numRuns: 50 },
    );
  });

  test('any line of blanks or comments may stand between its commands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scripts),
        fc.constantFrom('\n', '  \n', '# a comment (\n', '\t# "\n'),
        ([, text], line) => {
          const first = readCommand(text, 0, OPTIONS);
          return first.kind === 'complete' && ours(text.slice(0, first.end) + line + text.slice(first.end)) === 'C';
        },
      ),
      { numRuns: 100 },
    );
  });
});

const unfinished = [
  'if true\n',
  'echo "a\n',
  "echo 'a\n",
  'echo $(\n',
  'echo $(a\n',
  'echo ${a\n',
  'cat <<E\n',
  'cat <<E\nx\n',
  'a &&\n',
  'a ||\n',
  'a |\n',
  'f() {\n',
  'f()\n',
  'case x in\n',
  'case x in a)\n',
  'for i in a\n',
  'for i\n',
  'while true\n',
  'while true; do\n',
  'a \\\n',
  '(\n',
  '((1+\n',
  'echo `a\n',
  'x=(1\n',
  '[[ a &&\n',
  'echo $((1+\n',
  '{ a;\n',
  'select x in a; do\n',
  "cat <<'E' <<F\na\nE\n",
];
test.each(unfinished)('%j needs more', (text) => {
  expect(readCommand(text, 0, OPTIONS).kind).toBe('unfinished');
});

const wrong = [
  'fi\n',
  'a )\n',
  'a | | b\n',
  '&\n',
  ';;\n',
  'for i in a; echo\n',
  'if; then\n',
  'echo (a)\n',
  'f() x\n',
  '{ }\n',
  'case x in a) ;; )\n',
  'then\n',
  'a && && b\n',
  '> \n',
];
test.each(wrong)('%j is wrong', (text) => {
  expect(readCommand(text, 0, OPTIONS).kind).toBe('wrong');
});

test('aliases are expanded, the next word too after a blank, and never in themselves', () => {
  const aliases = new Map([
    ['ll', 'ls -l '],
    ['ls', 'ls --color'],
    ['d', '/tmp'],
  ]);
  const verdict = readCommand('ll d; "ll" x\n', 0, { ...OPTIONS, aliases });
  expect(verdict).toMatchObject({ kind: 'complete', text: 'ls --color -l  /tmp; "ll" x\n' });
});
