import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contentFolder } from '../../src/labs/content/find.js';
import { LAB_SCHEMA } from '../../src/labs/format/schema.js';
import { run } from '../cli/run.js';
import { labOf } from '../labs/lab-text.js';

const page = readFileSync(join(dirname(contentFolder()), 'CONTRIBUTING.md'), 'utf8');

interface MapSchema {
  readonly properties: Readonly<Record<string, MapSchema>>;
  readonly required?: readonly string[];
  readonly items?: MapSchema;
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
}
const spec = (LAB_SCHEMA as unknown as MapSchema).properties['spec'] as MapSchema;
const check = spec.properties['checks']?.items as MapSchema;

/** The first column of the table that has this heading. */
function firstColumn(heading: string): string[] {
  const [, table = ''] = page.split(`| ${heading} |`);
  const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
  return rows.map((row) => row.split('|')[1]?.trim() ?? '');
}

describe('CONTRIBUTING', () => {
  test('its lab passes `kubedrill check`, which tells how far it is', async () => {
    const [, lab = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'kubedrill-contributing-'));
    try {
      const file = join(folder, 'label-a-node.yaml');
      writeFileSync(file, lab);
      expect(await run(['check', file])).toEqual({
        code: 0,
        stdout: '✓ cka/label-a-node: 8 of 8 cases hold\n',
        stderr: 'proving 1 lab, 8 cases\n',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 120_000);

  test('its steps of a world are as the format wants them', () => {
    const [, steps = ''] = /```yaml\n(steps:\n[\s\S]*?)```/.exec(page) ?? [];
    const world = `    base: three-node\n${steps.trimEnd().replace(/^/gm, '    ')}`;
    expect(labOf(['    base: three-node', world]).content.spec.world.steps).toHaveLength(6);
  });

  test('its table of fields is that of the schema, those that must be there in bold', () => {
    const fields = Object.keys(spec.properties).map((name) => (spec.required?.includes(name) ? `**${name}**` : name));
    expect(firstColumn('field').sort()).toEqual(fields.sort());
  });

  test('its table of subjects is that of the schema, and every other field of a check is named', () => {
    const subjects = (check.oneOf ?? []).flatMap(({ required }) => required);
    expect(
      firstColumn('subject')
        .flatMap((cell) => cell.split(', '))
        .sort(),
    ).toEqual([...subjects].sort());
    for (const field of Object.keys(check.properties))
      if (!subjects.includes(field)) expect(page).toMatch(new RegExp(`\`${field}[\`:]`));
  });
});
