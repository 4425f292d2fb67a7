import { describeValue, type Verdict } from '../condition.js';
import { findValue } from '../json-path.js';
import { canonicalName, refName } from '../reference.js';
import type { AnswerSubject } from '../rubric.js';
import type { CheckContext, CheckKind } from '../subject.js';

/** A file in which the learner wrote an answer. */
export const answer: CheckKind<AnswerSubject> = {
  field: 'answer',
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
