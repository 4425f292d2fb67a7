import { describe, expect, test } from 'vitest';
import { type History, historyOf } from '../../../src/labs/progress/history.js';
import type { HistoryFacts } from '../../../src/labs/progress/history-facts.js';
import type { Attempt } from '../../../src/labs/progress/model.js';
import { daysAgo, examOf, FACTS, graded, lab, NOW, progressOf } from './practice.js';

function history(attempts: readonly Attempt[], exams = progressOf([]).exams): History {
  return historyOf(progressOf(attempts, exams), FACTS, NOW);
}

const NONE_LEARNT = { lessons: 0, cards: 0 };

const cka = (attempts: readonly Attempt[]): History['certifications'][number] => {
  const [first] = history(attempts).certifications;
  if (!first) throw new Error('no certification');
  return first;
};

const CARD = {
  stability: 1,
  difficulty: 5,
  scheduled_days: 1,
  learning_steps: 0,
  reps: 1,
  lapses: 0,
  state: 2,
  last_review: daysAgo(2),
};

describe('labs', () => {
  test('best by share, latest by when it was graded, whatever their order in the file', () => {
    const [dns] = history([
      graded('cka/dns', 4, 1, { seconds: 500 }),
      graded('cka/dns', 6, 9, { seconds: 350 }),
      graded('cka/dns', 6, 5, { seconds: 410 }),
    ]).labs;
    expect(dns).toMatchObject({
      lab: 'cka/dns',
      attempts: 3,
      best: { points: 6, total: 6 },
      latest: { points: 4, total: 6 },
      seconds: 500,
      quickestSeconds: 350,
      full: false,
      inTime: false,
      passed: true,
    });
  });

  test('the one tried last comes first; one that is gone is kept without its facts', () => {
    const labs = history([graded('cka/gone', 6, 2), graded('cka/dns', 6, 1), graded('cka/volume', 6, 3)]).labs;
    expect(labs.map(({ lab: id, facts }) => [id, facts?.minutes])).toEqual([
      ['cka/dns', 7],
      ['cka/gone', undefined],
      ['cka/volume', 7],
    ]);
  });

  test.each<[what: string, attempt: Attempt]>([
    ['was not graded', { ...graded('cka/dns', 6, 1), graded: undefined } as unknown as Attempt],
    ['has a date that is none', graded('cka/dns', 6, 1, { graded: 'yesterday' })],
  ])('an attempt that %s counts nowhere', (_, attempt) => {
    const { labs, graded: counted } = history([attempt]);
    expect({ labs, counted }).toEqual({ labs: [], counted: [] });
  });

  test('more points than there are is all of them, fewer than none is none', () => {
    const shares = history([graded('cka/dns', 9, 2), graded('cka/volume', -1, 1)]).graded.map(({ share }) => share);
    expect(shares).toEqual([1, 0]);
  });

  test('a guard that was broken is not full, though no point is missing', () => {
    expect(history([graded('cka/dns', 6, 1, { passed: false })]).labs[0]).toMatchObject({ full: false });
  });

  test('an attempt whose solution was seen is not full', () => {
    expect(history([graded('cka/dns', 6, 1, { solution: true })]).labs[0]).toMatchObject({ full: false });
  });

  test('in an exam the time is that in front, not that of the machine', () => {
    const attempt = graded('cka/dns', 6, 1, { id: 'exam-1-1', exam: 'exam-1', seconds: 5000 });
    expect(history([attempt], [examOf(100, 1)]).labs[0]).toMatchObject({ seconds: 400, inTime: true });
    expect(history([attempt]).labs[0]).toMatchObject({ seconds: undefined, inTime: false });
  });
});

