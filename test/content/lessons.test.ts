import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { DECK_SCHEMA } from '../../src/labs/cards/schema.js';
import { CERTIFICATIONS, contentFolder } from '../../src/labs/content/find.js';
import { readDecks, readLessons } from '../../src/labs/content/find-learning.js';
import { formatProblem } from '../../src/labs/format/problem.js';
import { LESSON_SCHEMA } from '../../src/labs/lesson/schema.js';
import { lintLab } from '../../src/labs/lint/lint-lab.js';
import { openPlayers } from '../../src/labs/proof/players.js';
import { endProof, startProof } from '../../src/labs/proof/prove.js';

const TIMEOUT = 600_000;
const CARDS_WANTED = 20;
const proven = new Set(readFileSync(fileURLToPath(new URL('./proven.txt', import.meta.url)), 'utf8').split('\n'));

const shipped = (lab: Parameters<typeof lintLab>[0], source: string) => lintLab(lab, source, true);
const { lessons, problems } = readLessons(contentFolder(), [], { shipped });
const { decks, problems: wrong } = readDecks(contentFolder(), []);
const players = openPlayers();
afterAll(() => players.end());

test('every lesson and every card is read without a problem and breaks no rule', () => {
  expect([...problems, ...wrong].map(formatProblem)).toEqual([]);
});

test.each([
  ['lesson', LESSON_SCHEMA],
  ['deck', DECK_SCHEMA],
])('the published schema of a %s is the one the program uses (npm run schema writes it)', (name, schema) => {
  expect(JSON.parse(readFileSync(join(contentFolder(), `${name}.schema.json`), 'utf8'))).toEqual(schema);
});

test('each certification has lessons and cards, and these are about many types of task', () => {
  for (const certification of CERTIFICATIONS) {
    expect(lessons.filter(({ lesson }) => lesson.spec.certification === certification).length).toBeGreaterThanOrEqual(
      3,
    );
    const cards = decks
      .filter(({ content }) => content.spec.certification === certification)
      .flatMap(({ content }) => content.spec.cards);
    expect([certification, cards.length >= CARDS_WANTED]).toEqual([certification, true]);
    expect(new Set(cards.flatMap(({ types }) => types)).size).toBeGreaterThanOrEqual(15);
  }
});

/** The program may have changed since a lesson was proven: one for each certification is played again. */
const unproven = lessons.filter(({ id, hash }) => !proven.has(`${id} ${hash}`));
const sample = CERTIFICATIONS.flatMap(
  (certification) => lessons.find(({ lesson }) => lesson.spec.certification === certification) ?? [],
);

test.each([...new Set([...unproven, ...sample])].map((lesson) => [lesson.id, lesson] as const))(
  '%s: each step fails before its solution and holds after it',
  async (_, lesson) => {
    const { failures, cases } = await endProof(await startProof(lesson, { players }));
    expect(failures).toEqual([]);
    expect(cases).toBe(lesson.lesson.spec.steps.filter(({ checks }) => checks).length + 1);
  },
  TIMEOUT,
);
