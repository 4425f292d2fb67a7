import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { noticeText } from '../../../src/labs/session/notices.js';
import type { KeyTable } from '../../../src/ui/keys/key-row.js';
import { tableMessages } from '../../../src/ui/keys/table-messages.js';
import { rowKey, titleKey } from '../../../src/ui/keys/table-text.js';
import { TOLD } from '../../../src/ui/words/en/told.js';
import { ENGLISH } from '../../../src/ui/words/english.js';
import { textKey } from '../../../src/ui/words/words.js';
import { filesUnder, textOf } from '../../house/tree.js';

/** Texts of the code that nobody reads in a language: commands, addresses, parts of names. */
const NO_WORDS: ReadonlySet<string> = new Set([
  'kubedrill',
  'kubedrill exam',
  'kubedrill review',
  'kubedrill run',
  'alt-',
  'ctrl-',
  'https://',
  'key-table.',
  'keys.',
  'leader',
  'number-',
  'ssh',
  'steps.',
]);

const isOurs = (file: string): boolean => /\.tsx?$/.test(file) && !file.startsWith('src/ui/words/en/');
const inTables = new Set(tableMessages().values());

/** The literals of a file that look like something to be read. */
function textsIn(file: string): string[] {
  const source = ts.createSourceFile(file, textOf(file) ?? '', ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    // What breaks is told in English, to whoever mends it.
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return;
    const text = literalOf(node);
    if (text !== undefined && looksReadable(text, node) && !NO_WORDS.has(text.trim()) && !inTables.has(text))
      texts.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${JSON.stringify(text)}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function literalOf(node: ts.Node): string | undefined {
  const { kind } = node;
  const isPiece =
    kind === ts.SyntaxKind.TemplateHead || kind === ts.SyntaxKind.TemplateMiddle || kind === ts.SyntaxKind.TemplateTail;
  if (isPiece || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node))
    return (node as ts.LiteralLikeNode).text;
  return undefined;
}

/** Names that the program uses are single words in small letters; what is between values is nearly always to be read. */
function looksReadable(text: string, node: ts.Node): boolean {
  if (!/[A-Za-z]{2,}/.test(text) || /^[A-Z_0-9]+$/.test(text) || text.includes('\x1b')) return false;
  const isWhole = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  return !isWhole || /\s/.test(text) || /^[A-Z][a-z]/.test(text);
}

test('no text of the screens stands outside of the catalogue and the key tables', () => {
  const files = filesUnder('src/ui').filter(isOurs);
  expect(files.length).toBeGreaterThan(80);
  const ours = files.filter((file) => file !== 'src/ui/words/message.ts');
  expect(ours.flatMap(textsIn)).toEqual([]);
});

/** What is told in English while one waits, by rooms that know no screens. */
function stepsTold(): string[] {
  const code = [...filesUnder('src/labs'), ...filesUnder('src/cli')].map((file) => textOf(file)).join('\n');
  return [...code.matchAll(/onStep\??\.?\('([^']*)'[,)]/g)].map(([, step = '']) => step);
}

test('translators know the steps that are told while one waits, and what sessions say', () => {
  const told = Object.entries(TOLD).filter(([key]) => key.startsWith('steps.'));
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(stepsTold().map((step) => [`steps.${textKey(step)}`, step])),
  );
  expect(noticeText('new-shell')).toBe(ENGLISH['session.new-shell']);
  expect(noticeText('own-editor', { path: '{path}' })).toBe(ENGLISH['session.own-editor']);
});

test('every key of the catalogue is used', () => {
  const code = [...filesUnder('src/ui').filter(isOurs), ...filesUnder('src/cli')]
    .map((file) => textOf(file))
    .join('\n');
  expect(Object.keys(ENGLISH).filter((key) => !key.startsWith('steps.') && !code.includes(`'${key}'`))).toEqual([]);
});

describe('key tables', () => {
  const files = filesUnder('src/ui/keys').filter((file) => /(?:tables|rows)\.ts$/.test(file));
  const messages = tableMessages();

  test.each(files)('%s: translators know all its texts, each by a key of its own', async (file) => {
    const path = join(import.meta.dirname, '../../..', file);
    const room = (await import(/* @vite-ignore */ path)) as Record<string, unknown>;
    const tables = Object.values(room).filter(
      (one): one is KeyTable => typeof one === 'object' && one !== null && 'rows' in one,
    );
    const rows = tables.flatMap((table) => table.rows.flatMap(({ does, bar = does }) => [does, bar]));
    const titles = tables.map(({ title }) => title);
    expect(rows.filter((text) => messages.get(rowKey(text)) !== text)).toEqual([]);
    expect(titles.filter((text) => messages.get(titleKey(text)) !== text)).toEqual([]);
  });

  test('no key stands in the catalogue too', () => {
    expect([...messages.keys()].filter((key) => key in ENGLISH)).toEqual([]);
  });
});
