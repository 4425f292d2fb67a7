import { readFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { inProcessPerSecond } from './api-in-process.js';
import { type Ask, REQUESTS } from './api-requests.js';
import type { Benchmark } from './benchmark.js';
import { type Served, serveWorld } from './served.js';

const PODS = 100;
const TURNS = 150;
/** So many clients ask at once. */
const CLIENTS = 8;

let served: (Served & { end(): Promise<void> }) | undefined;
let ask: Ask<Promise<void>> | undefined;
let turns = 0;

/** Asks the served world over connections that are kept. */
async function client(): Promise<Ask<Promise<void>>> {
  served = await serveWorld('empty');
  const config = readFileSync(served.kubeconfig, 'utf8');
  const data = (field: string) =>
    Buffer.from(new RegExp(`${field}-data"?: *"?([^"\\s]+)`).exec(config)?.[1] ?? '', 'base64');
  const server = /server"?: *"?([^"\s,]+)/.exec(config)?.[1] ?? '';
  const agent = new Agent({
    keepAlive: true,
    maxSockets: CLIENTS,
    ca: data('certificate-authority'),
    cert: data('client-certificate'),
    key: data('client-key'),
  });
  return (method, target, body, headers) =>
    new Promise((resolve, reject) => {
      const outgoing = httpsRequest(`${server}${target}`, { method, headers, agent }, (incoming) => {
        incoming.resume();
        incoming.once('end', () => {
          if ((incoming.statusCode ?? 0) < 300) resolve();
          else reject(new Error(`${method} ${target} ended with ${incoming.statusCode}`));
        });
      });
      outgoing.once('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** Does something so many times, by several clients at once. */
async function byClients(count: number, work: (turn: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, one));
}

async function servedPerSecond(name: string): Promise<number> {
  const request = REQUESTS[name];
  if (!request) throw new Error(`there is no request ${name}`);
  if (!ask) {
    const made = await client();
    await byClients(PODS, (turn) => REQUESTS['create']?.(made, turn, 0) ?? Promise.resolve());
    ask = made;
  }
  const asking = ask;
  const started = performance.now();
  await byClients(TURNS, (turn) => request(asking, turns + turn, PODS));
  turns += TURNS;
  return (1000 * TURNS) / (performance.now() - started);
}

/** The least share of what the handler does in process that comes through the door, TLS and the machine's network. */
const AIM_MIN = 0.1;

/** What `kubedrill serve` does in a second for several clients that each wait for their answer. */
export const apiServed: readonly Benchmark[] = Object.keys(REQUESTS).map((name) => ({
  name: `API over HTTPS: ${name}`,
  unit: '/s',
  against: { name: 'in process', measure: () => inProcessPerSecond(name) },
  aimMin: AIM_MIN,
  rounds: 3,
  end: () => served?.end(),
  measure: () => servedPerSecond(name),
}));
