import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import type { EditorCase } from './editor-case.js';
import { keyChunks, sameCase } from './editor-case.js';
import { type Recorded, readRecording } from './recording.js';
import { seen } from './screen.js';

const QUIET = 300;
/** With settings of its own vim waits a second for what may follow an Escape. */
const QUIET_AFTER_SETTINGS = 1200;

/** How the real program is started, and made to write what it has. */
export interface RealEditor {
  readonly command: readonly string[];
  readonly settingsFile: string;
  /** Names the settings to a program that does not look for root's in HOME. */
  readonly settingsArguments?: readonly string[];
  /** Typed at the end, in pieces: the text is written to `result`. */
  readonly save: readonly string[];
}

const pause = (span: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, span));

async function recordOne(editor: RealEditor, each: EditorCase): Promise<Omit<Recorded, 'by'>> {
  const home = mkdtempSync(join(tmpdir(), 'editor-'));
  const [columns, rows] = each.size ?? [80, 24];
  writeFileSync(join(home, each.file), each.content);
  if (each.settings !== undefined) writeFileSync(join(home, editor.settingsFile), each.settings);
  const [program = '', ...args] = editor.command;
  const child = spawn(
    program,
    [
      ...args,
      ...(each.settings === undefined ? [] : (editor.settingsArguments ?? [])),
      ...(each.args ?? []),
      each.file,
    ],
    {
      name: 'xterm',
      cols: columns,
      rows,
      cwd: home,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        TERM: 'xterm',
        LANG: 'C.UTF-8',
        SHELL: '/bin/bash',
        TZ: 'UTC',
      },
    },
  );
  let sent = '';
  let last = Date.now();
  let ended = false;
  child.onData((data) => {
    sent += data;
    last = Date.now();
  });
  child.onExit(() => {
    ended = true;
  });
  const quiet = async (): Promise<void> => {
    const began = Date.now();
    const span = each.settings === undefined ? QUIET : QUIET_AFTER_SETTINGS;
    while (!ended && (Date.now() - last < span || Date.now() - began < span)) await pause(20);
  };
  await quiet();
  for (const chunk of keyChunks(each.keys)) {
    if (ended) break;
    child.write(chunk);
    await quiet();
  }
  const shown = await seen(sent, columns, rows);
  const endedItself = ended;
  for (const chunk of editor.save) {
    if (ended) break;
    child.write(chunk);
    await quiet();
  }
  if (!ended) child.kill();
  const result = existsSync(join(home, 'result')) ? 'result' : each.file;
  const text = existsSync(join(home, result)) ? readFileSync(join(home, result), 'utf8') : '';
  if (!ended) await pause(QUIET);
  rmSync(home, { recursive: true, force: true, maxRetries: 9 });
  return { ...each, ...shown, result: text, ended: endedItself };
}

const AT_ONCE = 12;

/** The cases that `RECORD_KEYS`, a list in JSON, names; without it all. */
function asked(cases: readonly EditorCase[]): readonly EditorCase[] {
  const keys = process.env['RECORD_KEYS'];
  return keys === undefined ? cases : cases.filter((each) => (JSON.parse(keys) as string[]).includes(each.keys));
}

/** Name and version of the program that records. */
function versionOf({ command: [program = ''] }: RealEditor): string {
  const lines = execFileSync(program, ['--version']).toString('utf8').split('\n');
  return lines.slice(0, 2).join(' ').replace(/\s+/g, ' ').trim();
}

/** Plays cases at the real program and writes down what it did; cases that were not played keep what was recorded of them. */
export async function record(editor: RealEditor, cases: readonly EditorCase[], path: string): Promise<void> {
  const before = existsSync(path) ? readRecording(path) : { programs: [], cases: [] };
  const version = versionOf(editor);
  const programs = [...new Set([...before.programs, version])];
  const done: Recorded[] = [];
  const chosen = asked(cases);
  for (let at = 0; at < chosen.length; at += AT_ONCE)
    for (const one of await Promise.all(chosen.slice(at, at + AT_ONCE).map((each) => recordOne(editor, each))))
      done.push({ ...one, by: programs.indexOf(version) });
  const all = cases.flatMap((each) => {
    const found = done.find((one) => sameCase(one, each)) ?? before.cases.find((one) => sameCase(one, each));
    return found ? [found] : [];
  });
  const used = programs.filter((_, at) => all.some(({ by }) => by === at));
  const lines = all.map((each) => JSON.stringify({ ...each, by: used.indexOf(programs[each.by] ?? '') }));
  writeFileSync(path, `{"programs": ${JSON.stringify(used)}, "cases": [\n${lines.join(',\n')}\n]}\n`);
}
