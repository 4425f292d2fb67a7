import { describeValue, type Verdict } from '../condition.js';
import { type ApiResource, apiResources, resourceCalled } from '../discovery.js';
import { findAll } from '../json-path.js';
import { needsOfFile } from '../needs/host-needs.js';
import { type ObjectRef, objectRef } from '../object-ref.js';
import { UndecidedError } from '../objects.js';
import { canonicalName, refName } from '../reference.js';
import { flag, formed, map, path, text } from '../schema/words.js';
import type { CheckContext, CheckKind, Report } from '../subject.js';

type Value = string | number | boolean;

interface AnswerSubject {
  readonly answer: {
    readonly host: string;
    readonly path: string;
    /** A resource as kind/name, however its kind is spelled. */
    readonly names?: string;
    /** The text, white space at both ends apart; a list has one on each line. */
    readonly equals?: Value | readonly Value[];
    /** The text equals what the cluster says at this path; several values have a line each. */
    readonly resource?: ObjectRef;
    readonly jsonpath?: string;
    /** CEL over lists of objects, each by its name. */
    readonly expression?: string;
    readonly objects?: Readonly<Record<string, ObjectRef>>;
    /** Lines must be in the order given; in any when left out. */
    readonly ordered?: boolean;
  };
}

const value = { type: ['string', 'number', 'boolean'] };

/** A file in which the learner wrote an answer. */
export const answer: CheckKind<AnswerSubject> = {
  field: 'answer',
  schema: map(
    {
      host: text('The host it is on, by its base name.', { examples: ['controlplane', 'node01'] }),
      path,
      names: text('A resource as kind/name, however its kind is spelled.'),
      equals: {
        description: 'The right text, without white space at both ends; a list has one on each line.',
        oneOf: [value, { type: 'array', items: value, minItems: 1 }],
      },
      resource: objectRef(),
      jsonpath: formed('The path in the objects at which the right answer stands.', '^\\$'),
      expression: text('CEL over the lists named in objects, which gives the right answer.', {
        examples: ['pods.filter(p, p.status.phase != "Running").map(p, p.metadata.name)'],
      }),
      objects: {
        type: 'object',
        minProperties: 1,
        additionalProperties: objectRef(),
        description: 'What the expression is about: lists of objects by name.',
      },
      ordered: flag('True when several lines must be in that order; any order will do when left out.'),
    },
    ['host', 'path'],
    'A file into which the learner writes an answer.',
  ),
  needs: ({ answer: { host, path: file } }, place) => needsOfFile(host, file, place),
  lint,
  async judge({ answer: subject }, context) {
    const content = await context.cluster.file(context.host(subject.host), subject.path);
    const text = content && Buffer.from(content.content).toString('utf8').trim();
    if (subject.names !== undefined) return named(subject.names, text, subject.path, context);
    const right = await rightLines(subject, context);
    const expected = right.length === 1 ? describeValue(right[0]) : right.join(', ');
    if (text === undefined) return { passed: false, expected, found: `no file ${subject.path}` };
    return { passed: fits(text, right, subject.ordered === true), expected, found: describeValue(text) };
  },
};

function lint({ answer: subject }: AnswerSubject, path: string, report: Report): void {
  const given = ['names', 'equals', 'resource', 'expression'].filter((name) => name in subject);
  const where = `${path}/answer`;
  if (given.length === 0)
    report(where, 'says no right answer: names, equals, resource with jsonpath, or expression with objects');
  for (const name of given.slice(1)) report(`${where}/${name}`, `stands beside ${given[0]}; there is one right answer`);
  if ('resource' in subject && !('jsonpath' in subject))
    report(where, 'jsonpath is missing: which field is the answer');
}

async function named(names: string, text: string | undefined, path: string, context: CheckContext): Promise<Verdict> {
  if (text === undefined) return { passed: false, expected: names, found: `no file ${path}` };
  const known = await kinds(context);
  const right = spelled(names, known);
  return { passed: right !== undefined && spelled(text, known) === right, expected: names, found: describeValue(text) };
}

/** The kinds the cluster knows; none when no API server answers, for the answer may be right all the same. */
async function kinds({ objects }: CheckContext): Promise<readonly ApiResource[]> {
  try {
    return await apiResources(objects);
  } catch (error) {
    if (error instanceof UndecidedError) return [];
    throw error;
  }
}

/** One spelling for `deploy/x`, `Deployment.apps/x`, `deployments x`: by what the cluster says, or else by what is usual. */
function spelled(text: string, known: readonly ApiResource[]): string | undefined {
  const [, word = '', name = ''] = /^([A-Za-z0-9.-]+)(?:\/|\s+)(\S+)$/.exec(text) ?? [];
  const resource = resourceCalled(word, known);
  if (!resource) return known.length > 0 && word.includes('.') ? undefined : canonicalName(text);
  return `${resource.singular}/${name}`;
}

/** The lines that the file must have. Throws `UndecidedError` where the cluster gives none to compare with. */
async function rightLines(subject: AnswerSubject['answer'], context: CheckContext): Promise<readonly string[]> {
  if (subject.equals !== undefined) return [subject.equals].flat().map((one) => String(one).trim());
  if (subject.expression !== undefined) return evaluated(subject.expression, subject.objects ?? {}, context);
  const { jsonpath = '$' } = subject;
  const ref = subject.resource as ObjectRef;
  const found = await context.objects.read(ref);
  if (found.length === 0) throw new UndecidedError(`there is no ${refName(ref)} to compare with`);
  const values = found.flatMap((object) => findAll(object, jsonpath));
  if (values.length === 0) throw new UndecidedError(`there is nothing at ${jsonpath} to compare with`);
  return values.map((one) => describeValue(one).trim());
}

async function evaluated(
  expression: string,
  named: Readonly<Record<string, ObjectRef>>,
  { objects }: CheckContext,
): Promise<readonly string[]> {
  const lists = await Promise.all(
    Object.entries(named).map(async ([name, ref]) => [name, await objects.read(ref)] as const),
  );
  // Expressions are a large part of the program that most labs do without.
  const { evaluateList } = await import('../../clusters/expressions.js');
  const { value, error } = evaluateList(expression, Object.fromEntries(lists));
  if (error !== undefined) throw new UndecidedError(`the right answer cannot be worked out: ${error}`);
  return value.map((one) => (typeof one === 'string' ? one.trim() : JSON.stringify(one)));
}

/** Whether the file has these lines; numbers may be written in another way. */
function fits(text: string, right: readonly string[], ordered: boolean): boolean {
  // One answer may have several lines itself.
  if (right.length === 1) return sameText(text, right[0] as string);
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const inOrder = (list: readonly string[]): readonly string[] => (ordered ? list : [...list].sort());
  const [given, wanted] = [inOrder(lines), inOrder(right)];
  return given.length === wanted.length && wanted.every((one, index) => sameText(given[index] as string, one));
}

function sameText(one: string, other: string): boolean {
  if (one === other) return true;
  const number = /^[+-]?\d+(\.\d+)?$/;
  return number.test(one) && number.test(other) && Number(one) === Number(other);
}
