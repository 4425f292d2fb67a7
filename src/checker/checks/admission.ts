import type { ApiResponse } from '../../clusters/port.js';
import { CONDITIONS, type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { type KubernetesObject, refusal, UndecidedError } from '../objects.js';
import { map, type Schema, text } from '../schema/words.js';
import { valueAt } from '../single-value.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';
import { userInfo, type Who, who } from '../who.js';

type Words = string | readonly string[];

interface AdmissionSubject extends Condition {
  readonly admission: {
    /** A whole object; for an update what is merged into the one that is there. */
    readonly object: KubernetesObject & { readonly apiVersion: string; readonly kind: string };
    readonly verb?: 'create' | 'update' | 'delete';
    readonly as?: Who;
    readonly accepted?: true;
    /** Words that the refusal must have. */
    readonly refused?: Words;
    /** Words that a warning must have; false: there must be none. */
    readonly warned?: Words | false;
  };
  /** Into the object as it would be stored. */
  readonly jsonpath?: string;
}

const words = (description: string, more: readonly Schema[] = []): Schema => ({
  description,
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }, ...more],
});

/** What the API server would make of an object: it is asked, and told to store nothing. */
export const admission: CheckKind<AdmissionSubject> = {
  field: 'admission',
  schema: map(
    {
      object: {
        type: 'object',
        required: ['apiVersion', 'kind', 'metadata'],
        description: 'The object that is handed in; for an update the fields that change.',
      },
      verb: { enum: ['create', 'update', 'delete'], description: 'What is tried with it; create when left out.' },
      as: who('Who hands it in; the administrator when left out.'),
      accepted: { const: true, description: 'It must be accepted as it is.' },
      refused: words('It must be refused, with these words in the reason.'),
      warned: words('It must be accepted with a warning of these words; false means without any.', [{ const: false }]),
    },
    ['object'],
    'What the API server would make of an object, which it does not store.',
  ),
  beside: { ...conditionFields, jsonpath: text('Into the object as it would be stored.', { pattern: '^\\$' }) },
  lint,
  async judge(subject, context) {
    const { refused, warned } = subject.admission;
    const response = await handIn(subject.admission, context);
    if (refused !== undefined) return judgeRefusal(response, [refused].flat());
    if (response.status >= 300) return { passed: false, expected: 'accepted', found: refusal(response) };
    if (warned !== undefined) {
      const verdict = judgeWarnings(response.warnings ?? [], warned);
      if (!verdict.passed || subject.jsonpath === undefined) return verdict;
    }
    if (subject.jsonpath === undefined) return { passed: true, expected: 'accepted', found: 'accepted' };
    return judge(valueAt(response.body, subject.jsonpath), subject);
  },
};

function lint(subject: AdmissionSubject, path: string, report: Report): void {
  lintCondition(subject, path, report);
  const { accepted, refused, warned } = subject.admission;
  const where = `${path}/admission`;
  if (refused !== undefined && (accepted || warned !== undefined))
    report(`${where}/refused`, 'stands beside what only an accepted object can be');
  if (accepted === undefined && refused === undefined && warned === undefined && subject.jsonpath === undefined)
    report(where, 'says no outcome: accepted, refused, warned, or jsonpath with a condition');
  if (refused !== undefined && subject.jsonpath !== undefined)
    report(`${path}/jsonpath`, 'looks into an object that is to be refused');
  if (subject.jsonpath !== undefined && !CONDITIONS.some((name) => name in subject))
    report(`${path}/jsonpath`, 'has no condition beside it, such as equals');
}

/** Asks with dryRun=All. Throws `UndecidedError` where the request itself cannot be made. */
async function handIn(
  { object, verb = 'create', as }: AdmissionSubject['admission'],
  { objects }: CheckContext,
): Promise<ApiResponse> {
  const { apiVersion, kind, metadata } = object;
  const collection = await objects.collection({ apiVersion, kind, ...metadata });
  if (collection === undefined)
    throw new UndecidedError(`the cluster has no kind ${kind} in ${apiVersion} that could be handed in`);
  if (verb !== 'create' && metadata.name === undefined)
    throw new UndecidedError(`which ${kind} is it to ${verb}? The object has no name`);
  const one = `${collection}/${encodeURIComponent(metadata.name)}?dryRun=All`;
  const somebody = as && { as: userInfo(as) };
  const response = await objects.request(
    verb === 'create'
      ? { method: 'POST', path: `${collection}?dryRun=All`, body: object, ...somebody }
      : verb === 'update'
        ? { method: 'PATCH', path: one, body: object, contentType: 'application/merge-patch+json', ...somebody }
        : { method: 'DELETE', path: one, ...somebody },
  );
  if ([404, 405, 409, 415, 429].includes(response.status) || response.status >= 500)
    throw new UndecidedError(`it could not be tried: ${refusal(response)}`);
  return response;
}

function judgeRefusal(response: ApiResponse, wanted: readonly string[]): Verdict {
  const expected = `refused with ${wanted.join(', ')}`;
  if (response.status < 300) return { passed: false, expected, found: 'accepted' };
  const reason = refusal(response);
  return { passed: wanted.every((word) => has(reason, word)), expected, found: reason };
}

function judgeWarnings(warnings: readonly string[], wanted: Words | false): Verdict {
  const found = warnings.length === 0 ? 'no warning' : warnings.join('; ');
  if (wanted === false) return { passed: warnings.length === 0, expected: 'no warning', found };
  const list = [wanted].flat();
  const passed = list.every((word) => warnings.some((warning) => has(warning, word)));
  return { passed, expected: `warned of ${list.join(', ')}`, found };
}

/** Whether words occur, upper or lower case. */
function has(text: string, word: string): boolean {
  return text.toLowerCase().includes(word.toLowerCase());
}
