import { expect, test } from 'vitest';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { OutsideAnswer, OutsideQuestion } from '../../../src/sim/kernel/questions.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { readHostFile } from '../../../src/sim/outside/files.js';
import { TestNetwork } from './machine.js';

const HOME = '/home/candidate';
const CANDIDATE = { uid: 1000, gid: 1000, groups: [1000] };

const saved = (text: string): OutsideAnswer => ({ kind: 'saved', bytes: Buffer.from(text) });

interface Edited {
  readonly questions: readonly OutsideQuestion[];
  readonly status: number | undefined;
  readonly shown: string;
  /** Content and mode of a file in the end; undefined when there is none. */
  file(name: string): { readonly content: string; readonly mode: number } | undefined;
}

interface Surroundings {
  /** Of old.yaml, which is the candidate's. */
  readonly mode?: number;
  readonly attended?: boolean;
  readonly foreground?: boolean;
}

/** Starts an editor on a terminal; the outside gives one answer to each question, a virtual second after it was asked. */
function edit(
  command: string,
  answers: readonly OutsideAnswer[] = [],
  { mode = 0o644, attended = true, foreground = true }: Surroundings = {},
): Edited {
  const network = new TestNetwork(['base']);
  const { questions } = network.kernel;
  const asked: OutsideQuestion[] = [];
  if (attended) questions.onAsk = (_, question) => void asked.push(question);
  const { kernel } = network.host('base');
  const terminal = kernel.openTerminal({ columns: 80, rows: 24 });
  let shown = '';
  terminal.onOutput = (bytes) => {
    shown += Buffer.from(bytes).toString('utf8');
  };
  let status: number | undefined;
  const session = function* (sys: Sys): Waiting<number> {
    const words = command.split(' ').map((word) => word.replace('\u00a0', ' '));
    const pid = sys.spawn(`/usr/bin/${words[0]}`, words, { group: 'new', foreground });
    const change = yield* sys.wait(pid);
    if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 255;
    return 0;
  };
  const prepare = function* (sys: Sys): Waiting<number> {
    sys.writeFile(`${HOME}/old.yaml`, 'old\n', 0o600);
    sys.changeOwner(`${HOME}/old.yaml`, CANDIDATE.uid, CANDIDATE.gid);
    sys.changeMode(`${HOME}/old.yaml`, mode);
    sys.makeDirectory(`${HOME}/locked`, 0o755);
    const environment = new Map([['HOME', HOME]]);
    sys.fork(session, { session: true, terminal, directory: HOME, credentials: CANDIDATE, environment });
    yield* sys.wait('any');
    return 0;
  };
  startProcess(kernel, prepare as Program, ['prepare']);
  network.kernel.advance(SECOND);
  for (const [index, answer] of answers.entries()) {
    questions.answer(index + 1, answer);
    network.kernel.advance(SECOND);
  }
  network.rethrow();
  return {
    questions: asked,
    status,
    shown,
    file: (name) => {
      const file = readHostFile(kernel.context.files, `${HOME}/${name}`);
      return file && { content: Buffer.from(file.content).toString('utf8'), mode: file.mode };
    },
  };
}

const question = (path: string, text: string | undefined, readonly = false): OutsideQuestion => ({
  kind: 'edit',
  path,
  bytes: text === undefined ? undefined : new Uint8Array(Buffer.from(text)),
  readonly,
});

test.each([
  ['vi old.yaml', question('old.yaml', 'old\n')],
  ['vim +2 ./old.yaml', question('./old.yaml', 'old\n')],
  ['vim +/old -c set\u00a0nu old.yaml', question('old.yaml', 'old\n')],
  ['editor old.yaml', question('old.yaml', 'old\n')],
  ['nano old.yaml', question('old.yaml', 'old\n')],
  ['view old.yaml', question('old.yaml', 'old\n', true)],
  ['nano -v old.yaml', question('old.yaml', 'old\n', true)],
  ['vi /etc/hostname', question('/etc/hostname', 'base\n', true)],
  ['vi new.yaml', question('new.yaml', undefined)],
])('%s asks the outside, and waits without a limit', (command, expected) => {
  const { questions, status, shown } = edit(command);
  expect(questions.map((one) => ({ ...one, bytes: one.bytes && new Uint8Array(one.bytes) }))).toEqual([expected]);
  expect({ status, shown }).toEqual({ status: undefined, shown: '' });
});

test.each([
  ['vi -c s/old/new/ -c wq old.yaml'],
  ['vi .'],
  ['vi /dev/null'],
  ['vi /etc/shadow'],
  ['vi locked/new.yaml'],
  ['vi nowhere/new.yaml'],
  ['vi'],
  ['nano'],
])('%s is not for the outside', (command) => {
  expect(edit(command).questions).toEqual([]);
});

test.each([
  ['without an own editor', { attended: false }],
  ['in the background', { foreground: false }],
])('%s nothing is asked', (_, surroundings) => {
  expect(edit('vi old.yaml', [], surroundings).questions).toEqual([]);
});

test('what was saved stands in the file, which stays what it was else', () => {
  const { status, shown, file } = edit('vi old.yaml', [saved('new\n')], { mode: 0o640 });
  expect({ status, shown, file: file('old.yaml') }).toEqual({
    status: 0,
    shown: '',
    file: { content: 'new\n', mode: 0o640 },
  });
});

test('a new file is made only when it was saved, as the umask says', () => {
  expect(edit('vi new.yaml', [{ kind: 'left' }]).file('new.yaml')).toBeUndefined();
  expect(edit('vi new.yaml', [saved('')]).file('new.yaml')).toEqual({ content: '', mode: 0o644 });
});

test('several files are asked for one after another', () => {
  const { questions, status, file } = edit('vi old.yaml new.yaml', [saved('1\n'), saved('2\n')]);
  expect(questions.map(({ path }) => path)).toEqual(['old.yaml', 'new.yaml']);
  expect([status, file('old.yaml')?.content, file('new.yaml')?.content]).toEqual([0, '1\n', '2\n']);
});

test('an editor that fails leaves the file, and the program says so', () => {
  const { status, shown, file } = edit('vi old.yaml new.yaml', [{ kind: 'failed', reason: 'ed ended with status 1' }]);
  expect({ status, shown }).toEqual({ status: 1, shown: 'vi: ed ended with status 1\r\n' });
  expect([file('old.yaml')?.content, file('new.yaml')]).toEqual(['old\n', undefined]);
});

test('what may not be written is refused after all', () => {
  const { questions, status, shown, file } = edit('vi old.yaml', [saved('new\n')], { mode: 0o444 });
  expect(questions).toMatchObject([{ readonly: true }]);
  expect({ status, shown }).toEqual({ status: 1, shown: 'vi: old.yaml: Permission denied\r\n' });
  expect(file('old.yaml')?.content).toBe('old\n');
});

test('where nobody answers the program edits by itself', () => {
  const { status, shown } = edit('nano old.yaml', [{ kind: 'nobody' }]);
  expect(status).toBeUndefined();
  expect(shown).toContain('GNU nano');
});
