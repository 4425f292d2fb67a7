import type { Host } from '../../../../src/sim/hosts/host.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { InstalledProgram } from '../../../../src/sim/kernel/installed-program.js';
import type { Program, Sys } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { bash } from '../../../../src/sim/shell/bash.js';
import { coreutils } from '../../../../src/sim/shell/coreutils/index.js';
import { TestNetwork } from '../machine.js';
import type { EditorCase } from './editor-case.js';
import { keyChunks } from './editor-case.js';
import { type Seen, seen } from './screen.js';

const HOME = '/home/candidate';

/** A machine with our editors, a shell and the small programs that filters run. */
export function editorMachine(): { network: TestNetwork; host: Host } {
  const more: InstalledProgram[] = [
    { name: 'real-bash', paths: ['/usr/local/bin/bash'], run: bash },
    { name: 'real-sh', paths: ['/usr/local/bin/sh'], run: bash },
    ...['sort', 'tr', 'rev', 'cat', 'echo'].map(
      (name): InstalledProgram => ({
        name: `real-${name}`,
        paths: [`/usr/local/bin/${name}`],
        run: coreutils[name] as Program,
      }),
    ),
  ];
  const network = new TestNetwork(['base'], () => {}, undefined, more);
  return { network, host: network.host('base') };
}

export interface Played extends Seen {
  readonly result: string;
  readonly ended: boolean;
}

/** How our editor is started, and made to write what it has. */
export interface OurEditor {
  readonly path: string;
  readonly args: readonly string[];
  readonly settingsFile: string;
  readonly save: readonly string[];
}

/** Plays a case at ours. */
export async function play(
  { network, host }: ReturnType<typeof editorMachine>,
  editor: OurEditor,
  each: EditorCase,
): Promise<Played> {
  const [columns, rows] = each.size ?? [80, 24];
  const terminal = host.kernel.openTerminal({ columns, rows });
  const chunks: Uint8Array[] = [];
  terminal.onOutput = (bytes) => {
    chunks.push(bytes);
  };
  let status: number | undefined;
  let result = '';
  const session = function* (sys: Sys): Generator<never, number, void> {
    for (const { name } of sys.readDirectory(HOME))
      if (name !== '.ssh' && sys.lstat(`${HOME}/${name}`).type === 'file') sys.unlink(`${HOME}/${name}`);
    sys.writeFile(`${HOME}/${each.file}`, each.content);
    if (each.settings !== undefined) sys.writeFile(`${HOME}/${editor.settingsFile}`, each.settings);
    const pid = sys.spawn(editor.path, [...editor.args, ...(each.args ?? []), each.file], {
      session: true,
      terminal,
      directory: HOME,
      environment: new Map([
        ['TERM', 'xterm'],
        ['HOME', HOME],
        ['PATH', '/usr/local/bin:/usr/bin:/bin'],
        ['SHELL', '/usr/local/bin/bash'],
      ]),
    });
    const change = (yield* sys.wait(pid) as Generator<never, { status?: { code?: number } } | undefined, void>) ?? {};
    status = change.status?.code ?? 255;
    const has = sys.readDirectory(HOME).some(({ name }) => name === 'result');
    result = Buffer.from(sys.readFile(`${HOME}/${has ? 'result' : each.file}`)).toString('utf8');
    return 0;
  };
  startProcess(host.kernel, session as unknown as Program, ['outside']);
  const type = (keys: string): void => {
    terminal.type(Buffer.from(keys));
    network.kernel.advance(SECOND / 2);
    network.rethrow();
  };
  type('');
  for (const keys of keyChunks(each.keys)) if (status === undefined) type(keys);
  const shown = await seen(Buffer.concat(chunks).toString('utf8'), columns, rows);
  const ended = status !== undefined;
  for (const keys of editor.save) if (status === undefined) type(keys);
  network.kernel.advance(SECOND);
  if (status === undefined) throw new Error(`${each.keys}: the editor does not end`);
  return { ...shown, result, ended };
}
