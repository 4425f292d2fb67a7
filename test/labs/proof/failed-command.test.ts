import { expect, test } from 'vitest';
import type { PlayCase, ProofCase } from '../../../src/labs/proof/case.js';
import { failedCommand } from '../../../src/labs/proof/failed-command.js';
import { scriptSteps } from '../../../src/labs/session/script.js';
import { instanceOf } from '../lab-text.js';

const SCRIPT = `k get no
vi note
keys: :q<Enter>
k cordn node01
k get po
`;
const proof: ProofCase = {
  says: 'the solution earns everything',
  scripts: [{ steps: scriptSteps(SCRIPT) }],
  expects: { kind: 'everything' },
};

/** A terminal that prints what each line is given here, and a prompt around it. */
function shell(printed: Readonly<Record<string, string>>): { play: PlayCase; typed: string[] } {
  const typed: string[] = [];
  const play: PlayCase = async (_, { scripts }) => {
    typed.push(...scripts.flatMap(({ steps }) => steps.flatMap(({ lines }) => lines)));
    let last = '';
    const output = typed.map((line) => {
      const ask = line.startsWith('echo "[status');
      const status = printed[last]?.startsWith('error') ? 1 : 0;
      last = line;
      return `\x1b[?2004hcandidate@cka1:~$ ${line}\r\n\x1b[?2004l\r${ask ? `[status ${status}]\r\n` : (printed[line] ?? '')}`;
    });
    return { output: output.join('') } as never;
  };
  return { play, typed };
}

test('the first command that failed is told with its exit code and what it printed', async () => {
  const { play, typed } = shell({ 'k get no': 'NAME\r\n', 'k cordn node01': 'error: unknown command "cordn"\r\n' });
  expect(await failedCommand(instanceOf(), proof, play)).toEqual({
    command: 'k cordn node01',
    status: 1,
    output: 'error: unknown command "cordn"',
  });
  // Keys go to who is open, so nothing is asked before them.
  expect(typed.slice(2, 5)).toEqual(['vi note', 'keys: :q<Enter>', 'k cordn node01']);
});

test('where none failed there is nothing to tell', async () => {
  expect(await failedCommand(instanceOf(), proof, shell({}).play)).toBeUndefined();
});
