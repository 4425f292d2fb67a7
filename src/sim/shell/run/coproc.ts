import type { Waiting } from '../../kernel/wait.js';
import { IndexedElements } from '../state/arrays.js';
import type { Command, Shell } from '../state/shell.js';
import { Variable } from '../state/variable.js';
import { addJob } from './foreground.js';
import { enterSubshell } from './pipeline.js';
import { ended, runCommand } from './steps.js';

/** Starts a coprocess: its output is read from `${NAME[0]}`, its input written to `${NAME[1]}`. */
export function* runCoproc(shell: Shell, name: string, command: Command, text: string): Waiting<number> {
  const { sys } = shell;
  const output = sys.pipe();
  const input = sys.pipe();
  const pid = yield* shell.fork((child) => {
    enterSubshell(child);
    child.sys.duplicate(input.read, { exactly: 0 });
    child.sys.duplicate(output.write, { exactly: 1 });
    for (const end of [input.read, input.write, output.read, output.write]) if (end > 1) child.sys.close(end);
    return runCommand(child, command);
  });
  sys.close(input.read);
  sys.close(output.write);
  const numbers = [moveUp(shell, output.read), moveUp(shell, input.write)];
  const variable = new Variable();
  variable.items = new IndexedElements(numbers.map(String));
  shell.variables.define(name, variable);
  shell.variables.set(`${name}_PID`, String(pid));
  addJob(shell, [pid], 0, text, false);
  shell.lastBackground = pid;
  return ended(shell, 0);
}

function moveUp(shell: Shell, descriptor: number): number {
  const { sys } = shell;
  const taken = new Set(sys.descriptors());
  let number = 63;
  while (taken.has(number)) number -= 1;
  sys.duplicate(descriptor, { exactly: number });
  sys.close(descriptor);
  sys.closeOnExec(number, true);
  return number;
}
