import { FILTER_CALLS } from '../../../checker/filter.js';
import { findAll } from '../../../checker/json-path.js';
import type { LabRule } from '../rule.js';
import { textsIn } from '../texts.js';

const RESERVED =
  /\b(?:constructor|prototype|__proto__|__defineGetter__|__lookupGetter__|globalThis|process|require|import|Function|eval)\b/;

const wrongPath: LabRule = {
  name: 'wrong-jsonpath',
  says: 'a JSONPath can be read: brackets and quotes are closed, filters are expressions',
  remedy: 'write it as $.spec.containers[?(@.name=="web")].image',
  severity: 'error',
  check({ content }, report) {
    for (const { path, text } of pathsIn(content.spec.checks)) {
      const wrong = danger(text) === undefined ? problemIn(text) : undefined;
      if (wrong !== undefined) report(path, `${text} ${wrong}`);
    }
  },
};

const unsafePath: LabRule = {
  name: 'unsafe-jsonpath',
  says: 'a filter in a JSONPath compares and runs nothing',
  remedy: `compare with == != < > && || !, or ask ${[...FILTER_CALLS].join(', ')}`,
  severity: 'error',
  check({ content }, report) {
    for (const { path, text } of pathsIn(content.spec.checks)) {
      const wrong = danger(text);
      if (wrong !== undefined) report(path, `${text} ${wrong}`);
    }
  },
};

/** Paths into objects. */
export const jsonPaths: readonly LabRule[] = [wrongPath, unsafePath];

function pathsIn(checks: unknown): { readonly path: string; readonly text: string }[] {
  return textsIn(checks, 'spec/checks').filter(({ path }) => /\/(?:jsonpath|paths\/\d+|yamlpath)$/.test(path));
}

/** What a path does besides comparing; undefined when that is nothing. */
function danger(text: string): string | undefined {
  const bare = withoutQuoted(text);
  const called = [...bare.matchAll(/([\w$@\]]+)\s*\(/g)].map(([, name]) => name as string);
  const foreign = called.find((name) => !FILTER_CALLS.has(name) && name !== '@');
  const word = RESERVED.exec(text)?.[0];
  if (word !== undefined) return `names ${word}`;
  if (foreign !== undefined) return `calls ${foreign}`;
  return /[^=!<>]=(?![=~])|\+\+|--|`|=>|=~|\bnew\b|\/[^/]*\/[gimsuy]*\./.test(bare)
    ? 'does more than compare'
    : undefined;
}

function withoutQuoted(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '_');
}

/** Why a path cannot be followed; undefined when it can. */
function problemIn(path: string): string | undefined {
  const bare = withoutQuoted(path);
  if (/["']/.test(bare)) return 'has a quote that is not closed';
  const open: string[] = [];
  for (const sign of bare) {
    if (sign === '(' || sign === '[') open.push(sign);
    if ((sign === ')' && open.pop() !== '(') || (sign === ']' && open.pop() !== '['))
      return `has ${sign} too many, or another bracket before it open`;
  }
  if (open.length > 0) return `has ${open.at(-1)} that is not closed`;
  if (/\.{3}|\.$|\[\]/.test(bare)) return 'ends in a dot, or has nothing between two signs';
  return filterProblem(path);
}

/** Why a filter in it cannot be read. That is seen when something is held against it. */
function filterProblem(path: string): string | undefined {
  for (const [, filter] of path.matchAll(/\[\?\(((?:[^()]|\([^()]*\))*)\)\]/g)) {
    try {
      findAll([{}], `$[?(${filter})]`);
    } catch (error) {
      return `has a filter that cannot be read: ${(error as Error).message.replace(/^jsonPath: |: [^:]*$/g, '')}`;
    }
  }
  return undefined;
}
