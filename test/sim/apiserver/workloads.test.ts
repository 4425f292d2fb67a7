import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { masked } from '../../reference/masked.js';
import { ask, ourServer } from '../../reference/our-server.js';
import type { ReferenceRequest } from '../../reference/requests.js';

/** A request, and what became of it: what was refused with which words, or the object, or the cells of a table. */
interface Recorded {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sent?: unknown;
  readonly status: number;
  readonly warnings?: string;
  readonly message?: string;
  readonly rows?: unknown;
  readonly body?: unknown;
}

// Recorded from kube-apiserver v1.36.0, one request after the other: schedules and time zones, jobs and their status,
// scale, versions of autoscalers and events, what may change of a workload. Templates and managed fields are left out.
const file = new URL('fixtures/workloads.jsonl', import.meta.url);
const recorded = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

function without(value: unknown, ...names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, ...names));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !names.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, ...names)]));
}

function shortened(answer: ReturnType<typeof masked>): object {
  const body = without(answer.body, 'managedFields', 'template') as {
    kind?: string;
    message?: string;
    rows?: { cells: unknown }[];
  };
  const { status, warnings } = answer;
  const head = { status, ...(warnings === undefined ? {} : { warnings }) };
  if (body.kind === 'Status' && body.message) return { ...head, message: body.message };
  return body.kind === 'Table' ? { ...head, rows: body.rows?.map(({ cells }) => cells) } : { ...head, body };
}

describe('what a server says of workloads', () => {
  const server = ourServer();
  const answers = recorded.map(({ method, target, headers, sent }, index) => {
    const request: ReferenceRequest = {
      id: String(index),
      // Names what masking looks at: the resource, as no service is among them.
      kind: target,
      method,
      target,
      ...(headers ? { headers } : {}),
      ...(sent === undefined ? {} : { body: sent }),
    };
    return JSON.parse(JSON.stringify(shortened(ask(server, request)))) as object;
  });

  test.each(recorded.map((one, index) => [`${index} ${one.method} ${one.target}`, one, index] as const))(
    '%s',
    (_, { method: _method, target: _target, headers: _headers, sent: _sent, ...expected }, index) => {
      expect(answers[index]).toEqual(expected);
    },
  );
});
