import { scenario } from './scenario.js';

scenario('a terminal of 20 by 5 says politely that it is small, and everything works', async ({ personAt }) => {
  const me = personAt({ columns: 20, rows: 5 });
  await me.sees('Enter');
  me.types('/');
  me.types('drain');
  await me.sees('/ drain');
  me.presses('Enter');
  await me.sees('Enter start');
  me.presses('Enter');
  await me.sees('small');
  await me.sees('a prompt', (rows) => rows.some((row) => row.endsWith('$')));
  me.types('echo $((6 * 7))\r');
  await me.seesRow('42');
  me.presses('F1');
  await me.sees('Always');
  me.presses('Escape');
  me.presses('F10');
  await me.sees('Finish');
  me.presses('Escape');
  await me.seesRow('42');
  me.resizes(100, 30);
  await me.sees('Take a node out of service');
  await me.runs('clear; echo still here');
  await me.seesRow('still here');
});
