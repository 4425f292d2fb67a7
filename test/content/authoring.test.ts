import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authoringReference, REFERENCE_FILE } from '../../scripts/authoring-reference.js';
import { contentFolder } from '../../src/labs/content/find.js';
import { LAB_SCHEMA } from '../../src/labs/format/schema.js';
import { type Ended, run } from '../cli/run.js';
import { temporaryFolder } from '../labs/home-folder.js';

const root = dirname(contentFolder());
const page = readFileSync(join(root, 'docs', 'authoring.md'), 'utf8');

/** The commands of the page, in their order, as words. */
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.trimEnd().split('\n'))
  .map((line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));

describe('docs/authoring.md', () => {
  test('its commands work one after another on its lab, which proves', async () => {
    const folder = temporaryFolder();
    const environment = { KUBEDRILL_HOME: temporaryFolder() };
    const named = (word: string): string => word.replace('my-labs', join(folder, 'my-labs'));
    const ended = new Map<string, Ended>();
    for (const [program, verb = '', ...words] of commands) {
      expect(program).toBe('kubedrill');
      ended.set(verb, await run([verb, ...words.map(named)], environment));
      if (verb === 'new') writeFileSync(named('my-labs/cka/labs/label-a-node.yaml'), labOfPage());
    }
    expect([...ended.keys()]).toEqual(['new', 'check', 'try', 'list']);
    expect(ended.get('new')).toMatchObject({ code: 0, stderr: '' });
    expect(ended.get('check')).toMatchObject({ code: 0, stdout: '✓ cka/label-a-node: 12 of 12 cases hold\n' });
    expect(ended.get('try')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('k label node node02 disk=nvme'),
    });
    expect(ended.get('list')?.stdout).toContain('my-labs:cka/label-a-node ');
  }, 120_000);

  test('its links lead to pages that are there', () => {
    for (const [, target = ''] of page.matchAll(/\]\(([^)]+)\)/g))
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

function labOfPage(): string {
  return /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(page)?.[1] ?? '';
}

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
