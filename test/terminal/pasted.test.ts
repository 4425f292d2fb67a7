import { expect } from 'vitest';
import { scenario } from './scenario.js';

const LAB = ['run', 'cka/drain-a-node', '--seed', '7'] as const;
const MEGABYTES = 1_000_000;
/** Ten megabytes in rows of a hundred characters, each with its number. */
const ROWS = Array.from({ length: 100_000 }, (_, row) => `${String(row).padStart(8, '0')} ${'x'.repeat(90)}`);

scenario('ten megabytes pasted into a command that reads them all, and into vi, arrive whole', async ({ person }) => {
  const me = person(...LAB);
  await me.enters('stty -echo; cat > pasted; stty echo');
  me.types(ROWS.map((row) => `${row}\r`).join(''));
  me.presses('Ctrl-D');
  await me.seesPrompt();
  await me.runs('clear; wc -lc pasted; tail -1 pasted | cut -c1-8');
  await me.seesRow('  100000 10000000 pasted');
  await me.seesRow('00099999');

  await me.enters('rm pasted; vi pasted');
  await me.sees('vi', (rows) => rows.includes('~'));
  me.types('i');
  await me.sees('-- INSERT --');
  me.pastes(ROWS.join('\r'));
  await me.sees('the last row', (rows) => rows.some((row) => row.startsWith('00099999')));
  me.presses('Escape');
  await me.seesNoMore('-- INSERT --');
  me.types(':w\r');
  await me.sees('“pasted” written', (rows) => rows.join(' ').includes('"pasted" [New] 100000L, 10000000B written'));
  me.types(':q\r');
  await me.seesPrompt();
  await me.runs('clear; wc -lc pasted; tail -1 pasted | cut -c1-8');
  await me.seesRow('  100000 10000000 pasted');
  await me.seesRow('00099999');
});

scenario('ten megabytes pasted at the prompt are one text, which Ctrl-C drops or Enter runs', async ({ person }) => {
  const me = person(...LAB);
  await me.seesPrompt();
  me.pastes(ROWS.map((row) => `${row}\r`).join(''));
  me.types('the end');
  await me.seesRow('the end');
  expect(me.rows().some((row) => row.startsWith('00099999 xxx'))).toBe(true);
  me.presses('Ctrl-C');
  await me.seesPrompt();
  await me.runs('clear; echo still $((40 + 2))');
  await me.seesRow('still 42');

  await me.runs('clear');
  me.pastes(`printf %s '${'x'.repeat(10 * MEGABYTES)}`);
  me.types("zz' | wc -c");
  await me.sees('the end of the line', (rows) => rows.some((row) => /^x*zz' \| wc -c$/.test(row)));
  me.presses('Enter');
  await me.seesRow('10000002');
  await me.runs('clear; echo on with $((40 + 2))');
  await me.seesRow('on with 42');
  expect(me.written).not.toContain('has not answered');
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
