import { publishedExercises } from './exercise.js';
import { linesOf, rows } from './row.js';
import { Sitting } from './sitting.js';

/**
 * `node scripts/run.mjs test/exercises/show.ts` prints which published exercises are sat here, and why others are not;
 * `… show.ts a b` plays the pages of these letters and prints what each exercise typed and showed.
 */
const letters = process.argv.slice(2);
const known = rows();
if (letters.length === 0) {
  const all = publishedExercises();
  const without = all.filter(({ at }) => known.get(at)?.without !== undefined);
  for (const { at, asks } of without)
    console.log(`${at.padEnd(6)} ${known.get(at)?.without?.padEnd(32)} ${asks.slice(0, 80)}`);
  console.log(`${all.length - without.length} of ${all.length} exercises are sat, ${without.length} are not`);
}
for (const letter of letters) {
  const sitting = await Sitting.open();
  for (const exercise of publishedExercises().filter(({ at }) => at.startsWith(letter))) {
    const row = known.get(exercise.at) ?? { at: exercise.at };
    console.log(
      `\n######## ${exercise.at} ${exercise.asks.slice(0, 150)}${row.without ? ` WITHOUT: ${row.without}` : ''}`,
    );
    if (row.without !== undefined) continue;
    const lines = linesOf(exercise, row);
    console.log(`${lines.map((line) => `    ${line}`).join('\n')}\n--------`);
    console.log(await sitting.type(lines));
    for (const [command, pattern] of Object.entries(row.then ?? {}))
      console.log(`? ${command}\n${await sitting.ask(command)} (${pattern})`);
  }
  await sitting.close();
}
process.exit(0);
