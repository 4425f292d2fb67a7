import { pod, REQUESTS } from './api-requests.js';
import { serverWith } from './api-server.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const PODS = 1000;
const TURNS = 300;
const COPIES = 5000;

/** How often a second a pod is written as JSON and read again: what this computer does here and now. */
const jsonCopies = { name: 'pods copied as JSON', measure: () => perSecond(COPIES, copyPod) };

function copyPod(turn: number): void {
  JSON.parse(JSON.stringify(pod(turn)));
}

/** How often a second of processor time some work is done. */
function perSecond(turns: number, work: (turn: number) => unknown): number {
  const started = cpuMs();
  for (let turn = 0; turn < turns; turn += 1) work(turn);
  return (1000 * turns) / (cpuMs() - started);
}

/** The least share of the copies that each request should come to. */
const AIMS: Readonly<Record<string, number>> = { create: 0.008, get: 0.05, 'list of 100': 0.001, patch: 0.006 };

/** What the request handler does in a second, from bytes to bytes, without a network or a machine. */
export const apiInProcess: readonly Benchmark[] = Object.entries(REQUESTS).map(([name, request]) => ({
  name: `API in process: ${name}`,
  unit: '/s',
  against: jsonCopies,
  aimMin: AIMS[name] ?? 0,
  rounds: 3,
  measure: () => {
    const { ask } = serverWith(PODS);
    for (let turn = 0; turn < TURNS; turn += 1) request(ask, turn, PODS);
    return perSecond(TURNS, (turn) => request(ask, TURNS + turn, PODS));
  },
}));
