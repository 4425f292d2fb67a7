import { describeValue, type Verdict } from '../condition.js';
import { findValue } from '../json-path.js';
import { type ObjectRef, objectRef } from '../object-ref.js';
import { canonicalName, refName } from '../reference.js';
import { formed, map, path, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

interface AnswerSubject {
  readonly answer: {
    readonly host: string;
    readonly path: string;
    /** A resource as kind/name, however its kind is spelled. */
    readonly names?: string;
    /** The text, white space at both ends apart. */
    readonly equals?: string | number;
    /** The text equals what the cluster says at this path. */
    readonly resource?: ObjectRef;
    readonly jsonpath?: string;
  };
}

/** A file in which the learner wrote an answer. */
export const answer: CheckKind<AnswerSubject> = {
  field: 'answer',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      path,
      names: text('A resource as kind/name, however its kind is spelled.'),
      equals: { type: ['string', 'number'], description: 'The right text; white space at both ends does not count.' },
      resource: objectRef(),
      jsonpath: formed('The path in that object at which the right answer stands.', '^\\$'),
    },
    ['host', 'path'],
    'A file into which the learner writes an answer.',
  ),
  needs: () => ['hosts'],
  lint,
  async judge({ answer: subject }, context) {
    const content = await context.cluster.file(context.host(subject.host), subject.path);
    const text = content && Buffer.from(content.content).toString('utf8').trim();
    if (subject.names !== undefined) return named(subject.names, text, subject.path);
    const right = await rightAnswer(subject, context);
    if (typeof right !== 'string') return right;
    return {
      passed: text === right,
      expected: right,
      found: text === undefined ? `no file ${subject.path}` : describeValue(text),
    };
  },
};

function lint({ answer: subject }: AnswerSubject, path: string, report: Report): void {
  const given = ['names', 'equals', 'resource'].filter((name) => name in subject);
  const where = `${path}/answer`;
  if (given.length === 0) report(where, 'says no right answer: names, equals, or resource with jsonpath');
  for (const name of given.slice(1)) report(`${where}/${name}`, `stands beside ${given[0]}; there is one right answer`);
  if ('resource' in subject && !('jsonpath' in subject))
    report(where, 'jsonpath is missing: which field is the answer');
}

function named(names: string, text: string | undefined, path: string): Verdict {
  if (text === undefined) return { passed: false, expected: names, found: `no file ${path}` };
  const right = canonicalName(names);
  return {
    passed: right !== undefined && canonicalName(text) === right,
    expected: names,
    found: describeValue(text),
  };
}

/** What the file should say: a given text, or what the cluster says at a path. */
async function rightAnswer(subject: AnswerSubject['answer'], { objects }: CheckContext): Promise<string | Verdict> {
  if (subject.equals !== undefined) return String(subject.equals).trim();
  if (!subject.resource) return '';
  const [object] = await objects.read(subject.resource);
  if (!object)
    return { passed: false, expected: `${refName(subject.resource)} to compare with`, found: 'it does not exist' };
  return describeValue(findValue(object, subject.jsonpath ?? '$')).trim();
}
