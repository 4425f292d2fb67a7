import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { APP_KEYS, LEADER_KEYS } from '../../../src/ui/keys/tables.js';
import { keyName } from '../../../src/ui/screens/key-bar.js';

const README = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');

function row(key: string, leaderKey: string, does: string): string {
  return `| ${key} | ${leaderKey && `Ctrl-] ${leaderKey}`} | ${does} |`;
}

function expectedRows(): string[] {
  const functions = APP_KEYS.rows.filter(({ intent }) => intent !== 'leader');
  const leaderKey = (intent: string): string => LEADER_KEYS.rows.find((each) => each.intent === intent)?.keys[0] ?? '';
  const byFunction = functions.map(({ keys, intent, does }) => row(keys[0] ?? '', shown(leaderKey(intent)), does));
  const shownAlready = new Set(functions.map(({ intent }) => intent));
  const others = LEADER_KEYS.rows.filter(({ intent }) => !shownAlready.has(intent));
  return [...byFunction, ...others.map(({ keys, does }) => row('', shown(keys[0] ?? ''), does))];
}

function shown(key: string): string {
  return keyName(key);
}

test('README lists the keys of the tables, in their words', () => {
  const listed = README.split('\n').filter((line) => /^\| (F\d+ |) ?\| Ctrl-\]/.test(line));
  expect(listed.map((line) => line.replace(/^\|\s+\|/, '|  |'))).toEqual(expectedRows());
});
