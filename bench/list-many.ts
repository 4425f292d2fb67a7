import { PODS } from './api-requests.js';
import { type BenchServer, serverWith } from './api-server.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const MANY = 10_000;
const PAGE = 500;
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

let filled: BenchServer | undefined;
let plain: unknown;

function list(accept: string, query = ''): Buffer {
  filled ??= serverWith(MANY);
  return Buffer.from(filled.ask('GET', `${PODS}?${query}`, undefined, { accept }).body ?? []);
}

/** Follows the continue tokens, as kubectl does by itself. */
function listInPages(): void {
  for (let next: string | undefined = ''; next !== undefined; ) {
    const text = list('application/json', `limit=${PAGE}&continue=${next}`).toString();
    next = /^.{0,200}?"continue":"([^"]+)"/.exec(text)?.[1];
  }
}

function milliseconds(work: () => unknown): number {
  const started = cpuMs();
  work();
  return cpuMs() - started;
}

/** The same list, once it is there, written by JSON.stringify alone. */
function bareMs(): number {
  plain ??= JSON.parse(list('application/json').toString());
  return milliseconds(() => Buffer.from(JSON.stringify(plain)));
}

/** What is listed, and how many times as long as writing plain JSON it may take. */
const LISTS: readonly [name: string, aimMax: number, work: () => unknown][] = [
  ['as JSON', 4, () => list('application/json')],
  [`as JSON, ${PAGE} at a time`, 5, listInPages],
  ['as a table', 5, () => list(TABLE)],
  ['as protobuf', 8, () => list(PROTOBUF)],
  ['with a label that 100 have', 0.3, () => list('application/json', 'labelSelector=shard%3D7')],
  ['with a field that one has', 0.3, () => list('application/json', 'fieldSelector=metadata.name%3Dpod-0007919')],
];

/** A list of many pods in every form. */
export const listMany: readonly Benchmark[] = LISTS.map(([name, aimMax, work]) => ({
  name: `list of ${MANY} ${name}`,
  unit: 'ms',
  against: { name: 'JSON.stringify', measure: bareMs },
  aimMax,
  rounds: 5,
  measure: () => milliseconds(work),
}));
