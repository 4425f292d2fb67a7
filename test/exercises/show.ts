import { publishedExercises } from './exercise.js';
import { linesOf, rows } from './row.js';
import { Sitting } from './sitting.js';

/**
 * Plays the pages whose letters are named, and prints what each exercise typed and showed:
 * `node scripts/run.mjs test/exercises/show.ts a b`.
 */
const letters = process.argv.slice(2);
const known = rows();
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
