import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authoringReference, REFERENCE_FILE } from '../../scripts/authoring-reference.js';
import { contentFolder, readLabs } from '../../src/labs/content/find.js';
import { LAB_SCHEMA } from '../../src/labs/format/schema.js';
import { lintLab } from '../../src/labs/lint/lint-lab.js';
import { type Ended, run } from '../cli/run.js';
import { temporaryFolder } from '../labs/home-folder.js';
import { AUTHORING_PAGE, PAGE_LAB, PAGE_LAB_FILE } from './page-lab.js';

const root = dirname(contentFolder());

/** The commands of the page, in their order, as words. */
const commands = [...AUTHORING_PAGE.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.trimEnd().split('\n'))
  .map((line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));

describe('docs/authoring.md', () => {
  // `check` proves the page's lab as the labs that ship are proven (proof.test.ts): here it is only linted.
  test('its commands work one after another on its lab, which breaks no rule', async () => {
    const folder = temporaryFolder();
    const environment = { KUBEDRILL_HOME: temporaryFolder() };
    const named = (word: string): string => word.replace('my-labs', join(folder, 'my-labs'));
    const file = named(PAGE_LAB_FILE);
    const ended = new Map<string, Ended>();
    for (const [program, verb = '', ...words] of commands) {
      expect(program).toBe('kubedrill');
      if (verb === 'check') expect(words).toEqual([PAGE_LAB_FILE]);
      else ended.set(verb, await run([verb, ...words.map(named)], environment));
      if (verb !== 'new') continue;
      expect(ended.get(verb)).toMatchObject({ code: 0, stderr: '' });
      writeFileSync(file, PAGE_LAB);
    }
    expect(commands.map(([, verb]) => verb)).toEqual(['new', 'check', 'try', 'list', 'new', 'new']);
    expect(readLabs([file], { lint: (lab, source) => lintLab(lab, source, false) }).problems).toEqual([]);
    expect(ended.get('try')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('k label node node02 disk=nvme'),
    });
    expect(ended.get('list')?.stdout).toContain('my-labs:cka/label-a-node ');
  });

  test('its links lead to pages that are there', () => {
    for (const [, target = ''] of AUTHORING_PAGE.matchAll(/\]\(([^)]+)\)/g))
      expect(() => readFileSync(join(root, 'docs', target)), target).not.toThrow();
  });
});

describe(REFERENCE_FILE, () => {
  const reference = authoringReference();

  test('is current (npm run schema writes it)', () => {
    expect(readFileSync(join(root, REFERENCE_FILE), 'utf8')).toBe(reference);
  });

  test('names every field of the schema', () => {
    for (const name of fieldNames(LAB_SCHEMA))
      expect(reference, name).toMatch(new RegExp(`\`${name}\`|^#+ (checks: )?${name}$`, 'm'));
  });
});

/** Names of fields wherever in a schema they stand, but those around the whole. */
function fieldNames(schema: unknown): string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) names.add(name);
      if (key !== 'examples' && key !== 'defaultSnippets') visit(inner);
    }
  };
  visit(schema);
  return [...names].filter((name) => !['apiVersion', 'kind', 'spec'].includes(name));
}
