import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { curriculum } from '../../src/labs/content/curriculum.js';
import { NEEDS } from '../../src/labs/content/curriculum-schema.js';
import { exams } from '../../src/labs/content/exam.js';
import { CERTIFICATIONS, contentFolder } from '../../src/labs/content/find.js';

const { domains, types } = curriculum();
const all = [...types.values()];

test.each([
  ['cka', 5, 122],
  ['ckad', 5, 88],
  ['cks', 6, 79],
] as const)('%s has %i domains and %i types of task', (certification, domainCount, typeCount) => {
  expect(domains.filter((domain) => domain.certification === certification)).toHaveLength(domainCount);
  expect(all.filter((type) => type.certification === certification)).toHaveLength(typeCount);
});

test('every domain has types of task, and every need is some type', () => {
  const drilled = new Set(all.map(({ certification, domain }) => `${certification} ${domain}`));
  expect(domains.filter(({ certification, name }) => !drilled.has(`${certification} ${name}`))).toEqual([]);
  const needed = new Set(all.flatMap(({ needs }) => needs));
  expect(Object.keys(NEEDS).filter((need) => !needed.has(need as keyof typeof NEEDS))).toEqual([]);
});

test('no two types of a certification read alike', () => {
  for (const certification of CERTIFICATIONS) {
    const texts = all.filter((type) => type.certification === certification).map(({ does }) => does.toLowerCase());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  }
});

test('a type says what to do in one sentence without a full stop', () => {
  const wrong = all.filter(({ does }) => !/^[A-Z][^.!?]*[^.!?\s]$/.test(does));
  expect(wrong.map(({ id, does }) => `${id} ${does}`)).toEqual([]);
});

describe('the list the curriculum was made from', () => {
  const list = join(dirname(contentFolder()), '..', 'shared', 'curriculum', 'task-types.md');
  test.skipIf(!existsSync(list))('(skipped without it) has the same types and none of our sentences', () => {
    const text = readFileSync(list, 'utf8');
    const ids = [...text.matchAll(/^\| ([CDS]\d+) \|/gm)].map(([, id]) => id);
    expect([...types.keys()].sort()).toEqual(ids.sort());
    const cells = new Set([...text.matchAll(/^\| [CDS]\d+ \| ([^|]*) \|/gm)].map(([, cell]) => cell?.toLowerCase()));
    expect(all.filter(({ does }) => cells.has(does.toLowerCase())).map(({ id }) => id)).toEqual([]);
  });
});

test('every exam takes two hours and allows the documentation of Kubernetes', () => {
  for (const certification of CERTIFICATIONS) {
    const { minutes, sites, pass_percent } = exams()[certification];
    expect([certification, minutes, sites.includes('kubernetes.io/docs'), pass_percent >= 66]).toEqual([
      certification,
      120,
      true,
      true,
    ]);
  }
});
