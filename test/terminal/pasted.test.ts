import { expect } from 'vitest';
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
