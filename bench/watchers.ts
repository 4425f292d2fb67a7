import { PODS, REQUESTS } from './api-requests.js';
import { emptyServer } from './api-server.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const FEW = 10;
const MANY = 1000;
const CHANGES = 40;

/** Microseconds that it takes to tell one watcher of one change, as JSON or protobuf, everybody the same. */
function toldMicroseconds(watchers: number, accept: string): number {
  const { ask } = emptyServer();
  REQUESTS['create']?.(ask, 0, 0);
  const streams = Array.from(
    { length: watchers },
    () => ask('GET', `${PODS}?watch=true`, undefined, { accept }).stream,
  );
  for (const stream of streams) stream?.items.tryReceive();
  let told = 0;
  const turn = (number: number): void => {
    REQUESTS['patch']?.(ask, number, 1);
    for (const stream of streams) told += Number(stream?.items.tryReceive() !== undefined);
  };
  turn(0);
  told = 0;
  const started = cpuMs();
  for (let number = 1; number <= CHANGES; number += 1) turn(number);
  if (told !== CHANGES * watchers) throw new Error(`told ${told} of ${CHANGES * watchers}`);
  return (1000 * (cpuMs() - started)) / told;
}

/** What each watcher costs where many watch the same, beside few. */
export const watchers: readonly Benchmark[] = [
  ['JSON', 'application/json'],
  ['protobuf', 'application/vnd.kubernetes.protobuf;stream=watch'],
].map(([name = '', accept = '']) => ({
  name: `a change told to each of ${MANY} in ${name}`,
  unit: 'µs',
  against: { name: `each of ${FEW}`, measure: () => toldMicroseconds(FEW, accept) },
  aimMax: 0.1,
  rounds: 3,
  measure: () => toldMicroseconds(MANY, accept),
}));
