import type { Verdict } from '../condition.js';
import { type ApiResource, apiResources, resourceCalled } from '../discovery.js';
import { refusal, UndecidedError } from '../objects.js';
import { flag, map, type Schema } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';
import { userInfo, type Who, who, whoName } from '../who.js';

type OneOrMore = string | readonly string[];

interface CanSubject {
  readonly can: {
    readonly who: Who | readonly Who[];
    readonly verb: OneOrMore;
    /** As kubectl spells them: `pods`, `deployments.apps`, `pods/log`, `*`. */
    readonly resource?: OneOrMore;
    readonly name?: OneOrMore;
    /** In all namespaces when left out. */
    readonly namespace?: OneOrMore;
    /** A path that is no resource, such as `/metrics`. */
    readonly path?: OneOrMore;
    readonly allowed: boolean;
  };
}

const oneOrMore = (description: string): Schema => ({
  description,
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
});

/** What somebody may or may not do, as the API server's authorizers say. Every combination of the lists must be so. */
export const can: CheckKind<CanSubject> = {
  field: 'can',
  schema: map(
    {
      who: {
        description: 'Who it is that may or may not; all of several.',
        oneOf: [who('Somebody.'), { type: 'array', items: who('Somebody.'), minItems: 1 }],
      },
      verb: oneOrMore('What they would do, such as get; every one of several.'),
      resource: oneOrMore('To what, as kubectl spells it: pods, deployments.apps, pods/log.'),
      name: oneOrMore('The names of the objects; any object when left out.'),
      namespace: oneOrMore('In which namespaces; in all of them when left out.'),
      path: oneOrMore('A path of the server that is no resource, such as /metrics.'),
      allowed: flag('True when every combination must be allowed, false when every one must be refused.'),
    },
    ['who', 'verb', 'allowed'],
    'What somebody may do with the cluster.',
  ),
  lint,
  async judge({ can: subject }, context) {
    const expected = subject.allowed ? 'allowed' : 'refused';
    const asked = await questions(subject, context);
    for (const { somebody, words, attributes } of asked) {
      const { user, groups } = userInfo(somebody);
      const answer = await review({ user, groups, ...attributes }, context);
      if (answer.allowed !== subject.allowed)
        return { passed: false, expected, found: `${words}: ${said(answer)}` } satisfies Verdict;
    }
    const more = asked.length > 1 ? ` and ${asked.length - 1} more` : '';
    return { passed: true, expected, found: `${asked[0]?.words}: ${expected}${more}` };
  },
};

function lint({ can: subject }: CanSubject, path: string, report: Report): void {
  const where = `${path}/can`;
  if (subject.path === undefined && subject.resource === undefined)
    report(where, 'says nothing that somebody may do something with: resource or path');
  for (const field of ['resource', 'name', 'namespace'] as const)
    if (subject.path !== undefined && subject[field] !== undefined)
      report(`${where}/${field}`, 'stands beside path, which is no resource');
}

interface CanQuestion {
  readonly somebody: Who;
  readonly words: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Every combination of the lists. */
async function questions(subject: CanSubject['can'], context: CheckContext): Promise<readonly CanQuestion[]> {
  const targets = subject.path === undefined ? await resourceTargets(subject, context) : pathTargets(subject.path);
  return [subject.who].flat().flatMap((somebody) =>
    listed(subject.verb).flatMap((verb) =>
      targets.map(({ words, attributes }) => ({
        somebody,
        words: `${whoName(somebody)} ${verb} ${words}`,
        attributes: attributes(verb),
      })),
    ),
  );
}

interface Target {
  readonly words: string;
  attributes(verb: string): Readonly<Record<string, unknown>>;
}

function pathTargets(path: OneOrMore): readonly Target[] {
  return listed(path).map((one) => ({
    words: one,
    attributes: (verb) => ({ nonResourceAttributes: { path: one, verb } }),
  }));
}

async function resourceTargets(subject: CanSubject['can'], { objects }: CheckContext): Promise<readonly Target[]> {
  const known = await apiResources(objects);
  return listed(subject.resource as OneOrMore).flatMap((spelled) => {
    const resource = resourceAttributes(spelled, known);
    return orNone(subject.namespace).flatMap((namespace) =>
      orNone(subject.name).map((name) => ({
        words: `${spelled}${name === undefined ? '' : ` ${name}`}${namespace === undefined ? '' : ` in ${namespace}`}`,
        attributes: (verb: string) => ({ resourceAttributes: { ...resource, verb, namespace, name } }),
      })),
    );
  });
}

/** Group, resource and subresource of a spelling. A kind that nobody knows would be refused to everybody: undecided. */
function resourceAttributes(spelled: string, known: readonly ApiResource[]): Readonly<Record<string, unknown>> {
  const [word = '', subresource] = spelled.split('/');
  const found = word === '*' ? { group: '*', name: '*' } : (resourceCalled(word, known) ?? unserved(spelled));
  return { group: found.group, resource: found.name, subresource };
}

function unserved(spelled: string): never {
  throw new UndecidedError(`the cluster has no resource ${spelled}, so nobody can be asked about it`);
}

interface Answer {
  readonly allowed: boolean;
  readonly reason?: string;
  readonly evaluationError?: string;
}

async function review(spec: object, { objects }: CheckContext): Promise<Answer> {
  const kind = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview' };
  const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  const response = await objects.request({ method: 'POST', path, body: { ...kind, spec } });
  const answer = (response.body as { status?: Answer } | undefined)?.status;
  if (response.status >= 300 || !answer)
    throw new UndecidedError(`the API server does not say who may do what: ${refusal(response)}`);
  return answer;
}

function said({ allowed, reason, evaluationError }: Answer): string {
  const why = reason || evaluationError;
  return `${allowed ? 'allowed' : 'refused'}${why ? ` (${why})` : ''}`;
}

function listed(value: OneOrMore): readonly string[] {
  return [value].flat();
}

function orNone(value: OneOrMore | undefined): readonly (string | undefined)[] {
  return [value].flat();
}
