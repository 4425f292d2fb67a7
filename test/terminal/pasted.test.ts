import { expect } from 'vitest';
import type { Person } from './person.js';
import { scenario } from './scenario.js';

const LAB = ['run', 'cka/drain-a-node', '--seed', '7'] as const;
const MEGABYTES = 1_000_000;
/** Ten megabytes in rows of a hundred characters, each with its number. */
const ROWS = Array.from({ length: 100_000 }, (_, row) => `${String(row).padStart(8, '0')} ${'x'.repeat(90)}`);

scenario('ten megabytes pasted into a command that reads them all arrive whole', async ({ person }) => {
  const me = person(...LAB);
  await me.enters('stty -echo; cat > pasted; stty echo');
  me.types(ROWS.map((row) => `${row}\r`).join(''));
  me.presses('Ctrl-D');
  await me.seesPrompt();
  await me.runs('clear; wc -lc pasted; tail -1 pasted | cut -c1-8');
  await me.seesRow('  100000 10000000 pasted');
  await me.seesRow('00099999');
});

scenario(
  'ten megabytes pasted at the prompt end in a clear outcome, and Ctrl-C in the meantime',
  async ({ person }) => {
    const me = person(...LAB);
    await me.seesPrompt();
    me.pastes(`echo ${'x'.repeat(10 * MEGABYTES)}`);
    await me.sees('the paste', (rows) => rows.join('').includes('x'.repeat(500)));
    await keysWork(me);
    me.presses('Ctrl-C');
    await me.enters('clear; echo still here');
    await me.seesRow('still here');
  },
);

scenario('ten megabytes pasted into vi are all in the file', async ({ person }) => {
  const me = person(...LAB);
  await me.enters('vi pasted');
  await me.sees('~', (rows) => rows.filter((row) => row === '~').length > 3);
  me.types('i');
  me.pastes(ROWS.join('\r'));
  await me.sees('the last row', (rows) => rows.some((row) => row.startsWith('00099999')));
  me.presses('Escape');
  me.types(':wq\r');
  await me.seesPrompt();
  await me.runs('clear; wc -lc pasted');
  await me.seesRow('  100000 10000000 pasted');
});

scenario('ten megabytes pasted into the search box find nothing and freeze nothing', async ({ person }) => {
  const me = person();
  await me.sees('Enter start');
  me.types('/');
  await me.sees('Enter done');
  me.pastes('x'.repeat(10 * MEGABYTES));
  await me.sees('Nothing is called');
  me.presses('Escape');
  await me.sees('Enter start');
  me.presses('Ctrl-C');
  expect(await me.ended).toMatchObject({ exitCode: 0 });
});

async function keysWork(me: Person): Promise<void> {
  me.presses('F1');
  await me.sees('After the leader');
  me.presses('Escape');
  await me.seesNoMore('After the leader');
}