describe('domains and types', () => {
  test('types without labs and certifications without labs are left out', () => {
    const { certifications } = history([]);
    expect(certifications.map(({ certification }) => certification)).toEqual(['cka', 'cks']);
    expect(certifications[0]?.domains.map(({ name, types }) => [name, types.map(({ id }) => id)])).toEqual([
      ['Troubleshooting', ['C1', 'C2']],
      ['Storage', ['C3']],
    ]);
  });

  test.each<[what: string, attempts: readonly Attempt[], troubleshooting: number, all: number]>([
    ['nothing tried', [], 0, 0],
    ['one of two types', [graded('cka/dns', 6, 1)], 0.5, 0.375],
    ['both by one lab', [graded('cka/both', 6, 1)], 1, 0.75],
    [
      'the last attempt at a type counts, at whichever lab',
      [graded('cka/both', 6, 2), graded('cka/dns', 3, 1)],
      0.5,
      0.375,
    ],
    ['the small domain', [graded('cka/volume', 6, 1)], 0, 0.25],
    ['all of it', [graded('cka/both', 6, 1), graded('cka/volume', 6, 1)], 1, 1],
    ['with age it fades', [graded('cka/both', 6, 44)], 0.5, 0.375],
  ])('mastery: %s', (_, attempts, troubleshooting, all) => {
    const { mastery, domains } = cka(attempts);
    expect(domains[0]?.mastery).toBeCloseTo(troubleshooting, 10);
    expect(mastery).toBeCloseTo(all, 10);
  });

  test('the weakest domain is the one in which most of the exam is not mastered', () => {
    expect(cka([]).weakest).toBeUndefined();
    expect(cka([graded('cka/volume', 1, 1)]).weakest).toBe('Troubleshooting');
    expect(cka([graded('cka/both', 6, 1)]).weakest).toBe('Storage');
    expect(cka([graded('cka/both', 6, 1), graded('cka/volume', 6, 1)]).weakest).toBeUndefined();
  });

  test("a lab that names no type is a type of its own, in a domain of its author's", () => {
    const facts = {
      ...FACTS,
      labs: [...FACTS.labs, lab('acme:cka/own', 'Ours', [])].map((one) => ({ ...one, certification: 'cka' })),
      domains: [...FACTS.domains, { certification: 'cka', name: 'Ours', weight: undefined }],
    };
    const { certifications } = historyOf(progressOf([graded('acme:cka/own', 6, 1)]), facts, NOW);
    expect(certifications[0]?.domains.at(-1)).toMatchObject({
      name: 'Ours',
      mastery: 1,
      types: [{ id: 'acme:cka/own' }],
    });
    // It is no part of the exam.
    expect(certifications[0]?.mastery).toBe(0);
  });
});

test('a lesson is no lab; its time counts', () => {
  const found = history([graded('cka/lessons/first-pods', 6, 1)]);
  expect({ ...found, days: found.days.length }).toMatchObject({ labs: [], graded: [], days: 1 });
});

describe('days', () => {
  test('attempts, exams and time by day; tasks of an exam take their time of the exam', () => {
    const attempts = [
      graded('cka/dns', 6, 2, { seconds: 300 }),
      graded('cka/volume', 3, 2, { seconds: 200 }),
      graded('cka/dns', 6, 1, { id: 'exam-1-1', exam: 'exam-1', seconds: 5000 }),
      { ...graded('cka/both', 0, 4), graded: undefined, seconds: 60 } as unknown as Attempt,
    ];
    const { days } = history(attempts, [examOf(80, 1)]);
    expect(days.map(({ day: _, ...day }) => day)).toEqual([
      { ...NONE_LEARNT, attempts: 0, exams: 0, seconds: 60, share: undefined },
      { ...NONE_LEARNT, attempts: 2, exams: 0, seconds: 500, share: 0.75 },
      { ...NONE_LEARNT, attempts: 1, exams: 1, seconds: 6000, share: 1 },
    ]);
  });

  test.each<[what: string, ago: readonly number[], days: number]>([
    ['none', [], 0],
    ['today', [0], 1],
    ['yesterday: today may still come', [1, 2], 2],
    ['the day before yesterday', [2], 0],
    ['with a gap', [0, 1, 3, 4], 2],
  ])('days in a row: %s', (_, ago, days) => {
    expect(history(ago.map((day) => graded('cka/dns', 6, day))).daysInARow).toBe(days);
  });
});

test('exams: the latest first, those with a date that is none left out', () => {
  const { exams } = history([], [examOf(50, 9), examOf(70, 2), examOf(60, 1, { graded: 'soon' })]);
  expect(exams.map(({ percent }) => percent)).toEqual([70, 50]);
});

