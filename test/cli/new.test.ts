import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decksOf, lessonsOf } from '../../src/cli/content.js';
import { WORLD_NAMES } from '../../src/clusters/port.js';
import { CERTIFICATIONS, contentFolder, readLabs } from '../../src/labs/content/find.js';
import { labFiles } from '../../src/labs/content/lab-files.js';
import { LAB_SCHEMA } from '../../src/labs/format/schema.js';
import { lintLab } from '../../src/labs/lint/lint-lab.js';
import { temporaryFolder } from '../labs/home-folder.js';
import { run } from './run.js';

const templateOf = (certification: string): string =>
  readFileSync(join(contentFolder(), 'templates', `${certification}.yaml`), 'utf8');

const made = async (...more: readonly string[]): Promise<string> => {
  const folder = join(temporaryFolder(), 'mine');
  const { code, stderr } = await run(['new', 'lab', 'fix-it', '--to', folder, ...more]);
  expect([code, stderr]).toEqual([0, '']);
  return folder;
};

describe('new lab', () => {
  // The templates are proven with the labs that ship (test/content/proof.test.ts): a new lab is one under another name.
  test.each(CERTIFICATIONS)(
    'for %s is its template under another name, breaks no rule, and is in the catalogue',
    async (certification) => {
      const folder = await made('--certification', certification);
      const file = join(folder, certification, 'labs', 'fix-it.yaml');
      const differing = lines(templateOf(certification)).filter(
        (line) => !lines(readFileSync(file, 'utf8')).includes(line),
      );
      expect(differing).toEqual([expect.stringMatching(new RegExp(`^  name: ${certification} `))]);
      const { labs, problems } = readLabs([file], { lint: (lab, source) => lintLab(lab, source, true) });
      expect([labs.map(({ id }) => id), problems]).toEqual([[`${certification}/fix-it`], []]);
      expect((await run(['list', '--content', folder])).stdout).toContain(`mine:${certification}/fix-it `);
    },
  );

  test('teaches: each field of it has a comment before or beside it, and there is a guard, a mistake, a drawn value', () => {
    for (const certification of CERTIFICATIONS) {
      const text = templateOf(certification);
      for (const field of [
        'variants',
        'world',
        'task',
        'checks',
        'hints',
        'solution',
        'alternatives',
        'mistakes',
        'explains',
      ])
        expect(text, `${certification} ${field}`).toMatch(new RegExp(`  #[^\\n]*\\n  ${field}:`));
      for (const holds of ['guard: true', 'fails:', 'oneOf:', '# look', 'serves: 1']) expect(text).toContain(holds);
    }
  });

  test('takes another domain, whose types of task it does not know, and another world', async () => {
    const folder = await made('--certification', 'CKA', '--domain', 'storage', '--world', 'single-node');
    const [file = ''] = labFiles(folder).files;
    const [lab] = readLabs([file]).labs;
    expect(lab?.content.spec).toMatchObject({ domain: 'Storage', world: { base: 'single-node' } });
    expect(lab?.content.spec.types).toBeUndefined();
  });

  test('puts the schema where an editor is told to look, and the folder’s name', async () => {
    const folder = await made('--certification', 'cks');
    const file = join(folder, 'cks/labs/fix-it.yaml');
    const [, path = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(JSON.parse(readFileSync(join(file, '..', path), 'utf8'))).toEqual(JSON.parse(JSON.stringify(LAB_SCHEMA)));
    expect(readFileSync(join(folder, 'kubedrill.yaml'), 'utf8')).toMatch(/\nname: mine\n$/);
  });

  test('an older schema is renewed, somebody else’s and a name stay', async () => {
    const folder = join(temporaryFolder(), 'mine');
    mkdirSync(folder);
    writeFileSync(join(folder, 'kubedrill.yaml'), 'name: acme\n');
    writeFileSync(join(folder, 'lab.schema.json'), JSON.stringify({ $id: LAB_SCHEMA['$id'] }));
    const { stdout } = await run(['new', 'lab', 'one', '--certification', 'cka', '--content', folder]);
    expect(stdout).toContain('in the catalogue, as acme:cka/one');
    expect(readFileSync(join(folder, 'lab.schema.json'), 'utf8')).toContain('properties');
    writeFileSync(join(folder, 'lab.schema.json'), '{"title": "mine"}');
    await run(['new', 'lab', 'two', '--certification', 'cka'], { KUBEDRILL_CONTENT: folder });
    expect(existsSync(join(folder, 'cka/labs/two.yaml'))).toBe(true);
    expect(readFileSync(join(folder, 'lab.schema.json'), 'utf8')).toBe('{"title": "mine"}');
    expect(readFileSync(join(folder, 'kubedrill.yaml'), 'utf8')).toBe('name: acme\n');
  });

  test('overwrites nothing', async () => {
    const folder = await made('--certification', 'cka');
    const file = join(folder, 'cka/labs/fix-it.yaml');
    writeFileSync(file, 'mine');
    const { code, stderr } = await run(['new', 'lab', 'fix-it', '--certification', 'cka', '--to', folder]);
    expect([code, stderr]).toEqual([
      2,
      `${file} is there already, and nothing was changed. Take another name, or remove it first.\n`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('says what to do next', async () => {
    const folder = join(temporaryFolder(), 'mine');
    const { stdout } = await run(['new', 'lab', 'fix-it', '--certification', 'cka', '--to', folder]);
    expect(stdout).toContain(
      `Made ${folder}/cka/labs/fix-it.yaml, with ${folder}/lab.schema.json and ${folder}/kubedrill.yaml.`,
    );
    expect(stdout).toContain(`  kubedrill check --watch ${folder}/cka/labs/fix-it.yaml\n`);
    expect(stdout).toContain(`  kubedrill preview ${folder}/cka/labs/fix-it.yaml\n`);
    expect(stdout).toContain(`  export KUBEDRILL_CONTENT=${folder}\n`);
    expect(stdout).toContain('  kubedrill run mine:cka/fix-it\n');
  });

  test.each<[readonly string[], RegExp]>([
    [['lab', '--certification', 'cka'], /missing required argument 'name'/],
    [['lab', 'x'], /required option '--certification/],
    [['exam', 'x', '--certification', 'cka'], /"exam" is nothing that can be made/],
    [['lab', '../x', '--certification', 'cka'], /"\.\.\/x" can be no lab's name/],
    [['lab', 'X', '--certification', 'cka'], /"X" can be no lab's name/],
    [['lab', 'x', '--certification', 'ckx'], /"ckx" is no certification; there are cka, ckad, cks/],
    [
      ['lab', 'x', '--certification', 'cka', '--domain', 'Storag'],
      /cka has no domain "Storag"; did you mean "Storage"\?/,
    ],
    [['lab', 'x', '--certification', 'cka', '--domain', 'x'], /it has "Troubleshooting", /],
    [['lab', 'x', '--certification', 'cka', '--world', 'empty'], /begins in single-node or three-node; empty can be/],
  ])('misuse %j', async (argv, says) => {
    const { code, stdout, stderr } = await run(['new', ...argv]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });

  test('a folder that cannot be is a failure that says what to do', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { code, stderr } = await run(['new', 'lab', 'x', '--certification', 'cka', '--to', join(file, 'in')]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/cannot be written: .*\. Name another folder by --to/)]);
  });
});

describe('new lesson and new cards', () => {
  test('for each exam they hold when they are checked, which says so, and are found where they are used', {
    timeout: 120_000,
  }, async () => {
    const folder = join(temporaryFolder(), 'mine');
    for (const certification of CERTIFICATIONS)
      for (const kind of ['lesson', 'cards']) {
        const { code, stderr } = await run(['new', kind, 'first', '--certification', certification, '--to', folder]);
        expect([code, stderr]).toEqual([0, '']);
      }
    const checked = await run(['check', folder]);
    expect([checked.code, checked.stdout]).toEqual([
      0,
      [
        ...CERTIFICATIONS.map((certification) => `✓ ${certification}/first: 3 cards are as cards must be\n`),
        ...CERTIFICATIONS.map((certification) => `✓ ${certification}/lessons/first: 3 of 3 cases hold\n`),
      ].join(''),
    ]);
    const own = { content: [folder] };
    const found = lessonsOf(own).lessons.filter(({ id }) => id.startsWith('mine:'));
    expect(found.map(({ lesson }) => [lesson.metadata.name, lesson.spec.certification])).toEqual(
      CERTIFICATIONS.map((certification) => ['first', certification]),
    );
    expect(decksOf(own).decks.filter(({ id }) => id.startsWith('mine:'))).toHaveLength(3);
    expect(existsSync(join(folder, 'lesson.schema.json')) && existsSync(join(folder, 'deck.schema.json'))).toBe(true);
  });

  test('teach: each field has a comment before or beside it, and of cards there is one of each kind', () => {
    const lesson = templateOf('lesson');
    for (const field of ['world', 'steps', 'explains'])
      expect(lesson, field).toMatch(new RegExp(`  #[^\\n]*\\n  ${field}:`));
    for (const field of ['text', 'do', 'checks', 'solution', 'shows'])
      expect(lesson, field).toMatch(new RegExp(`      #[^\\n]*\\n      ${field}:`));
    for (const holds of ['guard: true', '# look']) expect(lesson).toContain(holds);
    const cards = templateOf('cards');
    for (const field of ['choices', 'order', 'gap']) expect(cards).toMatch(new RegExp(`^      ${field}:`, 'm'));
  });

  test('a lesson takes another domain and another world', async () => {
    const folder = join(temporaryFolder(), 'mine');
    const more = ['--domain', 'storage', '--world', 'three-node', '--to', folder];
    expect((await run(['new', 'lesson', 'disks', '--certification', 'cka', ...more])).code).toBe(0);
    const [spec] = lessonsOf({ content: [folder] })
      .lessons.filter(({ id }) => id.startsWith('mine:'))
      .map(({ lesson }) => lesson.spec);
    expect(spec).toMatchObject({ domain: 'Storage', world: { base: 'three-node' } });
    expect(spec?.types).toBeUndefined();
  });

  test.each<[readonly string[], RegExp]>([
    [['cards', 'x'], /required option '--certification/],
    [['cards', 'x', '--certification', 'cka', '--domain', 'Storage'], /Cards have neither a domain nor a world/],
    [['lesson', 'X', '--certification', 'cka'], /"X" can be no lab's name, nor that of a lesson/],
    [['lesson', 'x', '--certification', 'cka', '--world', 'empty'], /begins in single-node or three-node/],
  ])('misuse %j', async (argv, says) => {
    const { code, stdout, stderr } = await run(['new', ...argv]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });
});

test('the worlds offered are worlds', () => {
  expect(WORLD_NAMES).toEqual(expect.arrayContaining(['single-node', 'three-node']));
});

function lines(text: string): string[] {
  return text.split('\n');
}
