import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogueExams, certificationOf, type ExamPlace, offerExam } from '../../../src/cli/exam/exam-ports.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';

const { labs } = readCatalogue(contentFolder());
const home = join(tmpdir(), 'kubedrill-nobody-was-here');
const place: ExamPlace = {
  labs,
  home,
  progress: ProgressStore.open(home),
  environment: {},
  left: [],
  stays: new Map(),
};
const cka = labs.filter(({ content }) => content.spec.certification === 'cka');

test('an exam is offered as its certification has it', () => {
  const offer = offerExam({ certification: 'CKA', seed: '7' }, place);
  expect(offer).toMatchObject({
    id: 'cka/mock',
    seed: '7',
    named: true,
    minutes: 120,
    passPercent: 66,
    coach: false,
    interruptions: 'pause',
    insteadOf: undefined,
    again: 0,
  });
  expect(offer.tasks).toBeGreaterThanOrEqual(16);
  expect(offer.sites).toContain('kubernetes.io/docs');
});

test.each([
  [{}, 120],
  [{ halfTime: true }, 60],
  [{ minutes: 45 }, 45],
  [{ minutes: 45, halfTime: true }, 23],
])('%j: %i minutes', (wishes, minutes) => {
  expect(offerExam({ certification: 'cka', seed: '7', ...wishes }, place).minutes).toBe(minutes);
});

test('who names no seed gets one', () => {
  const { seed, named } = offerExam({ certification: 'cka' }, place);
  expect(seed).toMatch(/^\d+$/);
  expect(named).toBe(false);
});

test('where there are too few labs a shorter exam is offered, and said how many are lacking', () => {
  const offer = offerExam({ certification: 'cka', seed: '7' }, { ...place, labs: cka.slice(0, 9) });
  expect(offer).toMatchObject({ id: 'cka/short', minutes: 60, insteadOf: { title: 'CKA mock exam' } });
  expect(offer.tasks).toBeLessThanOrEqual(8);
  expect(offer.insteadOf?.lacks).toBeGreaterThanOrEqual(16 - 9);
});

test('where there are hardly any it is said what is lacking', () => {
  const few = { ...place, labs: cka.slice(0, 2) };
  expect(() => offerExam({ certification: 'cka' }, few)).toThrow(/^The CKA practice run needs at least 5 tasks, and/);
});

test('there is no exam of another name', () => {
  expect(() => certificationOf('ckx')).toThrow('There is no exam "ckx"; there are cka, ckad, cks.');
});

test('the catalogue has the exams that there are labs for', () => {
  expect(catalogueExams(place).map(({ title }) => title)).toEqual(['CKA mock exam', 'CKAD mock exam', 'CKS mock exam']);
  expect(catalogueExams({ ...place, labs: cka })).toEqual([
    { certification: 'cka', title: 'CKA mock exam', tasks: { min: 16, max: 17 }, minutes: 120, best: undefined },
  ]);
});
