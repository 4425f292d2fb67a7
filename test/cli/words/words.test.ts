import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { chooseWords, speakChosen } from '../../../src/cli/words/choose-words.js';
import { englishMessages } from '../../../src/cli/words/english-messages.js';
import { findTranslation } from '../../../src/cli/words/find-translation.js';
import { readTranslation } from '../../../src/cli/words/read-translation.js';
import { contentFolder } from '../../../src/labs/content/content-folder.js';
import { noticeText } from '../../../src/labs/session/notices.js';
import { say, sayStep, speak } from '../../../src/ui/words/words.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { run } from '../run.js';

afterEach(() => speak());

/** A home with translations of these names. */
function homeWith(files: Readonly<Record<string, string>>): string {
  const home = temporaryFolder();
  mkdirSync(join(home, 'words'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, 'words', name), text);
  return home;
}

const GERMAN = `exam-jump.title: Zu einer Aufgabe
lab.seed: 'Samen {seed}'
session.own-editor: '{path} ist offen'
steps.opening-a-terminal: Terminal wird geöffnet
`;

describe('the language', () => {
  const files = { 'de.yaml': GERMAN, 'pt-BR.json': '{}', 'fr.yml': '' };

  test.each<[environment: Record<string, string>, path: string | undefined]>([
    [{}, undefined],
    [{ KUBEDRILL_LANG: 'de' }, 'de.yaml'],
    [{ KUBEDRILL_LANG: 'de_AT' }, 'de.yaml'],
    [{ KUBEDRILL_LANG: 'pt-BR' }, 'pt-BR.json'],
    [{ KUBEDRILL_LANG: 'en', LANG: 'de_DE.UTF-8' }, undefined],
    [{ LANG: 'de_DE.UTF-8' }, 'de.yaml'],
    [{ LANG: 'de_DE@euro' }, 'de.yaml'],
    [{ LC_MESSAGES: 'fr_FR.UTF-8', LANG: 'de_DE.UTF-8' }, 'fr.yml'],
    [{ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, undefined],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'de_DE.UTF-8' }, undefined],
    [{ LANG: 'pt_PT.UTF-8' }, undefined],
    [{ LANG: '../../de' }, undefined],
    [{ LANG: 'xx_XX' }, undefined],
  ])('%j', (environment, name) => {
    const home = homeWith(files);
    const found = findTranslation({ KUBEDRILL_HOME: home, ...environment });
    expect(found.what === 'file' ? found.path : undefined).toBe(name && join(home, 'words', name));
  });

  test('may be a file by its path', () => {
    expect(findTranslation({ KUBEDRILL_LANG: './mine/fr_CA.yml' })).toEqual({
      what: 'file',
      tag: 'fr-CA',
      path: './mine/fr_CA.yml',
    });
  });

  test('is spoken by the screens', async () => {
    const home = homeWith(files);
    expect(await speakChosen({ KUBEDRILL_HOME: home, KUBEDRILL_LANG: 'de' })).toEqual([]);
    expect([say('exam-jump.title'), say('exam-jump.how')]).toEqual(['Zu einer Aufgabe', 'type its number']);
    expect(noticeText('own-editor', { path: '/tmp/a' })).toBe('/tmp/a ist offen');
    expect([sayStep('opening a terminal'), sayStep('doing {this}')]).toEqual([
      'Terminal wird geöffnet',
      'doing {this}',
    ]);
    expect(await speakChosen({ KUBEDRILL_HOME: home })).toEqual([]);
    expect(say('exam-jump.title')).toBe('Jump to a task');
  });

  test.each([
    ['xx', `There is no translation called xx in HOME/words or ${join(contentFolder(), 'words')}. English`],
    ['../de', 'The translation ../de cannot be read: there is no such file. English'],
    ['DE$', 'There is no translation called DE$. English'],
  ])('%s is not there, which is said on the screens', async (asked, said) => {
    const home = temporaryFolder();
    const [notice] = await speakChosen({ KUBEDRILL_HOME: home, KUBEDRILL_LANG: asked });
    expect(notice).toBe(`${said.replace('HOME', home)} is spoken.`);
  });

  test('of which nothing can be used is told on the screens', async () => {
    const path = join(homeWith({ 'xx.yaml': 'a: [' }), 'words', 'xx.yaml');
    expect((await speakChosen({ KUBEDRILL_LANG: path }))[0]).toMatch(
      /^Nothing of the translation can be used: is no YAML/,
    );
  });
});

