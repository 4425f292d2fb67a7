import type { ReferenceRequest } from '../requests.js';

/** The namespace that everything applied lies in. */
export const NAMESPACE = 'applied';

/** A kind that is applied, and where it is served. */
export interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

/** One request of a sequence. */
export interface Step {
  readonly verb: 'apply' | 'merge' | 'strategic' | 'json' | 'put' | 'create' | 'get' | 'delete';
  readonly manager?: string;
  /** Without apiVersion, kind and name where it is applied, put or created: they are filled in. */
  readonly body?: unknown;
  /** The body as it is, in place of `body`. */
  readonly text?: string;
  readonly query?: string;
  readonly subresource?: string;
  /** Sent in place of the type that the verb has. */
  readonly contentType?: string;
}

/** Requests to one object, one after another. */
export interface Sequence {
  /** Unique. */
  readonly name: string;
  readonly target: Target;
  readonly steps: readonly Step[];
}

const TYPES: Readonly<Record<Step['verb'], readonly [method: string, type: string]>> = {
  apply: ['PATCH', 'application/apply-patch+yaml'],
  merge: ['PATCH', 'application/merge-patch+json'],
  strategic: ['PATCH', 'application/strategic-merge-patch+json'],
  json: ['PATCH', 'application/json-patch+json'],
  put: ['PUT', 'application/json'],
  create: ['POST', 'application/json'],
  get: ['GET', ''],
  delete: ['DELETE', ''],
};

/** The request of a step; `index` is that of the sequence, and names its object. */
export function requestOf(
  sequence: Sequence,
  index: number,
  step: Step,
  at: number,
): ReferenceRequest & { text: string } {
  const [method, type] = TYPES[step.verb];
  const name = `it-${index}`;
  const { target } = sequence;
  const root = target.apiVersion.includes('/') ? '/apis' : '/api';
  const collection = `${root}/${target.apiVersion}/namespaces/${NAMESPACE}/${target.plural}`;
  const below = step.subresource ? `/${step.subresource}` : '';
  const query = [...(step.manager ? [`fieldManager=${step.manager}`] : []), ...(step.query ? [step.query] : [])].join(
    '&',
  );
  const path = step.verb === 'create' ? collection : `${collection}/${name}${below}`;
  const body = wholeBody(target, name, step);
  const contentType = step.contentType ?? type;
  return {
    id: `${sequence.name}: ${at + 1} ${step.manager ?? ''} ${step.verb}`,
    kind: `${target.apiVersion} ${target.kind}`,
    method,
    target: query === '' ? path : `${path}?${query}`,
    headers: contentType === '' ? {} : { 'content-type': contentType },
    body,
    text: step.text?.replaceAll('NAME', name) ?? (body === undefined ? '' : JSON.stringify(body)),
  };
}

function wholeBody(target: Target, name: string, { verb, body, text }: Step): unknown {
  if (text !== undefined || body === undefined || !['apply', 'put', 'create'].includes(verb)) return body;
  const given = body as { metadata?: object };
  return { apiVersion: target.apiVersion, kind: target.kind, ...given, metadata: { name, ...given.metadata } };
}
