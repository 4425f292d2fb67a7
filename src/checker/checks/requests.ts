import { type Act, act, actSchema, secondsToAct } from '../acting/act.js';
import { spanSeconds } from '../acting/span.js';
import type { Verdict } from '../condition.js';
import { needsOfAsking } from '../needs/source-needs.js';
import { askMany, type Series, secondsOfSeries } from '../network/many.js';
import { failureOf, judgeShares, type Share } from '../network/share.js';
import type { Answered, WebAnswer } from '../network/web-answer.js';
import { lintWebRequest, placesOf, type WebRequest, webRequest } from '../network/web-request.js';
import { UndecidedError } from '../objects.js';
import { readPattern } from '../pattern.js';
import { type Source, source } from '../places.js';
import { map, type Schema, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

/** By what answers are told apart. */
type By =
  /** The first group of a regular expression in the body, or all that it matches. */
  | { readonly body: string }
  | { readonly header: string }
  /** The label of the pod whose name is in the answer. */
  | { readonly pods: { readonly namespace: string; readonly label: string } };

interface RequestsSubject {
  readonly requests: WebRequest & {
    readonly from: Source;
    readonly count?: number;
    readonly every?: string;
    readonly over?: string;
    readonly by?: By;
    readonly share?: Readonly<Record<string, Share>>;
    /** How many may fail; 0 when left out. */
    readonly failures_max?: number;
    /** What is done while the requests go on. */
    readonly meanwhile?: readonly Act[];
  };
}

const COUNT = 100;
const percent = (description: string): Schema => ({ type: ['number', 'string'], description });
const span = (description: string): Schema => text(description, { pattern: '^(([0-9]+(d|h|m|s))+|\\{\\{.*)$' });

/** What many answers are like: who gives how many of them, and that none fails. */
export const requests: CheckKind<RequestsSubject> = {
  field: 'requests',
  schema: webRequest(
    {
      from: source,
      count: {
        type: 'integer',
        minimum: 1,
        maximum: 2000,
        description: 'How many requests are made; 100 when left out.',
      },
      every: span('The time from one request to the next, such as 1s.'),
      over: span('Over how long the requests are spread, such as 2m.'),
      by: {
        description: 'By what it is seen who gave an answer.',
        oneOf: [
          map(
            { body: text('A regular expression; its first group is the name.') },
            ['body'],
            'By the body of the answer.',
          ),
          map({ header: text('The name of the header.') }, ['header'], 'By a header of the answer.'),
          map(
            {
              pods: map(
                { namespace: text('The namespace of the pods.'), label: text('The label whose value is the name.') },
                ['namespace', 'label'],
                'Pods that name themselves in their answers.',
              ),
            },
            ['pods'],
            'By the pod whose name is in the answer.',
          ),
        ],
      },
      share: {
        type: 'object',
        minProperties: 1,
        description: 'How many percent of the answers each name must have.',
        additionalProperties: map(
          {
            exactly: percent('So many percent of the answers.'),
            atLeast: percent('At least so many percent of them.'),
            atMost: percent('At most so many percent of them.'),
            tolerance: percent('Percent by which exactly may be missed.'),
          },
          [],
          'How large the part of one name is.',
        ),
      },
      failures_max: { type: 'integer', minimum: 0, description: 'How many may fail; none when left out.' },
      meanwhile: actSchema('What is done to the cluster while the requests go on.'),
    },
    ['from'],
    'What many answers of a web server are like.',
  ),
  touches: ({ requests: { meanwhile } }) => (meanwhile ? 'acts' : 'probes'),
  needs: ({ requests: { from, to } }) => needsOfAsking(from, to),
  waits: ({ requests: subject }) => secondsOfSeries(subject, seriesOf(subject)) + secondsToAct(subject.meanwhile ?? []),
  lint,
  async judge({ requests: subject }, context) {
    const { share, failures_max: failuresMax = 0 } = subject;
    const answers = await allAnswers(subject, context);
    if (!Array.isArray(answers)) return answers as Verdict;
    const failed = answers.flatMap((answer) => failureOf(answer) ?? []);
    const good = answers.filter((answer): answer is WebAnswer => failureOf(answer) === undefined);
    const expected = failuresMax === 0 ? 'no request fails' : `at most ${failuresMax} requests fail`;
    const found = `${failed.length} of ${answers.length} failed${failed[0] === undefined ? '' : `: ${failed[0]}`}`;
    if (failed.length > failuresMax || good.length === 0) return { passed: false, expected, found };
    return share ? judgeShares(good, share, await teller(subject.by, context)) : { passed: true, expected, found };
  },
};

function lint({ requests: subject }: RequestsSubject, path: string, report: Report): void {
  const where = `${path}/requests`;
  lintWebRequest(subject, where, report);
  const { count, every, over, by, share } = subject;
  if (count !== undefined && every !== undefined && over !== undefined)
    report(`${where}/count`, 'stands beside every and over, which say it already');
  if (share && !by) report(`${where}/share`, 'has no by beside it: by what answers are told apart');
  if (by && !share) report(`${where}/by`, 'has no share beside it');
  for (const [name, { exactly, atLeast, atMost }] of Object.entries(share ?? {}))
    if (exactly === undefined && atLeast === undefined && atMost === undefined)
      report(`${where}/share/${name}`, 'says no part: exactly, atLeast or atMost');
  if (by && 'body' in by && !by.body.includes('{{')) {
    const { problem } = readPattern(by.body);
    if (problem !== undefined) report(`${where}/by/body`, problem, 'wrong-pattern');
  }
}

/** All answers to all of the requests, from everybody who asks; a verdict where there is nobody. */
async function allAnswers(
  subject: RequestsSubject['requests'],
  context: CheckContext,
): Promise<readonly Answered[] | Verdict> {
  const nobody = (found: string): Verdict => ({ passed: false, expected: 'answers', found });
  const probers = await context.probes.probers(subject.from, context.host, 'curl');
  if (probers.length === 0) return nobody('no pods to ask from');
  const places = await placesOf(subject, context);
  if (places.length === 0) return nobody('no pods to ask');
  const { meanwhile } = subject;
  const { cluster, host } = context;
  const beside = meanwhile && {
    run: () => act(cluster, meanwhile, host),
    wait: (seconds: number) => cluster.wait(seconds),
  };
  const answers: Answered[] = [];
  for (const prober of probers)
    for (const place of places) answers.push(...(await askMany(prober, subject, place, seriesOf(subject), beside)));
  return answers;
}

function seriesOf({ count, every, over }: RequestsSubject['requests']): Series {
  const [gap, whole] = [
    every === undefined ? undefined : spanSeconds(every),
    over === undefined ? undefined : spanSeconds(over),
  ];
  if (gap !== undefined)
    return { everySeconds: gap, count: count ?? (whole === undefined ? COUNT : Math.max(1, Math.floor(whole / gap))) };
  const times = count ?? COUNT;
  return { count: times, everySeconds: whole === undefined ? 0 : whole / times };
}

/** Tells who gave an answer. */
async function teller(
  by: By | undefined,
  { objects }: CheckContext,
): Promise<(answer: WebAnswer) => string | undefined> {
  if (!by) return () => undefined;
  if ('header' in by) return ({ headers }) => headers[by.header.toLowerCase()];
  if ('body' in by) {
    const pattern = readPattern(by.body);
    if (pattern.problem !== undefined) throw new UndecidedError(`by what answers are told apart: ${pattern.problem}`);
    return ({ body }) => pattern.first(body);
  }
  const { namespace, label } = by.pods;
  const pods = await objects.read({ apiVersion: 'v1', kind: 'Pod', namespace, selector: label });
  if (pods.length === 0) throw new UndecidedError(`no pod of ${namespace} has the label ${label}`);
  const values = pods.map(({ metadata }) => {
    // They were found by that label.
    const { labels } = metadata as unknown as { labels: Readonly<Record<string, string>> };
    return [metadata.name, labels[label]] as const;
  });
  return ({ body, headers }) =>
    values.find(([name]) => body.includes(name) || Object.values(headers).some((value) => value.includes(name)))?.[1];
}
