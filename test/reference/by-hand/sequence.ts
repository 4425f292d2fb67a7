/** Sequences of requests that somebody thought of: each in a namespace of its own, each step knowing the answers before. */
import { type Answer, masked } from '../masked.js';
import type { ReferenceRequest } from '../requests.js';

/** One request. In `path`, `body` and `text`, `NS` is the sequence's namespace and `{STEP/field/…}` an earlier answer's field. */
export interface Step {
  /** Says what it shows; unique in its sequence, and how later steps name its answer. */
  readonly does: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** A body that is no JSON, or none that JSON.stringify would write. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What belongs together. */
export interface Sequence {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A request as it goes out: what is compared, and the bytes of its body. */
export interface Sent {
  readonly request: ReferenceRequest;
  readonly text: string | undefined;
}

/** What came back, unmasked. */
export interface Received {
  readonly status: number;
  readonly body: unknown;
  readonly warnings: string;
}

/** The answer to one step. */
export interface Played extends Answer {
  readonly id: string;
}

/** Plays a sequence: yields each request and is given its answer. */
export function* play(sequence: Sequence): Generator<Sent, Played[], Received> {
  const namespace = `by-hand-${sequence.name}`;
  const answers = new Map<string, unknown>();
  const played: Played[] = [];
  for (const step of [...preparation(), ...sequence.steps]) {
    const fill = (text: string) => filled(text, namespace, answers);
    const body = step.body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(step.body))) as unknown);
    const request: ReferenceRequest = {
      id: `by hand ${sequence.name}: ${step.does}`,
      kind: `by hand: ${sequence.name}`,
      method: step.method,
      target: fill(step.path),
      ...(body === undefined ? {} : { body }),
      ...(step.headers ? { headers: JSON.parse(fill(JSON.stringify(step.headers))) as typeof step.headers } : {}),
    };
    const text = step.text === undefined ? body && JSON.stringify(body) : fill(step.text);
    const received = yield { request, text: text as string | undefined };
    answers.set(step.does, received.body);
    if (step.does.startsWith('set up')) continue;
    const answer = masked({ ...request, body: {} }, received.status, received.body, received.warnings);
    played.push({ id: request.id, ...(withoutVersions(answer) as Answer) });
  }
  return played;
}

/** Ids of all that is compared. */
export function requestsOf(sequence: Sequence): ReferenceRequest[] {
  return sequence.steps.map(({ does, method, path }) => ({
    id: `by hand ${sequence.name}: ${does}`,
    kind: `by hand: ${sequence.name}`,
    method,
    target: path,
  }));
}

function preparation(): Step[] {
  return [
    {
      does: 'set up: namespace',
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'NS' } },
    },
    {
      does: 'set up: account',
      method: 'POST',
      path: '/api/v1/namespaces/NS/serviceaccounts',
      body: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } },
    },
  ];
}

function filled(text: string, namespace: string, answers: ReadonlyMap<string, unknown>): string {
  return text
    .replaceAll('NS', namespace)
    .replace(/\{([a-z][^{}/"]*)\/([^{}"]+)\}/g, (whole, step: string, path: string) => {
      if (!answers.has(step)) return whole;
      const found = path
        .split('/')
        .reduce((value: unknown, key) => (value as Record<string, unknown>)?.[key], answers.get(step));
      return String(found);
    });
}

/** Where messages and texts within texts name versions and times. */
const VERSIONS: readonly (readonly [RegExp, string])[] = [
  [/(ResourceVersion in (?:the precondition|record) \()\d+/g, '$1VERSION'],
  [/(resource version: \d+ \()\d+/g, '$1VERSION'],
  [/(current: )\d+/g, '$1VERSION'],
  [/("resourceVersion\\?":\\?")\d+/g, '$1VERSION'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'],
];

/** Masks versions in messages, and tokens. */
function withoutVersions(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'continue') return 'TOKEN';
    return VERSIONS.reduce((text, [pattern, mask]) => text.replace(pattern, mask), value);
  }
  if (Array.isArray(value)) return value.map((one) => withoutVersions(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutVersions(inner, name)]));
}
