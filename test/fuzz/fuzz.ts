/** Many requests of a seed to one server, and what must hold whatever they were. */
import { createHash } from 'node:crypto';
import { isErrno } from '../../src/sim/kernel/errno.js';
import type { HttpResponse, HttpStream } from '../../src/sim/kernel/network.js';
import { createRandom, type Random } from '../../src/sim/kernel/random.js';
import { MILLISECOND } from '../../src/sim/kernel/time.js';
import { ourServer } from '../reference/our-server.js';
import type { TestServer } from '../sim/apiserver/harness.js';
import { brokenInvariants } from './invariants.js';
import { Mirrors } from './mirrors.js';
import { type FuzzRequest, FuzzRequests } from './requests.js';

const AUTHORIZATION = 'Bearer reference-token';
const WATCHES_MAX = 50;
/** How often old versions are given up, in requests, and how many revisions are kept. */
const COMPACTION = { every: 2000, keeps: 500 };
const UTF8 = new TextDecoder();

/** What a run came to. */
export interface FuzzResult {
  /** Of every status and body, in order. */
  readonly hash: string;
  readonly statuses: ReadonlyMap<number, number>;
  /** What must never be, each told once with the number of its request. */
  readonly findings: readonly string[];
  readonly revision: number;
  readonly objects: number;
}

/** Sends the requests of a seed. `onProgress` hears of every thousandth. */
export function fuzz(requests: number, seed: string, onProgress: (done: number) => void = () => {}): FuzzResult {
  const run = new FuzzRun(seed);
  for (let number = 1; number <= requests; number += 1) {
    run.step(number);
    if (number % 1000 === 0) onProgress(number);
  }
  return run.end();
}

class FuzzRun {
  private readonly server: TestServer = ourServer();
  private readonly random: Random;
  private readonly requests: FuzzRequests;
  private readonly hash = createHash('sha256');
  private readonly statuses = new Map<number, number>();
  private readonly findings = new Map<string, string>();
  private readonly watches: HttpStream[] = [];
  private readonly mirrors: Mirrors;
  private revision: number;

  constructor(seed: string) {
    this.random = createRandom(`fuzz/${seed}`);
    this.requests = new FuzzRequests(this.random.fork('requests'));
    for (const name of ['fuzz-one', 'fuzz-two']) this.setUp('/api/v1/namespaces', { metadata: { name } });
    for (const name of ['default', 'fuzz-one', 'fuzz-two']) {
      this.setUp(`/api/v1/namespaces/${name}/serviceaccounts`, { metadata: { name: 'default' } });
    }
    this.mirrors = new Mirrors(this.server);
    this.revision = this.server.store.revision;
  }

  step(number: number): void {
    const { server, random } = this;
    server.clock += random.below(50) * MILLISECOND;
    const request = this.requests.next();
    const answer = this.ask(number, request);
    if (answer) this.check(number, request, answer);
    if (server.store.revision < this.revision) this.found(number, request, 'the revision has fallen');
    this.revision = server.store.revision;
    if (random.below(20) === 0) this.turnWatch();
    if (number % 100 === 0) this.mirrors.read();
    if (number % COMPACTION.every === 0) {
      const keep = server.store.revision - COMPACTION.keeps;
      if (keep > server.store.compactedRevision) server.store.compact(keep);
      server.parts.watches.tick(server.clock);
    }
  }

  end(): FuzzResult {
    const { server } = this;
    for (const watch of this.watches) watch.cancel();
    this.mirrors.read();
    const problems = [...this.mirrors.differences(), ...brokenInvariants(server)];
    this.mirrors.close();
    if (server.parts.watches.count > 0) problems.push(`${server.parts.watches.count} watches are left over`);
    for (const problem of problems) this.findings.set(problem, problem);
    return {
      hash: this.hash.digest('hex').slice(0, 16),
      statuses: new Map([...this.statuses].sort(([a], [b]) => a - b)),
      findings: [...this.findings.values()],
      revision: server.store.revision,
      objects: server.store.range({ prefix: '/registry/' }).entries.length,
    };
  }

  private setUp(target: string, object: object): void {
    const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' };
    this.server.request({ method: 'POST', target, headers, body: new TextEncoder().encode(JSON.stringify(object)) });
  }

  private ask(number: number, request: FuzzRequest): HttpResponse | undefined {
    try {
      const headers = { ...request.headers, authorization: AUTHORIZATION };
      return this.server.request({ ...request, headers });
    } catch (error) {
      // The machine's way to break a connection.
      if (isErrno(error)) return undefined;
      const place = `${(error as Error).stack}`.split('\n').slice(0, 3).join(' ').replaceAll(/\s+/g, ' ');
      this.found(number, request, place);
      return undefined;
    }
  }

  private check(number: number, request: FuzzRequest, answer: HttpResponse): void {
    const { status, body, stream } = answer;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    this.hash.update(`${status} `).update(body ?? '');
    if (stream) {
      this.watches.push(stream);
      if (this.watches.length > WATCHES_MAX) this.watches.shift()?.cancel();
    } else if (status !== 101 && status !== 204 && body === undefined && answer.upgrade === undefined) {
      this.found(number, request, `${status} without a body`);
    }
    if (answer.headers['content-type'] === 'application/json' && body) this.checkJson(number, request, status, body);
  }

  private checkJson(number: number, request: FuzzRequest, status: number, body: Uint8Array): void {
    const text = UTF8.decode(body);
    let value: { kind?: string; code?: number; reason?: string; message?: string };
    try {
      value = JSON.parse(text);
    } catch {
      this.found(number, request, `${status} with broken JSON: ${text.slice(0, 80)}`);
      return;
    }
    if (status < 400) return;
    if (value.kind !== 'Status' || value.code !== status) this.found(number, request, `${status} without its Status`);
    if (status >= 500 && !isReal(value))
      this.found(number, request, `${status} ${value.reason ?? ''}: ${value.message}`);
  }

  /** Reads or ends a watch, some not at all. */
  private turnWatch(): void {
    const { random } = this;
    if (this.watches.length === 0) return;
    const at = random.below(this.watches.length);
    const watch = this.watches[at] as HttpStream;
    for (let item = watch.items.tryReceive(); item !== undefined && item !== 'end'; item = watch.items.tryReceive()) {
      if (item instanceof Uint8Array) this.hash.update(item);
    }
    if (random.below(2) === 0) {
      watch.cancel();
      this.watches.splice(at, 1);
    }
  }

  private found(number: number, request: FuzzRequest, what: string): void {
    const key = what.replaceAll(/"[^"]*"|\d+/g, '_').slice(0, 160);
    if (this.findings.has(key)) return;
    const body = request.body ? UTF8.decode(request.body.subarray(0, 300)) : '';
    const sent = `${request.method} ${request.target} ${JSON.stringify(request.headers)} ${JSON.stringify(body)}`;
    this.findings.set(key, `request ${number}: ${what}\n    ${sent}`);
  }
}

/** Refusals above 500 that the real server gives as well: what has no reason, what it would wait for in vain, no kubelets. */
function isReal({ reason, message }: { reason?: string; message?: string }): boolean {
  if (message === 'Internal error occurred: no connection to kubelets') return true;
  return reason === undefined || reason === 'Timeout' || reason === 'ServerTimeout' || reason === 'ServiceUnavailable';
}
