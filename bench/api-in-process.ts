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
const AIMS: Readonly<Record<string, number>> = { create: 0.006, get: 0.05, 'list of 100': 0.002, patch: 0.005 };

/** How often a second of processor time the handler answers a request. */
export function inProcessPerSecond(name: string): number {
  const request = REQUESTS[name];
  if (!request) throw new Error(`there is no request ${name}`);
  const { ask } = serverWith(PODS);
  for (let turn = 0; turn < TURNS; turn += 1) request(ask, turn, PODS);
  return perSecond(TURNS, (turn) => request(ask, TURNS + turn, PODS));
}

/** What the request handler does in a second, from bytes to bytes, without a network or a machine. */
export const apiInProcess: readonly Benchmark[] = Object.keys(REQUESTS).map((name) => ({
  name: `API in process: ${name}`,
  unit: '/s',
  against: jsonCopies,
  aimMin: AIMS[name] ?? 0,
  rounds: 3,
  measure: () => inProcessPerSecond(name),
}));
