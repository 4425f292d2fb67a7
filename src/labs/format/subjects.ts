import { CONDITIONS } from '../../checker/condition.js';
import type { Condition, Subject } from '../../checker/rubric.js';
import type { Report } from '../lint/rule.js';

/** `$.status.conditions[…].status` ends so; it is a text, `"True"`. */
const CONDITION_STATUS = /conditions\b.*\.status$/;

/** What would make a check look at something else than it says: fields nobody reads, two conditions, paths to texts. */
export function checkSubject(subject: Subject, path: string, report: Report): void {
  if ('all' in subject || 'any' in subject) {
    for (const name of ['all', 'any'] as const)
      for (const [index, part] of (subject[name] ?? []).entries())
        checkSubject(part, `${path}/${name}/${index}`, report);
  }
  const given = CONDITIONS.filter((name) => name in subject);
  const judged = 'resource' in subject || 'file' in subject;
  if (judged) checkCondition(subject, path, report);
  else
    for (const name of given) report(`${path}/${name}`, 'nothing is compared with it; only resource and file have one');
  if (!('resource' in subject)) {
    for (const name of ['jsonpath', 'over'])
      if (name in subject) report(`${path}/${name}`, 'belongs to a resource, and this check has none');
  } else {
    const { jsonpath, equals } = subject;
    if (typeof equals === 'boolean' && jsonpath !== undefined && CONDITION_STATUS.test(jsonpath))
      report(`${path}/equals`, `a condition's status is a text: write "${equals ? 'True' : 'False'}"`);
  }
  if ('script' in subject && subject.script.output)
    checkCondition(subject.script.output, `${path}/script/output`, report);
  if ('answer' in subject) checkAnswer(subject.answer, `${path}/answer`, report);
}

function checkCondition(condition: Condition, path: string, report: Report): void {
  const given = CONDITIONS.filter((name) => name in condition);
  for (const name of given.slice(1)) report(`${path}/${name}`, `stands beside ${given[0]}; a check has one condition`);
  const { matches } = condition;
  if (matches === undefined || matches.includes('{{')) return;
  try {
    new RegExp(matches, 'm');
  } catch (error) {
    report(`${path}/matches`, error instanceof Error ? error.message : String(error));
  }
}

function checkAnswer(answer: object, path: string, report: Report): void {
  const given = ['names', 'equals', 'resource'].filter((name) => name in answer);
  if (given.length === 0) report(path, 'says no right answer: names, equals, or resource with jsonpath');
  for (const name of given.slice(1)) report(`${path}/${name}`, `stands beside ${given[0]}; there is one right answer`);
  if ('resource' in answer && !('jsonpath' in answer)) report(path, 'jsonpath is missing: which field is the answer');
}
