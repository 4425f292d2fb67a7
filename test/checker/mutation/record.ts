import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { readSource } from './mutants.js';

/** What is recorded of a file of the checker: what became of its mutants when they were last tried. */
export interface Line {
  readonly path: string;
  /** Of the file without its comments and its wording. */
  readonly hash: string;
  readonly mutants: number;
  readonly excused: number;
  /** Survivors that have neither a row nor an excuse yet. */
  readonly open: number;
}

/** Where the lines are kept. */
export const RECORD = 'test/checker/mutants.txt';
const EXCUSED = 'test/checker/mutation/excused.txt';

/** The recorded lines, by their files. */
export function readRecord(): ReadonlyMap<string, Line> {
  const lines = readFileSync(RECORD, 'utf8').split('\n');
  const words = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/\s+/));
  return new Map(
    words.map(([path = '', hash = '', mutants, , excused, open]) => [
      path,
      { path, hash, mutants: Number(mutants), excused: Number(excused), open: Number(open) },
    ]),
  );
}

/** The lines as they are kept, in the order of their files. */
export function recordText(lines: Iterable<Line>): string {
  const sorted = [...lines].sort((one, other) => (one.path < other.path ? -1 : 1));
  const rows = sorted.map(({ path, hash, mutants, excused, open }) =>
    [path.padEnd(28), hash, ...[mutants, mutants - excused - open, excused, open].map((n) => `${n}`.padStart(7))].join(
      ' ',
    ),
  );
  const head = `# ${'file'.padEnd(26)} ${'hash'.padEnd(12)} mutants  caught excused    open`;
  return [`# Written by \`npm run mutants\`: what the checker's tables notice.`, head, ...rows, ''].join('\n');
}

/** The survivors that are excused, as `path key`, by why: they change nothing that anybody could see. */
export function readExcuses(): ReadonlyMap<string, string> {
  const excuses = new Map<string, string>();
  let reason = '';
  for (const line of readFileSync(EXCUSED, 'utf8').split('\n'))
    if (line.startsWith('# ')) reason = line.slice(2);
    else if (line !== '') excuses.set(line, reason);
  return excuses;
}

/** A digest of a source that stays when only its comments, its layout or its wording change. */
export function hashOf(source: string): string {
  const hash = createHash('sha256');
  const file = readSource('source.ts', source);
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(file);
    if (children.length === 0) hash.update(`${isWording(node) ? '""' : node.getText(file)}\n`);
    for (const child of children) if (!ts.isJSDoc(child)) visit(child);
  };
  visit(file);
  return hash.digest('hex').slice(0, 12);
}

/** A text of several words is for people; a single word is for programs. */
function isWording(node: ts.Node): boolean {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return /\s/.test(node.text);
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}
