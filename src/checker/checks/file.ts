import { loadAll } from 'js-yaml';
import type { FileFacts } from '../../clusters/port.js';
import { CONDITIONS, type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { findAll, findValue } from '../json-path.js';
import { needsOfFile } from '../needs/host-needs.js';
import { formed, list, map, path, text } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface ContentCondition extends Condition {
  readonly jsonpath?: string;
  readonly not?: boolean;
}

interface FileSubject extends Condition {
  readonly file: {
    readonly host: string;
    readonly path: string;
    readonly type?: 'file' | 'directory' | 'symlink';
    /** Octal, such as `"0600"`. */
    readonly mode?: string;
    /** Octal: no bit that is not in it. */
    readonly mode_max?: string;
    /** `user` or `user:group`. */
    readonly owner?: string;
    /** Into its content read as YAML or JSON. */
    readonly jsonpath?: string;
    /** Several conditions at once. */
    readonly content?: readonly ContentCondition[];
    /** Another file of the host with the same bytes. */
    readonly same_as?: string;
  };
}

/** A file on a host: that it is there, what is in it, whose it is. */
export const file: CheckKind<FileSubject> = {
  field: 'file',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      path,
      type: { enum: ['file', 'directory', 'symlink'], description: 'What it is; anything when left out.' },
      mode: formed('Its permission bits, octal and in quotes.', '^[0-7]{3,4}$', { examples: ['0600'] }),
      mode_max: formed('Octal permission bits, of which it may lack some and have no others.', '^[0-7]{3,4}$', {
        examples: ['0640'],
      }),
      owner: text('Whose it is, as user or user:group.', { examples: ['root', 'root:root'] }),
      jsonpath: formed('Where to look in its content, read as YAML or JSON; of several documents in any.', '^\\$', {
        examples: ['$.kind'],
      }),
      content: list(
        map(
          {
            jsonpath: formed(
              'Where to look in its content, read as YAML or JSON; the text itself when left out.',
              '^\\$',
            ),
            not: { type: 'boolean', description: 'The condition must not hold.' },
            ...conditionFields,
          },
          [],
          'What its content must be.',
        ),
        'Several conditions, all of which its content must meet.',
        { minItems: 1 },
      ),
      same_as: formed('Another file of the host that must have the same content.', '^/'),
    },
    ['host', 'path'],
    'A file on a host: what is in it, and whose it is.',
  ),
  beside: conditionFields,
  needs: ({ file: { host, path, same_as: same } }, place) =>
    [path, ...(same === undefined ? [] : [same])].flatMap((one) => needsOfFile(host, one, place)),
  lint,
  async judge(subject, { cluster, host }) {
    const { host: base, path, jsonpath, content = [], same_as: sameAs } = subject.file;
    const found = await cluster.file(host(base), path);
    if (subject.absent && jsonpath === undefined)
      return { passed: found === undefined, expected: `no ${path}`, found: found ? 'it exists' : `no ${path}` };
    if (!found) return { passed: false, expected: `${path} exists`, found: 'no such file' };
    const wrong = judgeFacts(found, subject.file);
    if (wrong) return wrong;
    if (sameAs !== undefined) {
      const other = await cluster.file(host(base), sameAs);
      if (!(other && Buffer.from(other.content).equals(Buffer.from(found.content))))
        return { passed: false, expected: `the same as ${sameAs}`, found: other ? 'it differs' : `no file ${sameAs}` };
    }
    const text = Buffer.from(found.content).toString('utf8');
    const own = CONDITIONS.some((name) => name in subject) ? [{ ...subject, jsonpath, not: false }] : [];
    const verdicts = [...own, ...content].map((condition) => judgeContent(text, condition as ContentCondition));
    return (
      verdicts.find(({ passed }) => !passed) ??
      verdicts.at(-1) ?? { passed: true, expected: `${path} exists`, found: 'it exists' }
    );
  },
};

function judgeFacts(found: FileFacts, wanted: FileSubject['file']): Verdict | undefined {
  const { type, mode, mode_max: modeMax, owner } = wanted;
  const has = `mode ${found.mode.toString(8).padStart(4, '0')}`;
  if (type !== undefined && found.type !== type)
    return { passed: false, expected: `a ${type}`, found: `a ${found.type}` };
  if (mode !== undefined && found.mode !== Number.parseInt(mode, 8))
    return { passed: false, expected: `mode ${mode}`, found: has };
  if (modeMax !== undefined && (found.mode & ~Number.parseInt(modeMax, 8)) !== 0)
    return { passed: false, expected: `mode ${modeMax} or less`, found: has };
  const whose = owner?.includes(':') ? `${found.owner}:${found.group}` : found.owner;
  return owner !== undefined && whose !== owner
    ? { passed: false, expected: `owner ${owner}`, found: `owner ${whose}` }
    : undefined;
}

function judgeContent(text: string, { not = false, ...condition }: ContentCondition): Verdict {
  const verdict =
    condition.jsonpath === undefined
      ? judge(text.trimEnd(), condition)
      : judgeInside(text, condition.jsonpath, condition);
  if (!not || verdict.expected === NO_DOCUMENT) return verdict;
  return { ...verdict, passed: !verdict.passed, expected: `not ${verdict.expected}` };
}

const NO_DOCUMENT = 'YAML or JSON';

function judgeInside(text: string, path: string, condition: Condition): Verdict {
  try {
    const documents = loadAll(text).filter((document) => document !== null);
    if (documents.length === 0)
      return { passed: false, expected: NO_DOCUMENT, found: 'expected a document, but the input is empty' };
    // Of several documents those count that have the field.
    const having = documents.filter((document) => findAll(document, path).length > 0);
    const values = having.map((document) => findValue(document, path));
    return judge(values.length <= 1 ? values[0] : values, condition);
  } catch (error) {
    return {
      passed: false,
      expected: NO_DOCUMENT,
      found: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error),
    };
  }
}

function lint(subject: FileSubject, at: string, report: Report): void {
  lintCondition(subject, at, report);
  const { file: wanted } = subject;
  for (const [index, condition] of (wanted.content ?? []).entries())
    lintCondition(condition, `${at}/file/content/${index}`, report);
  if ('mode' in wanted && 'mode_max' in wanted)
    report(`${at}/file/mode_max`, 'stands beside mode, which already says all bits');
  if (wanted.jsonpath !== undefined && !CONDITIONS.some((name) => name in subject))
    report(`${at}/file/jsonpath`, 'is looked at by no condition: equals, contains, matches, exists …');
}