describe('lessons and cards', () => {
  const card = { ...CARD, due: daysAgo(0), last_review: daysAgo(3) };
  const progress = {
    ...progressOf([]),
    lessons: {
      'cka/pods': { attempt: 'a', done: ['one', 'two'], last: daysAgo(2), finished: daysAgo(5) },
      'cka/gone': { attempt: 'b', done: ['one'], last: daysAgo(1) },
      'cks/odd': { attempt: 'c', done: [], last: 'soon' },
    },
    cards: { 'cka/new/a': card, 'cka/new/b': card },
  };
  const there = ['pods', 'services'].map((name) => ({
    name: `cka/${name}`,
    title: `About ${name}`,
    certification: 'cka',
    steps: 2,
  }));

  test('are told for each certification', () => {
    const facts = { ...FACTS, lessons: () => [...there, { ...there[0], name: 'ckad/probes', certification: 'ckad' }] };
    const { lessons } = historyOf(progress, facts as HistoryFacts, NOW);
    expect(lessons).toMatchObject([
      {
        certification: 'cka',
        done: 1,
        all: 3,
        begun: [
          { name: 'cka/gone', title: undefined, steps: undefined, done: 1, finished: undefined },
          { name: 'cka/pods', title: 'About pods', steps: 2, done: 2, finished: Date.parse(daysAgo(5)) },
        ],
      },
      { certification: 'ckad', done: 0, all: 1, begun: [] },
    ]);
  });

  test('make days practised', () => {
    const { days } = historyOf(progress, FACTS, NOW);
    expect(days.map(({ lessons, cards, attempts }) => [lessons, cards, attempts])).toEqual([
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});

describe('what to do next', () => {
  const mastered = [graded('cka/both', 6, 1), graded('cka/volume', 6, 1)];
  test.each<[what: string, attempts: readonly Attempt[], exams: History['exams'], next: readonly object[]]>([
    ['nothing graded: the easiest lab', [], [], [{ kind: 'first', lab: 'cka/volume' }]],
    [
      'a failed lab, then an untried one of the weakest domain',
      [graded('cka/dns', 2, 1)],
      [],
      [
        { kind: 'again', lab: 'cka/dns', latest: { points: 2, total: 6 }, full: false },
        { kind: 'weakest', lab: 'cka/kubelet', domain: 'Troubleshooting', weight: 30, mastery: 0, tried: false },
      ],
    ],
    [
      'what lacks points comes before what was slow',
      [graded('cka/volume', 5, 3), graded('cka/dns', 6, 1, { seconds: 900 })],
      [],
      [
        { kind: 'again', lab: 'cka/volume', full: false },
        { kind: 'weakest', lab: 'cka/kubelet' },
      ],
    ],
    [
      'only slow',
      [graded('cka/both', 6, 1), graded('cka/volume', 6, 1, { seconds: 900 })],
      [],
      [
        { kind: 'exam', certification: 'cka', mastery: 0.75, last: undefined },
        { kind: 'again', lab: 'cka/volume', full: true, seconds: 900, minutes: 7 },
      ],
    ],
    ['all mastered: an exam', mastered, [], [{ kind: 'exam', certification: 'cka', mastery: 1 }]],
    ['an exam a few days ago is enough', mastered, [examOf(70, 3)], []],
    ['and a week ago is not', mastered, [examOf(70, 8)], [{ kind: 'exam', last: 70 }]],
    [
      'what was done well is due after four weeks',
      [graded('cka/both', 6, 1), graded('cka/volume', 6, 30)],
      [examOf(70, 2)],
      [{ kind: 'due', lab: 'cka/volume', days: 30 }],
    ],
    [
      'the certification practised last is what counts',
      [graded('cka/dns', 2, 5), graded('cks/falco', 3, 1)],
      [],
      [{ kind: 'again', lab: 'cks/falco' }],
    ],
    [
      'an exam counts as practice too',
      [graded('cks/falco', 3, 3)],
      [examOf(20, 1)],
      [{ kind: 'weakest', lab: 'cka/dns' }],
    ],
  ])('%s', (_, attempts, exams, next) => {
    const found = history(attempts, exams).next;
    expect(found).toMatchObject(next);
    expect(found).toHaveLength(next.length);
  });

  test('never more than three', () => {
    const attempts = [graded('cka/both', 6, 30), graded('cka/volume', 6, 1), graded('cka/dns', 6, 2, { seconds: 999 })];
    const facts = { ...FACTS, labs: [...FACTS.labs, lab('cka/new', 'Storage', ['C9'])] };
    const recent = historyOf(progressOf([...attempts, graded('cka/kubelet', 6, 29)]), facts, NOW);
    expect(recent.next.length).toBeLessThanOrEqual(3);
  });

  test('cards that are due', () => {
    const card = { ...CARD, due: daysAgo(1) };
    const due = { 'cka/new/a': card, 'mine:cka/x/b': card, 'cka/gone/a': card, 'cks/new/a': card };
    const progress = {
      ...progressOf(mastered, [examOf(70, 3)]),
      cards: { ...due, 'cka/new/c': { ...card, due: daysAgo(-1) } },
    };
    const next = (facts = FACTS): unknown => historyOf(progress, facts, NOW).next;
    expect(next()).toEqual([{ kind: 'cards', certification: 'cka', count: 3 }]);
    const there = (...ids: string[]): HistoryFacts => ({ ...FACTS, cards: () => new Set(ids) });
    expect(next(there('cka/new/a', 'mine:cka/x/b', 'cks/new/a'))).toMatchObject([{ count: 2 }]);
    expect(next(there('cks/new/a'))).toEqual([]);
  });

  test('none where there are no labs', () => {
    const empty = { ...FACTS, labs: [] };
    expect(historyOf(progressOf([graded('cka/dns', 6, 1)]), empty, NOW)).toMatchObject({
      next: [],
      certifications: [],
    });
  });
});

test('a history of thousands of attempts is worked out at once', () => {
  const attempts = Array.from({ length: 5000 }, (_, index) =>
    graded(FACTS.labs[index % 5]?.id ?? '', index % 7, index % 300, { id: `a${index}`, started: daysAgo(1) }),
  );
  const before = performance.now();
  expect(history(attempts).labs).toHaveLength(5);
  expect(performance.now() - before).toBeLessThan(500);
});
