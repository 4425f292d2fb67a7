import type { FarRequest as Asked, MachineInput, OutsideEvent } from '../sim/sim-cluster.js';
import type { FarExchange, FarRequest, FarServer } from './far-server.js';
import { type Asker, Identities } from './identities.js';

/** What is for the first server behind a connection, or would say who asks: the far server's own connection says that. */
const NOT_FORWARDED =
  /^(?:authorization|connection|content-length|cookie|expect|forwarded|host|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-.*|sec-.*|x-forwarded-.*|x-real-ip|x-remote-.*)$/;
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;
/** An absolute path that no reader of URLs takes for something else. */
const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;
const METHODS = new Set(['CONNECT', 'TRACE']);

/** Carries what a workstation asks to its far server, and what that answers back. */
export class FarTraffic {
  private readonly far: FarServer;
  private readonly identities: Identities;
  private readonly input: (input: MachineInput) => void;
  private readonly open = new Map<number, OpenExchange>();
  private begun = 0;

  /** `administrator`: the certificate, PEM, of whoever may ask as the far server's administrator. */
  constructor(far: FarServer, administrator: string, input: (input: MachineInput) => void) {
    this.far = far;
    this.identities = new Identities(far, administrator);
    this.input = input;
  }

  hear(event: OutsideEvent): void {
    // Whatever a script asks, however broken, is answered: it must not end whoever plays it.
    if (event.kind === 'request')
      void this.begin(event.id, event.request).catch(() => this.answer(event.id, plain(400, 'Bad Request')));
    else if (event.kind === 'frame') this.open.get(event.id)?.frame(event.stream, event.bytes, event.end);
    else if (event.kind === 'disconnect') {
      const exchange = this.open.get(event.id);
      this.open.delete(event.id);
      exchange?.disconnect();
    }
  }

  /** How many requests have begun ever, and how many of them are under way. */
  asked(): { readonly begun: number; readonly open: number } {
    return { begun: this.begun, open: this.open.size };
  }

  /** Gives up all that is under way. */
  close(): void {
    for (const exchange of this.open.values()) exchange.disconnect();
    this.open.clear();
  }

  private async begin(id: number, asked: Asked): Promise<void> {
    const own = new OpenExchange();
    this.begun += 1;
    this.open.set(id, own);
    if (!PATH.test(asked.target) || METHODS.has(asked.method)) return this.answer(id, plain(400, 'Bad Request'));
    const asker = await this.identities.of(asked);
    if (!this.open.has(id)) return;
    if ('refusal' in asker) return this.answer(id, asker.refusal);
    own.begins(
      this.far.exchange(outward(asked, asker), {
        response: ({ status, headers, body }, streaming) => {
          if (!this.open.has(id)) return;
          if (!streaming) this.open.delete(id);
          const response = { status, headers: shown(headers), ...(body ? { body } : {}) };
          this.input({ kind: 'response', id, response, streaming });
        },
        chunk: (stream, bytes, last) => {
          if (this.open.has(id)) this.input({ kind: 'chunk', id, stream, bytes, ...(last ? { end: true } : {}) });
        },
        end: (error) => {
          if (this.open.delete(id)) this.input({ kind: 'end', id, ...(error === undefined ? {} : { error }) });
        },
      }),
    );
  }

  private answer(id: number, response: Extract<MachineInput, { kind: 'response' }>['response']): void {
    if (this.open.delete(id)) this.input({ kind: 'response', id, response, streaming: false });
  }
}

/** A request whose frames wait until it has begun. */
class OpenExchange implements FarExchange {
  private begun: FarExchange | undefined;
  private gone = false;
  private readonly waiting: [number, Uint8Array, boolean | undefined][] = [];

  begins(exchange: FarExchange): void {
    this.begun = exchange;
    if (this.gone) return exchange.disconnect();
    for (const frame of this.waiting.splice(0)) exchange.frame(...frame);
  }

  frame(stream: number, bytes: Uint8Array, last?: boolean): void {
    if (this.begun) this.begun.frame(stream, bytes, last);
    else this.waiting.push([stream, bytes, last]);
  }

  disconnect(): void {
    this.gone = true;
    this.begun?.disconnect();
  }
}

function outward(
  { method, target, headers, body, upgrade }: Asked,
  asker: Exclude<Asker, { refusal: unknown }>,
): FarRequest {
  const forwarded = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (!HEADER_NAME.test(name) || NOT_FORWARDED.test(name)) return [];
    const kept = name.startsWith('impersonate-') ? value.split('\n') : [value];
    return [[name, kept.map(withoutControls).join('\n')]];
  });
  return {
    method,
    path: target,
    headers: { ...Object.fromEntries(forwarded), ...asker.headers },
    ...(body ? { body } : {}),
    ...(upgrade ? { upgrade: /\/portforward(?:[/?]|$)/i.test(target) ? 'ports' : 'process' } : {}),
  };
}

/** Headers of an answer that say something of the answer, not of how it came. */
function shown(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !/^(?:connection|content-length|keep-alive|transfer-encoding|upgrade|sec-.*)$/.test(name))
      .map(([name, value]) => [name, withoutControls(value)]),
  );
}

function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ');
}

function plain(status: number, words: string) {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(`${words}\n`) };
}
