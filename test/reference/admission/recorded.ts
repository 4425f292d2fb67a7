import { readFileSync, writeFileSync } from 'node:fs';
import { masked } from '../masked.js';
import type { ReferenceRequest } from '../requests.js';
import type { Asked, Case } from './case.js';

/** What is recorded apart. */
export type Chapter = 'admission' | 'connections';

const fileOf = (chapter: Chapter): URL => new URL(`../recorded/${chapter}.jsonl`, import.meta.url);

/** One answer, and what webhooks were asked meanwhile. */
export interface Recorded {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  readonly warnings?: string;
  readonly reviews?: readonly unknown[];
}

/** The request of a case as the reference tests know requests. */
export function requestOf(one: Case, { title, method, target, body, type }: Asked): ReferenceRequest {
  return {
    id: `${one.name}: ${title}`,
    kind: 'admission',
    method,
    target,
    headers: body ? { 'content-type': type ?? 'application/json' } : {},
    ...(body ? { body: body as Record<string, unknown> } : {}),
  } as ReferenceRequest;
}

/** An answer as it is compared: of an object what admission can have changed, of a refusal everything. */
export function shortened(
  request: ReferenceRequest,
  status: number,
  body: unknown,
  warnings: string,
  reviews: readonly unknown[],
): Recorded {
  const answer = masked(request, status, status < 300 ? changeable(body) : body, warnings);
  const told = reviews.map((review) => masked(request, 0, changeable(review)).body);
  return { id: request.id, ...answer, ...(told.length > 0 ? { reviews: told } : {}) };
}

function changeable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(changeable);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'managedFields');
  const drawn = (name: string, inner: unknown) => name === 'token' && typeof inner === 'string';
  return Object.fromEntries(kept.map(([name, inner]) => [name, drawn(name, inner) ? 'TOKEN' : changeable(inner)]));
}

export function readAdmission(chapter: Chapter): { server: string; answers: ReadonlyMap<string, Recorded> } {
  const [head, ...lines] = readFileSync(fileOf(chapter), 'utf8').trim().split('\n');
  const answers = lines.map((line) => JSON.parse(line) as Recorded);
  const { server } = JSON.parse(head as string) as { server: string };
  return { server, answers: new Map(answers.map((one) => [one.id, one])) };
}

export function writeAdmission(chapter: Chapter, server: string, answers: readonly Recorded[]): void {
  writeFileSync(fileOf(chapter), `${[{ server }, ...answers].map((one) => JSON.stringify(one)).join('\n')}\n`);
}
