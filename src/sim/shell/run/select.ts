import type { Waiting } from '../../kernel/wait.js';
import type { Shell } from '../state/shell.js';
import { readLine } from './read-line.js';

const COLUMNS = 80;

/** Runs `select`: a menu, an answer, the body, until the input ends. */
export function* runSelect(
  shell: Shell,
  name: string,
  values: readonly string[],
  body: (shell: Shell) => Waiting<number | 'end'>,
): Waiting<number> {
  if (values.length === 0) return 0;
  let show = true;
  for (;;) {
    if (show) yield* shell.write(2, menu(values, Number(shell.variables.get('COLUMNS')) || COLUMNS));
    yield* shell.write(2, shell.variables.get('PS3') ?? '#? ');
    const line = yield* readLine(shell, 0);
    if (line === undefined) {
      yield* shell.write(1, '\n');
      return 1;
    }
    const answer = line.trim();
    if (answer === '') {
      show = true;
      continue;
    }
    shell.variables.set('REPLY', line);
    const number = /^\d+$/.test(answer) ? Number(answer) : 0;
    shell.variables.set(name, values[number - 1] ?? '');
    const result = yield* body(shell);
    if (result === 'end') return 0;
    show = (shell.variables.get('REPLY') ?? '') === '';
  }
}

/** The numbered choices, in columns as wide as bash makes them. */
function menu(values: readonly string[], columns: number): string {
  const digits = String(values.length).length;
  const width = Math.max(...values.map((value) => value.length)) + digits + 2 + 2;
  let across = Math.max(1, Math.floor(columns / width));
  let rows = Math.ceil(values.length / across);
  across = Math.ceil(values.length / rows);
  if (rows === 1) {
    rows = across;
    across = 1;
  }
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < across; column += 1) {
      const index = column * rows + row;
      if (index >= values.length) continue;
      const cell = `${String(index + 1).padStart(digits)}) ${values[index]}`;
      const last = (column + 1) * rows + row >= values.length;
      text += last ? cell : cell.padEnd(width);
    }
    text += '\n';
  }
  return text;
}
