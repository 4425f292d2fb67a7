import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exercise, noExercises, publishedExercises } from './exercise.js';
import { linesOf, type Row, rows } from './row.js';
import { Sitting } from './sitting.js';

const missing = noExercises();
const known = rows();

/** What was not found of what a row says must come of its exercise. */
async function missed(sitting: Sitting, exercise: Exercise, row: Row): Promise<string[]> {
  const shown = await sitting.type(linesOf(exercise, row));
  const wrong = (row.sees ?? [])
    .filter((pattern) => !found(pattern, shown))
    .map((pattern) => `not seen: ${pattern}\n${shown}`);
  for (const [command, pattern] of Object.entries(row.then ?? {})) {
    const answer = await sitting.ask(command);
    if (!found(pattern, answer)) wrong.push(`${command}: ${answer} is not ${pattern}`);
  }
  return wrong;
}

/** `(?s)` in front lets a dot stand for line ends too. */
function found(pattern: string, text: string): boolean {
  return (pattern.startsWith('(?s)') ? new RegExp(pattern.slice(4), 's') : new RegExp(pattern)).test(text);
}

describe.skipIf(missing !== undefined)(`published exercises (${missing ?? 'here'})`, () => {
  const exercises = missing === undefined ? publishedExercises() : [];

  test('every one is sat, or it is said why not', () => {
    expect(exercises.map(({ at }) => at)).toEqual([...known.keys()]);
    expect(exercises).toHaveLength(141);
  });

  test('every one that is sat must come to something', () => {
    const empty = [...known.values()].filter(
      ({ sees = [], then = {}, without }) => !without && sees.length + Object.keys(then).length === 0,
    );
    expect(empty.map(({ at }) => at)).toEqual([]);
  });

  const played = exercises.filter(({ at }) => known.get(at)?.without === undefined);
  describe.each([...new Set(played.map(({ at }) => at.slice(0, 1)))])('page %s', (letter) => {
    let sitting: Sitting;
    beforeAll(async () => {
      sitting = await Sitting.open();
    });
    afterAll(() => sitting.close());

    const sat = played.filter(({ at }) => at.startsWith(letter));
    test.each(sat.map((exercise) => [exercise.at, exercise] as const))('%s', async (at, exercise) => {
      expect(await missed(sitting, exercise, known.get(at) ?? { at })).toEqual([]);
    });
  });
});
