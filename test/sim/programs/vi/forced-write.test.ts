import { expect, test } from 'vitest';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Program, Sys } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { editorMachine } from './ours.js';

type Owned = readonly [uid: number, mode: number];
const ME = 1000;
const FOLDER = '/srv/forced';
const FILE = `${FOLDER}/f`;

/** The file and its folder before, what is typed behind `x`, then owner, mode and text, and what the bottom row says: vim 9.1. */
const ROWS: readonly (readonly [file: Owned, folder: Owned, keys: string, after: string, said: string])[] = [
  [[ME, 0o444], [ME, 0o755], ':w!', '1000 444 ne', '"f" 1L, 3B written'],
  [[ME, 0o444], [0, 0o755], ':w!', '1000 444 ne', '"f" 1L, 3B written'],
  [[0, 0o644], [ME, 0o755], ':w!', '1000 644 ne', '"f" 1L, 3B written'],
  [[0, 0o600], [ME, 0o755], ':w!', '1000 600 ', '"f" 0L, 0B written'],
  [[0, 0o444], [ME, 0o755], ':w!', '1000 444 ne', '"f" 1L, 3B written'],
  [[0, 0o644], [0, 0o755], ':w!', '0 644 one', '"f" E212: Can\'t open file for writing'],
  [[0, 0o644], [0, 0o755], ':w', '0 644 one', "E45: 'readonly' option is set (add ! to override)"],
  [[ME, 0o400], [ME, 0o755], ':wq!', '1000 400 ne', '"f" 1L, 3B written'],
];

test.each(ROWS)('a file %j in a folder %j: %s leaves %s', (file, folder, keys, after, said) => {
  const { network, host } = editorMachine();
  const terminal = host.kernel.openTerminal({ columns: 80, rows: 24 });
  let shown = '';
  terminal.onOutput = (bytes) => {
    shown += Buffer.from(bytes).toString('utf8');
  };
  let found = '';
  const session = function* (sys: Sys): Generator<never, number, void> {
    sys.makeDirectory(FOLDER);
    sys.writeFile(FILE, 'one\n');
    for (const [path, [uid, mode]] of [
      [FILE, file],
      [FOLDER, folder],
    ] as const) {
      sys.changeMode(path, mode);
      sys.changeOwner(path, uid, uid);
    }
    const pid = sys.spawn('/usr/bin/vi', ['vi', 'f'], {
      session: true,
      terminal,
      directory: FOLDER,
      environment: new Map([['TERM', 'xterm']]),
      credentials: { uid: ME, gid: ME, groups: [ME] },
    });
    yield* sys.wait(pid) as Generator<never, unknown, void>;
    const { uid, mode } = sys.stat(FILE);
    found = `${uid} ${(mode & 0o777).toString(8)} ${Buffer.from(sys.readFile(FILE)).toString('utf8').trimEnd()}`;
    return 0;
  };
  startProcess(host.kernel, session as unknown as Program, ['outside']);
  for (const typed of ['', 'x', '', `${keys}\r`, '\r', ':q!\r']) {
    terminal.type(Buffer.from(typed));
    network.kernel.advance(2 * SECOND);
    network.rethrow();
  }
  expect(found).toBe(after);
  expect(shown.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')).toContain(said);
});
