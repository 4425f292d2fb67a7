import { readFileSync } from 'node:fs';
import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { less } from '../../../../src/sim/programs/less/index.js';
import { openSession } from '../../shell/terminal.js';

interface Case {
  readonly run: string;
  readonly steps: readonly (string | { readonly columns: number; readonly rows: number })[];
}

/** Steps and the screens after each of them, recorded by scripts/record-less.mjs from less 590. */
const { files, cases } = read('cases.json') as {
  files: Readonly<Record<string, { text?: string; count?: number; line?: string }>>;
  cases: readonly Case[];
};
const { recorded } = read('recorded.json') as { recorded: readonly { run: string; screens: readonly string[][] }[] };

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

const contents = Object.fromEntries(
  Object.entries(files).map(([name, { text, count = 0, line = '' }]) => {
    const numbered = Array.from({ length: count }, (_, at) => `${line.replaceAll('%d', String(at + 1))}\n`);
    return [name, text ?? numbered.join('')];
  }),
);

test('cases and recordings belong together', () => {
  expect(recorded.map(({ run, screens }) => [run, screens.length])).toEqual(
    cases.map(({ run, steps }) => [run, steps.length]),
  );
});

test.each(cases.map((one, index) => [`${index}: ${one.run}`, one, index] as const))('%s', async (_name, one, index) => {
  const session = openSession({
    files: contents,
    programs: { less: less.run },
    environment: { SHELL: '/bin/bash' },
  });
  const screen = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  let shown = 0;
  const catchUp = async () => {
    const text = session.raw();
    await new Promise<void>((done) => screen.write(text.slice(shown), done));
    shown = text.length;
    return rowsOf(screen);
  };
  session.type(`${one.run}\r`);
  await catchUp();
  const screens: string[][] = [];
  for (const step of one.steps) {
    if (typeof step === 'string') session.type(step);
    else {
      screen.resize(step.columns, step.rows);
      session.resize(step.columns, step.rows);
    }
    screens.push(await catchUp());
  }
  expect(screens).toEqual(recorded[index]?.screens);
});

/** Rows of the screen; what is reversed stands between ‹ and ›. */
function rowsOf(terminal: InstanceType<typeof xterm.Terminal>): string[] {
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
