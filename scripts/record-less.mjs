// Fills in test/sim/programs/less/recorded.json: the screens after each step of cases.json, from this machine's less
// in a bash on a pseudo-terminal:
//   node scripts/record-less.mjs [--all]
// What is recorded already is kept without --all.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

const folder = new URL('../test/sim/programs/less/', import.meta.url);
const { files, cases } = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8'));
const keyOf = ({ run, steps }) => JSON.stringify([run, steps]);
const before = process.argv.includes('--all')
  ? []
  : JSON.parse(readFileSync(new URL('recorded.json', folder), 'utf8')).recorded;
const known = new Map(before.map((one) => [keyOf(one), one]));
const home = mkdtempSync(path.join(tmpdir(), 'less-'));
for (const [name, { text, count, line }] of Object.entries(files)) {
  const numbered = Array.from({ length: count ?? 0 }, (_, at) => `${line.replaceAll('%d', String(at + 1))}\n`);
  writeFileSync(path.join(home, name), text ?? numbered.join(''));
}

/** Rows of the screen; what is reversed stands between ‹ and ›. */
function screenOf(terminal) {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: terminal.rows }, (_, index) => {
    const line = active.getLine(active.baseY + index);
    let text = '';
    let reversed = false;
    for (let at = 0; at < terminal.cols; at += 1) {
      const cell = line?.getCell(at);
      if (!cell || cell.getWidth() === 0) continue;
      if ((cell.isInverse() !== 0) !== reversed) text += reversed ? '›' : '‹';
      reversed = cell.isInverse() !== 0;
      text += cell.getChars() || ' ';
    }
    return (reversed ? `${text}›` : text).trimEnd();
  });
  while (rows.at(-1) === '') rows.pop();
  return rows;
}

async function record({ run, steps }) {
  const env = { PATH: '/usr/bin:/bin', TERM: 'xterm', LC_ALL: 'C.UTF-8', HOME: home, PS1: '$ ', SHELL: '/bin/bash' };
  const terminal = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const child = pty.spawn('bash', ['--norc', '-i'], { name: 'xterm', cols: 80, rows: 24, cwd: home, env });
  let last = Date.now();
  child.onData((data) => {
    last = Date.now();
    terminal.write(data);
  });
  const quiet = async (least) => {
    const from = Date.now();
    while (Date.now() - last < 120 || Date.now() - from < least) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => terminal.write('', done));
  };
  await quiet(250);
  child.write(`${run}\r`);
  await quiet(300);
  const screens = [];
  for (const step of steps) {
    if (typeof step === 'string') child.write(step);
    else {
      terminal.resize(step.columns, step.rows);
      child.resize(step.columns, step.rows);
    }
    await quiet(200);
    screens.push(screenOf(terminal));
  }
  child.kill();
  return { run, steps, screens };
}

const recorded = [];
for (const one of cases) recorded.push(known.get(keyOf(one)) ?? (await record(one)));
const version = execFileSync('less', ['--version'], { encoding: 'utf8' }).split('\n')[0];
writeFileSync(new URL('recorded.json', folder), `${JSON.stringify({ version, recorded }, undefined, 1)}\n`);
rmSync(home, { recursive: true });
process.exit(0);
