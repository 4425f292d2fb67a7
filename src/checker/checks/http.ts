import { type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { needsOfAsking } from '../needs/source-needs.js';
import { ask, secondsOf } from '../network/ask.js';
import {
  judgeCertificate,
  needsOfCertificate,
  type ShownCertificate,
  shownCertificate,
} from '../network/certificate.js';
import { untilGood } from '../network/run.js';
import type { Answered, WebAnswer } from '../network/web-answer.js';
import { lintWebRequest, placesOf, type WebRequest, webRequest } from '../network/web-request.js';
import { PLACES, type Source, source } from '../places.js';
import { flag, map, type Schema, text } from '../schema/words.js';
import { valueAt } from '../single-value.js';
import type { CheckContext, CheckKind } from '../subject.js';

interface Gives {
  readonly code?: number | readonly number[];
  readonly body?: Condition & {
    /** Into a body that is JSON. */
    readonly jsonpath?: string;
  };
  readonly headers?: Readonly<Record<string, Condition>>;
  readonly certificate?: ShownCertificate;
}

interface HttpSubject {
  readonly http: WebRequest & {
    readonly from: Source;
    /** False: nobody must answer. */
    readonly answers?: false;
    readonly gives?: Gives;
  };
}

const condition = (more: Record<string, Schema>, description: string): Schema =>
  map({ ...conditionFields, ...more }, [], description);

/** What a web server answers. From several pods or to several, every answer must be so. */
export const http: CheckKind<HttpSubject> = {
  field: 'http',
  schema: webRequest(
    {
      from: source,
      answers: { ...flag('False when nobody must answer at all.'), const: false },
      gives: map(
        {
          code: {
            description: 'The status code, or one of several.',
            oneOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' }, minItems: 1 }],
          },
          body: condition(
            { jsonpath: text('Into a body that is JSON.', { pattern: '^\\$' }) },
            'A condition on the body of the answer.',
          ),
          headers: {
            type: 'object',
            additionalProperties: condition({}, 'A condition on the header of this name.'),
            description: 'Conditions on headers of the answer, by name.',
          },
          certificate: shownCertificate,
        },
        [],
        'What the answer must be like; any answer will do when left out.',
      ),
    },
    ['from'],
    'What a web server answers.',
  ),
  touches: 'probes',
  needs: ({ http: { from, to, gives } }, place) => [
    ...needsOfAsking(from, to),
    ...needsOfCertificate(gives?.certificate, place),
  ],
  waits: ({ http: request }) => secondsOf(request) * PLACES,
  lint({ http: subject }, path, report) {
    const where = `${path}/http`;
    lintWebRequest(subject, where, report);
    const { answers, gives } = subject;
    if (answers === false && gives) report(`${where}/gives`, 'says what is answered where nobody may answer');
    if (gives?.body) lintCondition(gives.body, `${where}/gives/body`, report);
    for (const [name, one] of Object.entries(gives?.headers ?? {}))
      lintCondition(one, `${where}/gives/headers/${name}`, report);
    if (gives?.certificate && !/^https:|\{\{/.test(subject.url ?? (subject.tls ? 'https:' : '')))
      report(`${where}/gives/certificate`, 'is shown by https only');
  },
  async judge({ http: subject }, context) {
    const expected = subject.answers === false ? 'no answer' : 'an answer';
    const probers = await context.probes.probers(subject.from, context.host, 'curl');
    if (probers.length === 0) return { passed: false, expected, found: 'no pods to ask from' };
    const places = await placesOf(subject, context);
    if (places.length === 0) return { passed: false, expected, found: 'no pods to ask' };
    // That somebody is new decides whether there is an answer, never which.
    const isWanted = (answer: Answered): boolean => 'none' in answer === (subject.answers === false);
    let last: Verdict | undefined;
    for (const prober of probers) {
      for (const place of places) {
        const answer = await untilGood(prober, () => ask(prober, subject, place), isWanted);
        const verdict = await judgeAnswer(answer, subject, context);
        last = { ...verdict, found: `${prober.name} → ${place.connectTo ?? place.url}: ${verdict.found}` };
        if (!last.passed) return last;
      }
    }
    return last as Verdict;
  },
};

async function judgeAnswer(
  answer: Answered,
  { answers, gives = {} }: HttpSubject['http'],
  context: CheckContext,
): Promise<Verdict> {
  if ('none' in answer)
    return {
      passed: answers === false,
      expected: answers === false ? 'no answer' : inWords(gives),
      found: answer.none,
    };
  if (answers === false) return { passed: false, expected: 'no answer', found: `code ${answer.code}` };
  let last: Verdict = { passed: true, expected: 'an answer', found: `code ${answer.code}` };
  for (const part of parts(gives)) {
    last = await part(answer, context);
    if (!last.passed) return last;
  }
  return last;
}

type Part = (answer: WebAnswer, context: CheckContext) => Verdict | Promise<Verdict>;

/** What is asked of an answer, one by one. */
function parts({ code, body, headers = {}, certificate }: Gives): readonly Part[] {
  return [
    ...(code === undefined ? [] : [(answer: WebAnswer) => judgeCode(answer, [code].flat())]),
    ...Object.entries(headers).map(
      ([name, one]): Part =>
        (answer) =>
          prefixed(`${name}: `, judge(answer.headers[name.toLowerCase()], one)),
    ),
    ...(body ? [(answer: WebAnswer) => judgeBody(answer, body)] : []),
    ...(certificate
      ? [(answer: WebAnswer, context: CheckContext) => judgeCertificate(answer.certificates, certificate, context)]
      : []),
  ];
}

function judgeCode(answer: WebAnswer, codes: readonly number[]): Verdict {
  const location = answer.headers['location'];
  return {
    passed: codes.includes(answer.code),
    expected: `code ${codes.join(' or ')}`,
    found: `code ${answer.code}${location === undefined ? '' : ` to ${location}`}`,
  };
}

function judgeBody({ body }: WebAnswer, { jsonpath, ...wanted }: NonNullable<Gives['body']>): Verdict {
  if (jsonpath === undefined) return judge(body.trim(), wanted);
  try {
    return prefixed(`${jsonpath} `, judge(valueAt(JSON.parse(body), jsonpath), wanted));
  } catch (error) {
    if (error instanceof SyntaxError) return { passed: false, expected: 'JSON', found: body.trim() };
    throw error;
  }
}

function prefixed(prefix: string, { expected, found, ...rest }: Verdict): Verdict {
  return { ...rest, expected: `${prefix}${expected}`, found: `${prefix}${found}` };
}

function inWords({ code }: Gives): string {
  return code === undefined ? 'an answer' : `code ${[code].flat().join(' or ')}`;
}
