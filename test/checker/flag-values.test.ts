import { expect, test } from 'vitest';
import { flagValue } from '../../src/checker/flags/values.js';

test.each<[string, 'text' | 'boolean' | 'list', unknown]>([
  ['', 'text', undefined],
  ['', 'list', undefined],
  ['', 'boolean', undefined],
  ['--x=1 --x=2', 'text', '2'],
  ['--x 1', 'text', '1'],
  ['-x 1', 'text', '1'],
  // A flag that another follows stands alone; a number below 0 is no flag.
  ['--x --y', 'text', 'true'],
  ['--x -y', 'text', 'true'],
  ['--x -1', 'text', '-1'],
  ['--x', 'text', 'true'],
  ['--x false', 'boolean', true],
  ['--x=f', 'boolean', false],
  ['--x=perhaps', 'boolean', 'perhaps'],
  ['--x=a,b --x=c', 'list', ['a', 'b', 'c']],
  ['--x=', 'list', []],
  ['-- --x=1', 'text', undefined],
])('%s as %s', (argv, form, value) => {
  expect(flagValue(argv.split(' '), 'x', form)).toEqual(value);
});
