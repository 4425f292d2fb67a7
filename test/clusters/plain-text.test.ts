import { expect, test } from 'vitest';
import { harmless, harmlessPainted } from '../../src/clusters/plain-text.js';

test.each([
  ['a title that clears the screen', '\x1b[2J\x1b[H', '\\u001b[2J\\u001b[H'],
  ['a clipboard that is written', 'x\x1b]52;c;eA==\x07y', 'x\\u001b]52;c;eA==\\u0007y'],
  ['the eight-bit form', '\x9b31m', '\\u009b31m'],
  ['a line that goes back over what was said', 'failed\rpassed', 'failed\\u000dpassed'],
  ['text that runs the other way', 'a\u202eb', 'a\\u202eb'],
  ['zero', 'a\0b', 'a\\u0000b'],
  ['what anybody writes', 'grüß Gott – 你好\tand\nmore', 'grüß Gott – 你好\tand\nmore'],
])('%s does nothing', (_, text, shown) => {
  expect(harmless(text)).toBe(shown);
  expect(harmless(shown)).toBe(shown);
});

test('our own colours stay, and nothing else does', () => {
  expect(harmlessPainted('\x1b[31m✗\x1b[39m \x1b[2Jx')).toBe('\x1b[31m✗\x1b[39m \\u001b[2Jx');
  expect(harmlessPainted('\x1b[1;31m\x1b[3')).toBe('\x1b[1;31m\\u001b[3');
});

test('JSON stays JSON', () => {
  const value = { title: '\x1b[2J\x9b\u202e' };
  expect(JSON.parse(harmlessPainted(JSON.stringify(value)))).toEqual(value);
});
