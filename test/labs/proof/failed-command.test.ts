import { expect, test } from 'vitest';
import { failedCommand } from '../../../src/labs/proof/failed-command.js';
import type { Players } from '../../../src/labs/proof/players.js';
import { scriptSteps } from '../../../src/labs/session/script.js';
import { instanceOf } from '../lab-text.js';

const SCRIPT = `k get no
vi note
keys: :q<Enter>
k cordn node01
k get po
`;
const steps = scriptSteps(SCRIPT);

/** A terminal that prints what each line is given here, and a prompt around it. */
function shell(printed: Readonly<Record<string, string>>): Pick<Players, 'show'> & { typed: string[] } {
  const typed: string[] = [];
  const show: Players['show'] = async (_, asking) => {
    typed.push(...asking.flatMap(({ lines }) => lines));
    let last = '';
    const output = typed.map((line) => {
      const ask = line.startsWith('echo "[status');
      const status = printed[last]?.startsWith('error') ? 1 : 0;
      last = line;
      return `\x1b[?2004hcandidate@cka1:~$ ${line}\r\n\x1b[?2004l\r${ask ? `[status ${status}]\r\n` : (printed[line] ?? '')}`;
    });
    return output.join('');
  };
  return { show, typed };
}

test('the first command that failed is told with its exit code and what it printed', async () => {
  const terminal = shell({ 'k get no': 'NAME\r\n', 'k cordn node01': 'error: unknown command "cordn"\r\n' });
  expect(await failedCommand(instanceOf(), steps, terminal)).toEqual({
    command: 'k cordn node01',
    status: 1,
    output: 'error: unknown command "cordn"',
  });
  // Keys go to who is open, so nothing is asked before them.
  expect(terminal.typed.slice(2, 5)).toEqual(['vi note', 'keys: :q<Enter>', 'k cordn node01']);
});

test('where none failed there is nothing to tell', async () => {
  expect(await failedCommand(instanceOf(), steps, shell({}))).toBeUndefined();
});
