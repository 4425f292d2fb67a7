import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { curriculum } from '../../../src/labs/content/curriculum.js';
import { exams } from '../../../src/labs/content/exam.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { readText } from '../../../src/labs/content/read-text.js';
import { apportion } from '../../../src/labs/exam/apportion.js';
import { type Blueprint, readBlueprint } from '../../../src/labs/exam/blueprint.js';
import { drawExam, type ExamDraw } from '../../../src/labs/exam/draw-exam.js';
import type { Lab } from '../../../src/labs/format/lab.js';

test.each([
  [10, [50, 30, 20], undefined, [5, 3, 2]],
  [17, [30, 25, 20, 15, 10], undefined, [5, 4, 3, 3, 2]],
  [1, [1, 1], undefined, [1, 0]],
  [10, [50, 30, 20], [1, 9, 9], [1, 5, 4]],
  [10, [50, 30, 20], [1, 2, 3], [1, 2, 3]],
  [10, [0, 100], [9, 4], [0, 4]],
  [0, [1], undefined, [0]],
])('%i units by %j, of which there are %j: %j', (units, weights, most, shares) => {
  expect(apportion(units, weights, most)).toEqual(shares);
});

const facts = { curriculum: curriculum(), exams: exams() };
const MOCK = `apiVersion: kubedrill.dev/v1
kind: Exam
metadata: {name: mock, title: A mock exam}
spec:
  certification: cka
  tasks: {min: 16, max: 17}
`;

describe('a blueprint', () => {
  test('takes what it does not say from the exam and the curriculum', () => {
    const { value } = readBlueprint('mock.yaml', MOCK, facts);
    expect(value).toMatchObject({ id: 'cka/mock', minutes: 120, passPercent: 66, tasks: { min: 16, max: 17 } });
    expect(value?.domains.map(({ weight }) => weight)).toEqual([30, 25, 20, 15, 10]);
  });

  test.each([
    ['max: 17', 'max: 15', 'spec.tasks.max: must be at least min, 16'],
    ['certification: cka', 'certification: ckx', 'spec.certification: must be one of'],
    [
      '  tasks',
      '  domains: {Storage: 60, Troubleshooting: 30}\n  tasks',
      'spec.domains: the weights come to 90; they must come to 100',
    ],
    [
      '  tasks',
      '  domains: {Storage: 60, Cooking: 40}\n  tasks',
      'spec.domains.Cooking: the curriculum of cka has no such domain',
    ],
  ])('with %j as %j is refused', (good, bad, problem) => {
    const { problems } = readBlueprint('mock.yaml', MOCK.replace(good, bad), facts);
    expect(problems.map(({ field, message }) => `${field}: ${message}`).join('\n')).toContain(problem);
  });

  test.each(['cka', 'ckad', 'cks'].flatMap((one) => [`${one}/exams/mock.yaml`, `${one}/exams/short.yaml`]))(
    '%s is right',
    (file) => {
      const { text } = readText(join(contentFolder(), file));
      expect(readBlueprint(file, text ?? '', facts).problems).toEqual([]);
    },
  );
});

const blueprint = readBlueprint('mock.yaml', MOCK, facts).value as Blueprint;

const HOSTS = { controlplane: '{{host}}', node01: '{{host}}-1', node02: '{{host}}-2' };

/** A pool of so many labs of each domain, every one of a type of its own until they are used up. */
function pool(perDomain: number, hosts: Record<string, string> = {}): Lab[] {
  return blueprint.domains.flatMap(({ name }) => {
    const types = [...facts.curriculum.types.values()].filter(
      (one) => one.certification === 'cka' && one.domain === name,
    );
    return Array.from({ length: perDomain }, (_, index) => {
      const spec = {
        certification: 'cka',
        domain: name,
        types: [types[index % types.length]?.id],
        minutes: 5 + (index % 5),
        world: { base: 'three-node', hosts: { ...HOSTS, ...hosts } },
      };
      return { id: `cka/${name}-${index}`, content: { spec } } as unknown as Lab;
    });
  });
}

function draw(labs: readonly Lab[], seed: string, recent: readonly string[] = []): ExamDraw {
  return drawExam({ blueprint, labs, curriculum: facts.curriculum, recent: new Set(recent), seed });
}

const SEEDS = Array.from({ length: 20 }, (_, index) => `exam-${index}`);

