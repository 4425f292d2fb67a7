import { load } from 'js-yaml';
import { CONDITIONS, type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { findValue } from '../json-path.js';
import { formed, map, path, text } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface FileSubject extends Condition {
  readonly file: {
    readonly host: string;
    readonly path: string;
    /** Octal, such as `"0600"`. */
    readonly mode?: string;
    /** `user` or `user:group`. */
    readonly owner?: string;
    /** Into its content read as YAML or JSON. */
    readonly jsonpath?: string;
  };
}

/** A file on a host: that it is there, what is in it, whose it is. */
export const file: CheckKind<FileSubject> = {
  field: 'file',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      path,
      mode: formed('Its permission bits, octal and in quotes.', '^[0-7]{3,4}$', { examples: ['0600'] }),
      owner: text('Whose it is, as user or user:group.', { examples: ['root', 'root:root'] }),
      jsonpath: formed('Where to look in its content, read as YAML or JSON.', '^\\$', { examples: ['$.kind'] }),
    },
    ['host', 'path'],
    'A file on a host: what is in it, and whose it is.',
  ),
  beside: conditionFields,
  needs: () => ['hosts'],
  lint: lintCondition,
  async judge(subject, { cluster, host }) {
    const { host: base, path, mode, owner, jsonpath } = subject.file;
    const found = await cluster.file(host(base), path);
    if (subject.absent && jsonpath === undefined)
      return { passed: found === undefined, expected: `no ${path}`, found: found ? 'it exists' : `no ${path}` };
    if (!found) return { passed: false, expected: `${path} exists`, found: 'no such file' };
    if (mode !== undefined && found.mode !== Number.parseInt(mode, 8)) {
      return { passed: false, expected: `mode ${mode}`, found: `mode ${found.mode.toString(8).padStart(4, '0')}` };
    }
    const whose = owner?.includes(':') ? `${found.owner}:${found.group}` : found.owner;
    if (owner !== undefined && whose !== owner)
      return { passed: false, expected: `owner ${owner}`, found: `owner ${whose}` };
    if (!CONDITIONS.some((name) => name in subject))
      return { passed: true, expected: `${path} exists`, found: 'it exists' };
    const text = Buffer.from(found.content).toString('utf8');
    return jsonpath === undefined ? judge(text.trimEnd(), subject) : judgeInside(text, jsonpath, subject);
  },
};

function judgeInside(text: string, path: string, condition: Condition): Verdict {
  try {
    return judge(findValue(load(text), path), condition);
  } catch (error) {
    return {
      passed: false,
      expected: 'YAML or JSON',
      found: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error),
    };
  }
}
