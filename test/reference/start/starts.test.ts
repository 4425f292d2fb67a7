import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAdmission } from '../../../src/sim/apiserver/command/admission.js';
import { FatalError, StartError } from '../../../src/sim/apiserver/command/files.js';
import { readFlags } from '../../../src/sim/apiserver/command/flags.js';
import { readOptions } from '../../../src/sim/apiserver/command/options.js';
import { encodeText } from '../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../src/sim/kernel/errno.js';
import { START_CASES, type StartCase } from './cases.js';

const FOLDER = '/etc/kubernetes/start';
const [head, ...lines] = readFileSync(new URL('../recorded/starts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(
  lines.map((line) => JSON.parse(line) as { id: string; error: string | null }).map(({ id, error }) => [id, error]),
);

/** What our server says when it reads the case's files; null where it starts. */
function ours({ flag, files, more = [] }: StartCase): string | null {
  const [first = 'nowhere.yaml'] = Object.keys(files);
  const flags = readFlags([`--${flag}=${FOLDER}/${first}`, ...more]);
  const sys = {
    readFile: (path: string) => {
      const text = path.startsWith(`${FOLDER}/`) ? files[path.slice(FOLDER.length + 1)] : undefined;
      if (text === undefined) throw new Errno('ENOENT');
      return encodeText(text);
    },
  };
  try {
    readAdmission(sys, flags, readOptions(flags, '10.0.0.1').options);
    return null;
  } catch (error) {
    if (error instanceof FatalError) return `${error.where}] ${error.message}`;
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

test(`files that ${(JSON.parse(head as string) as { server: string }).server} reads when it starts`, () => {
  expect([...recorded.keys()]).toEqual(START_CASES.map(({ id }) => id));
});

test.each(START_CASES.filter(({ id }) => id.startsWith('admission')))('$id', (one) => {
  expect(ours(one)).toBe(recorded.get(one.id));
});