describe('drawn exams', () => {
  const labs = pool(30);
  const byId = new Map(labs.map((lab) => [lab.id, lab.content.spec]));

  test.each(SEEDS)('seed %s', (seed) => {
    const { tasks, again } = draw(labs, seed);
    expect(tasks.length).toBeGreaterThanOrEqual(16);
    expect(tasks.length).toBeLessThanOrEqual(17);
    expect(tasks.map(({ number }) => number)).toEqual(tasks.map((_, index) => index + 1));
    expect(again).toEqual([]);
    const types = tasks.flatMap(({ lab }) => byId.get(lab)?.types ?? []);
    expect(new Set(types).size).toBe(types.length);
    for (const { name, weight } of blueprint.domains) {
      const its = tasks.filter(({ lab }) => byId.get(lab)?.domain === name);
      expect(Math.abs(its.reduce((sum, one) => sum + one.weight, 0) - weight)).toBeLessThanOrEqual(3);
    }
    for (const { weight } of tasks) expect(weight).toBeGreaterThanOrEqual(2);
    const minutes = tasks.reduce((sum, { lab }) => sum + (byId.get(lab)?.minutes ?? 0), 0);
    expect(Math.abs(minutes - 108)).toBeLessThanOrEqual(12);
    expect(draw([...labs].reverse(), seed)).toEqual(draw(labs, seed));
  });

  test('differ by seed', () => {
    const drawn = SEEDS.map((seed) =>
      draw(labs, seed)
        .tasks.map(({ lab }) => lab)
        .sort()
        .join(),
    );
    expect(new Set(drawn).size).toBe(SEEDS.length);
  });

  test('leave out what the last ones asked, unless there is nothing else', () => {
    const first = draw(labs, 'one').tasks.map(({ lab }) => lab);
    const second = draw(labs, 'two', first);
    expect(second.tasks.map(({ lab }) => lab).filter((lab) => first.includes(lab))).toEqual([]);
    const few = pool(4);
    const all = few.map(({ id }) => id);
    const forced = draw(few, 'three', all);
    expect(forced.tasks.length).toBeGreaterThanOrEqual(16);
    expect([...forced.again].sort()).toEqual(forced.tasks.map(({ lab }) => lab).sort());
  });

  test('take from other domains what one has not', () => {
    const [first] = blueprint.domains;
    const poor = labs.filter(({ content }) => content.spec.domain !== first?.name);
    const { tasks } = draw(poor, 'x');
    expect(tasks.length).toBeGreaterThanOrEqual(16);
    expect(tasks.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  test('say how many labs are missing', () => {
    expect(draw(pool(2), 'x')).toEqual({ tasks: [], lacks: 6, again: [] });
    expect(draw([], 'x')).toEqual({ tasks: [], lacks: 16, again: [] });
  });

  test('ask no two tasks whose hosts have the same names whatever is drawn', () => {
    const own = pool(3, { node01: 'node01' }).map((lab) => ({ ...lab, id: `mine:${lab.id}` }));
    for (const seed of SEEDS) {
      const { tasks } = draw([...pool(4), ...own], seed);
      expect(tasks.filter(({ lab }) => lab.startsWith('mine:')).length).toBeLessThanOrEqual(1);
    }
    expect(draw(own, 'x')).toMatchObject({ tasks: [], lacks: 15 });
  });

  test('the likelier type is drawn the more often', () => {
    const often = new Map<string, number>();
    for (let index = 0; index < 60; index += 1)
      for (const { lab } of draw(labs, `s${index}`).tasks) often.set(lab, (often.get(lab) ?? 0) + 1);
    const [domain] = blueprint.domains;
    const count = (place: number): number => often.get(`cka/${domain?.name}-${place}`) ?? 0;
    expect(count(0)).toBeGreaterThan(count(21));
  });
});

let read: readonly Lab[] | undefined;
const shipped = (): readonly Lab[] => (read ??= readCatalogue(contentFolder()).labs);

/** The exam that is offered with what ships: the whole one, or the shorter where the pool has not enough for it. */
function offered(certification: string): Blueprint {
  const [whole, shorter] = ['mock.yaml', 'short.yaml'].map((name) => {
    const file = join(contentFolder(), certification, 'exams', name);
    return readBlueprint(file, readText(file).text ?? '', facts).value as Blueprint;
  });
  const { lacks } = drawExam({ ...DRAWN, blueprint: whole as Blueprint, labs: shipped(), seed: 'exam-0' });
  return (lacks > 0 ? shorter : whole) as Blueprint;
}

const DRAWN = { curriculum: facts.curriculum, recent: new Set<string>() };

test.each(['cka', 'ckad', 'cks'])('20 exams of what ships for %s keep the weights of its domains', (certification) => {
  const labs = shipped();
  const given = offered(certification);
  const domains = new Map(labs.map(({ id, content }) => [id, content.spec.domain]));
  const mine = labs.filter(({ content }) => content.spec.certification === certification);
  const there = given.domains.filter(({ name }) => mine.some(({ content }) => content.spec.domain === name));
  const all = there.reduce((sum, { weight }) => sum + weight, 0);
  for (const seed of SEEDS) {
    const { tasks, lacks } = drawExam({ ...DRAWN, blueprint: given, labs, seed });
    expect(lacks).toBe(0);
    // A domain that nothing is there for yet leaves its weight to the others.
    for (const { name, weight } of there) {
      const its = tasks.filter(({ lab }) => domains.get(lab) === name);
      const share = (100 * weight) / all;
      expect(Math.abs(its.reduce((sum, one) => sum + one.weight, 0) - share)).toBeLessThanOrEqual(3);
    }
  }
});
