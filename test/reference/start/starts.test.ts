import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAdmission } from '../../../src/sim/apiserver/command/admission.js';
import { auditProblems, readAudit } from '../../../src/sim/apiserver/command/audit.js';
import { FatalError, StartError } from '../../../src/sim/apiserver/command/files.js';
import { readFlags } from '../../../src/sim/apiserver/command/flags.js';
import { readOptions } from '../../../src/sim/apiserver/command/options.js';
import { encodeText } from '../../../src/sim/kernel/bytes.js';
import { Errno } from '../../../src/sim/kernel/errno.js';
import type { FileStat } from '../../../src/sim/kernel/files.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { START_CASES, type StartCase } from './cases.js';

const FOLDER = '/etc/kubernetes/start';
const [head, ...lines] = readFileSync(new URL('../recorded/starts.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(
  lines.map((line) => JSON.parse(line) as { id: string; error: string | null }).map(({ id, error }) => [id, error]),
);

/** A machine that has the case's files and nothing else. */
function machineWith(files: StartCase['files']): Sys {
  const sys: Partial<Sys> = {
    readFile: (path) => {
      const text = path.startsWith(`${FOLDER}/`) ? files[path.slice(FOLDER.length + 1)] : undefined;
      if (path === '/proc') throw new Errno('EISDIR');
      if (text === undefined) throw new Errno('ENOENT');
      return encodeText(text.replaceAll('FOLDER', FOLDER));
    },
    stat: (path) => {
      const name = path.startsWith(`${FOLDER}/`) ? path.slice(FOLDER.length + 1) : undefined;
      if (path !== '/proc' && (name === undefined || files[name] === undefined)) throw new Errno('ENOENT');
      return {} as FileStat;
    },
    environment: new Map(),
    directory: () => '/',
    makeDirectory: () => {
      throw new Errno('ENOENT');
    },
    random: () => createRandom('start'),
    now: () => 0,
  };
  return sys as Sys;
}

/** What our server says when it reads the case's files; null where it starts. */
function ours({ flag, files, more = [] }: StartCase): string | null {
  const [first = 'nowhere.yaml'] = Object.keys(files);
  const flags = readFlags([`--${flag}=${FOLDER}/${first}`, ...more]);
  const problems = auditProblems(flags);
  if (problems.length > 0) return problems.length === 1 ? (problems[0] as string) : `[${problems.join(', ')}]`;
  try {
    readAudit(machineWith(files), flags);
    readAdmission(machineWith(files), flags, readOptions(machineWith(files), flags, '10.0.0.1').options);
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

test.each(START_CASES)('$id', (one) => {
  expect(ours(one)).toBe(recorded.get(one.id));
});
