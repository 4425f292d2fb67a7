import { podPath, REQUESTS } from './api-requests.js';
import { type BenchServer, serverWith } from './api-server.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const FEW = 1000;
const MANY = 100_000;
const TURNS = 200;
const WATCHERS = 60;

/** What is measured where there are so many pods. */
interface Filled extends BenchServer {
  readonly pods: number;
  /** How much has been asked already. */
  turns: number;
}

const filled = new Map<number, Filled>();

function withPods(pods: number): Filled {
  const known = filled.get(pods) ?? { ...serverWith(pods), pods, turns: 0 };
  filled.set(pods, known);
  return known;
}

/** Microseconds of processor time that one turn of some work takes. */
function microseconds(server: Filled, work: (turn: number) => unknown): number {
  const started = cpuMs();
  for (let turn = 0; turn < TURNS; turn += 1) work(server.turns + turn);
  server.turns += TURNS;
  return (1000 * (cpuMs() - started)) / TURNS;
}

/** A patch of one pod on its way to those who watch all pods, that pod, and pods of its label. */
function watched(server: Filled): number {
  const { ask } = server;
  const only = ['', `fieldSelector=metadata.name%3D${podPath(0).split('/').at(-1)}&`, 'labelSelector=shard%3D0&'];
  const streams = Array.from({ length: WATCHERS }, (_, index) => {
    const from = `${only[index % only.length]}resourceVersion=${server.server.store.revision}`;
    return ask('GET', `/api/v1/pods?watch=true&${from}`).stream;
  });
  const each = microseconds(server, (turn) => {
    REQUESTS['patch']?.(ask, turn, 1);
    for (const stream of streams) if (stream?.items.tryReceive() === undefined) throw new Error('nothing was told');
  });
  for (const stream of streams) stream?.cancel();
  return each;
}

function flat(name: string, measure: (server: Filled) => number): Benchmark {
  return {
    name: `${name} among ${MANY}`,
    unit: 'µs',
    against: { name: `among ${FEW}`, measure: () => measure(withPods(FEW)) },
    aimMax: 1.5,
    rounds: 5,
    measure: () => measure(withPods(MANY)),
  };
}

/** Whether a request costs more where there are many objects. */
export const apiFlat: readonly Benchmark[] = [
  ...Object.entries(REQUESTS).map(([name, request]) =>
    flat(`API: ${name}`, (server) => microseconds(server, (turn) => request(server.ask, turn, server.pods))),
  ),
  flat(`API: patch told to ${WATCHERS}`, watched),
];