test('what docs/translating.md shows is a translation', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/translating.md'), 'utf8');
  const { messages, problems } = readTranslation(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '', englishMessages());
  expect([messages.size, problems]).toEqual([2, []]);
  for (const [, english = '', key = ''] of page.matchAll(/^# (.*)\n(\S+): '/gm))
    expect(englishMessages().get(key)).toBe(english);
});

describe('new words', () => {
  test('has every text to be translated, above each its English, and is a translation at once', async () => {
    const home = temporaryFolder();
    const { code, stdout } = await run(['new', 'words', 'de'], { KUBEDRILL_HOME: home });
    const file = join(home, 'words', 'de.yaml');
    expect([code, stdout]).toEqual([0, expect.stringContaining(`Made ${file}.`)]);
    const english = englishMessages();
    const text = readFileSync(file, 'utf8');
    for (const [key, message] of english) expect(text).toContain(`\n# ${message}\n${key}: ''\n`);
    const { translation } = await chooseWords({ KUBEDRILL_HOME: home, KUBEDRILL_LANG: 'de' });
    expect(translation).toMatchObject({ problems: [], missing: [...english.keys()] });
  });

  test('whose English is put in as it is breaks nothing', async () => {
    const text = [...englishMessages()].map(([key, message]) => `${key}: ${JSON.stringify(message)}`).join('\n');
    const home = homeWith({ 'xx.yaml': text });
    const { translation } = await chooseWords({ KUBEDRILL_HOME: home, KUBEDRILL_LANG: 'xx' });
    expect(translation).toMatchObject({ problems: [], missing: [] });
  });

  test('goes into a folder that is named, and overwrites nothing', async () => {
    const folder = join(temporaryFolder(), 'deep', 'words');
    expect((await run(['new', 'words', 'fr', '--to', folder])).code).toBe(0);
    writeFileSync(join(folder, 'fr.yaml'), 'mine');
    const { code, stderr } = await run(['new', 'words', 'fr', '--to', folder]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is there already, and nothing was changed')]);
    expect(readFileSync(join(folder, 'fr.yaml'), 'utf8')).toBe('mine');
  });

  test('is refused for what is no language', async () => {
    const { code, stderr } = await run(['new', 'words', '../x'], { KUBEDRILL_HOME: temporaryFolder() });
    expect([code, stderr]).toEqual([2, expect.stringContaining('"../x" is no language')]);
  });
});

describe('doctor', () => {
  test('says which language is spoken, and what is not there yet', async () => {
    const home = homeWith({ 'de.yaml': GERMAN });
    const { code, stdout } = await run(['doctor'], { KUBEDRILL_HOME: home, KUBEDRILL_LANG: 'de' });
    const all = englishMessages().size;
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(`✓ language   de: 4 of ${all} texts, ${home}/words/de.yaml\n`),
    ]);
    expect(stdout).toContain(`not there yet: editor.waiting: Waiting for your editor to close the file\n`);
    expect(stdout).toContain(`             and ${all - 34} more that are not there yet\n`);
  });

  test('says what is wrong in a translation with file, line and key', async () => {
    const home = homeWith({ 'de.yaml': `${GERMAN}exam-jump.whow: x\nlab.points: '{points'\n` });
    const { code, stdout } = await run(['doctor'], { KUBEDRILL_HOME: home, KUBEDRILL_LANG: 'de' });
    expect(code).toBe(1);
    expect(stdout).toContain(`de.yaml:5: exam-jump.whow: there is no such key; did you mean exam-jump.how?\n`);
    expect(stdout).toContain('de.yaml:6: lab.points: has a { without its }, before points\n');
  });

  test('says that there is no such translation', async () => {
    const { code, stdout } = await run(['doctor'], { KUBEDRILL_HOME: temporaryFolder(), KUBEDRILL_LANG: 'xx' });
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/✗ language {3}There is no translation called xx in .*\n +`kubedrill new words/),
    ]);
  });
});
