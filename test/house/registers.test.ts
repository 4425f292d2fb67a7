import { describe, expect, test } from 'vitest';
import { disagreements, type Register, thingsIn } from './register.js';
import { filesUnder } from './tree.js';

/** Registers that are not simply a `register.ts` in the folder it lists, or that have neighbours which are no entries. */
const special: readonly Register[] = [
  {
    folder: 'src/cli',
    file: 'src/cli/register.ts',
    except: [
      'cause',
      'command',
      'content',
      'expected',
      'find-lab',
      'io',
      'markdown-text',
      'open',
      'plain',
      'plain-terminal',
      'program',
      'real',
      'report-text',
      'screens',
      'version',
      'watch-files',
      'words',
    ],
  },
  {
    folder: 'src/sim/programs',
    file: 'src/sim/programs/register.ts',
    except: ['editor', 'own-editor', 'own-path', 'web'],
  },
  {
    folder: 'src/sim/worlds/add-ons',
    file: 'src/sim/worlds/add-ons/register.ts',
    except: ['add-on', 'schema-notation'],
  },
];

const ordinary = filesUnder('src')
  .filter((path) => path.endsWith('/register.ts') && !special.some(({ file }) => file === path))
  .map((file) => ({ folder: file.slice(0, -'/register.ts'.length), file }));

describe('the comparison sees every difference', () => {
  const register = { folder: 'test/house', file: 'test/house/registers.test.ts' };
  const things = thingsIn(register);
  const line = (name: string): string => `import { x } from './${name}.js';`;
  test.each([
    ['all listed in order', things, []],
    ['one missing', things.slice(1), [`${register.file} does not list ${things[0]}`]],
    ['one too many', [...things, 'zebra'], [`${register.file} lists zebra: no such file`]],
    ['out of order', [...things].reverse(), [`${register.file} is not in alphabetical order`]],
  ])('%s', (_, listed, wrong) => {
    expect(disagreements(register, listed.map(line).join('\n'))).toEqual(wrong);
  });
});

test.each([...ordinary, ...special])('$file lists what its folder holds', (register) => {
  expect(thingsIn(register)).not.toEqual([]);
  expect(disagreements(register)).toEqual([]);
});
