import { createMachine, type Machine, type OutsideEvent } from '../../../src/sim/index.js';
import { SECOND } from '../../../src/sim/kernel/time.js';

const EPOCH = Date.UTC(2026, 0, 15) * 1000;
const ANSWER_SECONDS_MAX = 60;
const UTF8 = new TextDecoder();
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  PATCH: 'application/merge-patch+json',
  'PATCH strategic': 'application/strategic-merge-patch+json',
};

/** What came back for a request; status 0 when nobody answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A three-node machine as somebody outside has it: requests, streams of them, and lines of shell. */
export class Outside {
  readonly machine: Machine;
  private last = 0;
  private readonly heard = new Map<number, (event: OutsideEvent) => void>();

  constructor(seed: string) {
    this.machine = createMachine({ world: { base: 'three-node' }, seed, salt: '', epoch: EPOCH, timing: 'brisk' });
  }

  /** Lets time pass, and hears what comes. */
  advance(seconds: number): void {
    this.machine.advance(seconds * SECOND);
    this.hear();
  }

  /** Sends a request and lets time pass until it is answered. */
  ask(method: string, target: string, body?: object): Answer {
    let answer: Answer | undefined;
    this.last += 1;
    const id = this.last;
    this.heard.set(id, (event) => {
      if (event.kind === 'response') answer = { status: event.response.status, body: parsed(event.response.body) };
      if (event.kind === 'end') answer ??= { status: 0, body: event.error };
    });
    this.send(id, method, target, body);
    this.machine.advanceUntil(() => {
      this.hear();
      return answer !== undefined;
    }, ANSWER_SECONDS_MAX * SECOND);
    this.heard.delete(id);
    if (!answer) this.machine.input({ kind: 'disconnect', id });
    return answer ?? { status: 0, body: undefined };
  }

  /** Follows a stream of JSON lines until it ends. */
  follow(target: string, line: (value: unknown) => void, ended: () => void): void {
    this.last += 1;
    const id = this.last;
    let rest = '';
    this.heard.set(id, (event) => {
      if (event.kind === 'end') {
        this.heard.delete(id);
        ended();
      }
      if (event.kind !== 'chunk') return;
      const lines = (rest + UTF8.decode(event.bytes)).split('\n');
      rest = lines.pop() ?? '';
      for (const one of lines) line(JSON.parse(one));
    });
    this.send(id, 'GET', target);
  }

  /** Starts a line of bash as root, and does not wait for it. */
  type(host: string, script: string, ended: (output: string) => void = () => {}): void {
    this.last += 1;
    const id = this.last;
    this.heard.set(id, (event) => {
      if (event.kind !== 'finished') return;
      this.heard.delete(id);
      ended(UTF8.decode(event.stdout) + UTF8.decode(event.stderr));
    });
    this.machine.input({ kind: 'run', id, host, user: 'root', argv: ['bash', '-c', script] });
  }

  /** What a line of bash printed; undefined when it did not end in time. */
  run(host: string, script: string, seconds: number): string | undefined {
    let output: string | undefined;
    this.type(host, script, (text) => {
      output = text;
    });
    this.machine.advanceUntil(() => {
      this.hear();
      return output !== undefined;
    }, seconds * SECOND);
    return output;
  }

  private send(id: number, method: string, target: string, body?: object): void {
    const headers = { accept: 'application/json', 'content-type': MEDIA_TYPES[method] ?? 'application/json' };
    const request = {
      method: method.split(' ')[0] as string,
      target,
      headers,
      ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}),
    };
    this.machine.input({ kind: 'request', id, administrator: true, request });
  }

  private hear(): void {
    for (const event of this.machine.takeEvents()) if ('id' in event) this.heard.get(event.id)?.(event);
  }
}

function parsed(body: Uint8Array | undefined): unknown {
  const text = body ? UTF8.decode(body) : '';
  return text.startsWith('{') ? JSON.parse(text) : text;
}
