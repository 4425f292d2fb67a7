import { expect, test } from 'vitest';
import { catalogueRows, chosenExam } from '../../../src/ui/store/catalogue-rows.js';
import { initialState } from '../../../src/ui/store/state.js';
import { CATALOGUE, NOW } from '../fake-session.js';

const { catalogue } = initialState({ columns: 80, rows: 24 }, CATALOGUE, NOW);
const last = catalogueRows(catalogue).length - 1;

test.each([
  ['the row of a lab', { cursor: 1 }, 'CKA mock exam'],
  ['the row of a domain', { cursor: 0 }, 'CKA mock exam'],
  ['a row of another certification', { cursor: last }, 'CKAD mock exam'],
  ['one certification alone, wherever the cursor is', { cursor: 99, certification: 'ckad' }, 'CKAD mock exam'],
  ['nothing that was found', { cursor: 1, query: 'zebra' }, 'CKA mock exam'],
])('of %s', (_, change, title) => {
  expect(chosenExam({ ...catalogue, ...change })?.title).toBe(title);
});

test('where there is no exam none is chosen', () => {
  expect(chosenExam({ ...catalogue, view: { ...CATALOGUE, exams: [] } })).toBeUndefined();
});
