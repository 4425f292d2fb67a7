import type { FileFacts, HostFacts, MachineInput, MachineOptions, OutsideEvent } from '../../sim/index.js';
import { bodyOf, warningsIn } from '../api-answer.js';
import type {
  ApiRequest,
  ApiResponse,
  CommandOptions,
  CommandResult,
  TerminalOptions,
  TerminalSession,
  WatchEvent,
} from '../port.js';
import { ClusterError } from '../port.js';
import { presentVersion, WatchLines, watchPath } from '../watching.js';
import { SIM_CAPABILITIES } from './capabilities.js';
import { History } from './history.js';
import type { Link } from './link.js';
import type { Answers, HostMessage, Question } from './protocol.js';
import { Silence } from './silence.js';
import type { SimCluster } from './sim-cluster.js';

const TIMEOUT_SECONDS = 30;
const SECOND = 1_000_000;
const TIMED_OUT: CommandResult = { code: 124, stdout: '', stderr: '' };

interface Pending {
  readonly ask: Question['ask'];
  resolve(value: never): void;
  reject(error: Error): void;
}

/** The main thread's side: turns calls into questions, and answers into promises. */
export class ClusterPort implements SimCluster {
  readonly capabilities = SIM_CAPABILITIES;
  reached = 0;
  private readonly link: Link;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(event: OutsideEvent) => void>();
  private readonly failureListeners = new Set<(reason: string) => void>();
  private questions = 0;
  private ids = 0;
  private terminals = 0;
  private readonly silence = new Silence();
  private failure: string | undefined;

  private readonly another: () => Promise<Link>;
  private options: MachineOptions | undefined;
  private readonly history = new History();

  /** `another` makes a link to a further machine, for copies. */
  constructor(link: Link, another: () => Promise<Link> = noOther) {
    this.link = link;
    this.another = another;
    link.onMessage((message) => this.hear(message));
    link.onFailure((reason) => this.fail(reason));
  }

  async open(options: MachineOptions): Promise<void> {
    this.options = options;
    await this.ask({ ask: 'open', options });
  }

  async copy(): Promise<SimCluster> {
    if (!this.options) throw new ClusterError('a cluster that is not open cannot be copied');
    const twin = new ClusterPort(await this.another(), this.another);
    try {
      await twin.open(this.options);
      await twin.livesAs(this);
      return twin;
    } catch (error) {
      await twin.close();
      throw error;
    }
  }

  /** Does everything that another cluster has done, and goes on counting where it is. */
  private async livesAs(other: ClusterPort): Promise<void> {
    this.ids = other.ids;
    this.terminals = other.terminals;
    await Promise.all(other.history.questions().map((question) => this.ask(question)));
  }

  silentMilliseconds(): number {
    return this.pending.size === 0 ? 0 : this.silence.milliseconds();
  }

  hangsInTime(): boolean {
    const [first] = this.pending.values();
    return first !== undefined && first.ask !== 'input' && this.link.isAtWork?.() !== false;
  }

  async advanceTo(instant: number): Promise<void> {
    await this.ask({ ask: 'advance-to', instant });
  }

  async input(instant: number, input: MachineInput): Promise<void> {
    await this.ask({ ask: 'input', instant, input });
  }

  advanceUntilInput(terminal: number, limit: number): Promise<boolean> {
    return this.ask({ ask: 'until-input', terminal, limit });
  }

  runningIn(terminal: number): Promise<string | undefined> {
    return this.ask({ ask: 'running-in', terminal });
  }

  onEvent(listener: (event: OutsideEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onFailure(listener: (reason: string) => void): void {
    this.failureListeners.add(listener);
  }

  traceHash(): Promise<string> {
    return this.ask({ ask: 'trace-hash' });
  }

  crashes(): Promise<Answers['crashes']> {
    return this.ask({ ask: 'crashes' });
  }

  hosts(): Promise<readonly HostFacts[]> {
    return this.ask({ ask: 'hosts' });
  }

  async now(): Promise<number> {
    return this.reached;
  }

  file(host: string, path: string): Promise<FileFacts | undefined> {
    return this.ask({ ask: 'file', host, path });
  }

  directory(host: string, path: string): Promise<readonly string[] | undefined> {
    return this.ask({ ask: 'directory', host, path });
  }

  async wait(seconds: number): Promise<void> {
    await this.advanceTo(this.reached + Math.round(seconds * SECOND));
  }

  settle(secondsMax: number): Promise<boolean> {
    return this.ask({ ask: 'settle', limit: secondsMax * SECOND });
  }

  async request({ method, path, body, contentType, as }: ApiRequest): Promise<ApiResponse> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (as) headers['impersonate-user'] = as.user;
    if (as?.groups) headers['impersonate-group'] = as.groups.join('\n');
    if (body !== undefined) headers['content-type'] = contentType ?? 'application/json';
    const request = {
      method,
      target: path,
      headers,
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    };
    const id = this.nextId();
    const events = await this.perform({ kind: 'request', id, request, administrator: true }, TIMEOUT_SECONDS);
    for (const event of events) {
      if (event.kind === 'response') return answerOf(event.response);
      if (event.kind === 'end')
        return { status: 0, body: undefined, error: event.error ?? 'the connection was closed' };
    }
    return { status: 0, body: undefined, error: `no answer within ${TIMEOUT_SECONDS} s` };
  }

  async watch(path: string, hears: (event: WatchEvent) => void): Promise<() => void> {
    const version = await presentVersion((request) => this.request(request), path);
    const id = this.nextId();
    const lines = new WatchLines();
    const unsubscribe = this.onEvent((event) => {
      if (!('id' in event) || event.id !== id) return;
      if (event.kind === 'end') hears({ type: 'ERROR', object: { message: event.error ?? 'the watch ended' } });
      if (event.kind !== 'chunk') return;
      for (const { type, object } of lines.take(event.bytes)) if (type !== 'BOOKMARK') hears({ type, object });
    });
    const request = { method: 'GET', target: watchPath(path, version), headers: { accept: 'application/json' } };
    await this.input(this.reached, { kind: 'request', id, request, administrator: true });
    return () => {
      unsubscribe();
      void this.input(this.reached, { kind: 'disconnect', id }).catch(() => {});
    };
  }

  exec(
    pod: { namespace: string; name: string; container?: string },
    argv: readonly string[],
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    const { namespace, name, container } = pod;
    return this.command(
      {
        kind: 'exec',
        id: this.nextId(),
        namespace,
        pod: name,
        argv,
        ...(container ? { container } : {}),
        ...stdin(options),
      },
      options,
    );
  }

  run(host: string, user: string, argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return this.command({ kind: 'run', id: this.nextId(), host, user, argv, ...stdin(options) }, options);
  }

  async openTerminal({ host, user, columns, rows }: TerminalOptions): Promise<TerminalSession> {
    this.terminals += 1;
    const terminal = this.terminals;
    const send = (input: MachineInput): void => void this.input(this.reached, input).catch(() => {});
    await this.input(this.reached, { kind: 'open-terminal', terminal, host, user, columns, rows });
    const subscribe = (listener: (event: OutsideEvent & { terminal: number }) => void): (() => void) =>
      this.onEvent((event) => {
        if ('terminal' in event && event.terminal === terminal) listener(event);
      });
    return {
      write: (bytes) => send({ kind: 'type', terminal, bytes }),
      resize: (width, height) => send({ kind: 'resize', terminal, columns: width, rows: height }),
      onOutput: (listener) => subscribe((event) => event.kind === 'output' && listener(event.bytes)),
      onClose: (listener) => subscribe((event) => event.kind === 'terminal-closed' && listener(event.status)),
      close: () => send({ kind: 'close-terminal', terminal }),
    };
  }

  async close(): Promise<void> {
    this.closeDown();
    await this.link.close();
  }

  async abandon(): Promise<void> {
    this.closeDown();
    await (this.link.abandon?.() ?? this.link.close());
  }

  private closeDown(): void {
    this.failure ??= 'it was closed';
    for (const { reject } of this.pending.values()) reject(new ClusterError('the simulated cluster was closed'));
    this.pending.clear();
  }

  private async command(
    input: MachineInput & { id: number },
    { timeoutSeconds = TIMEOUT_SECONDS }: CommandOptions,
  ): Promise<CommandResult> {
    const events = await this.perform(input, timeoutSeconds);
    for (const event of events) {
      if (event.kind === 'finished')
        return { code: event.code, stdout: textOf(event.stdout), stderr: textOf(event.stderr) };
      if (event.kind === 'end') return { code: 255, stdout: '', stderr: event.error ?? '' };
    }
    return TIMED_OUT;
  }

  /** Gives an input, waits in virtual time for its end, and gives what it sent outside. A timed-out one is cut off. */
  private async perform(input: MachineInput & { id: number }, seconds: number): Promise<OutsideEvent[]> {
    const events: OutsideEvent[] = [];
    const stop = this.onEvent((event) => {
      if ('id' in event && event.id === input.id) events.push(event);
    });
    try {
      const done = await this.ask({ ask: 'perform', input, limit: seconds * SECOND });
      if (!done) await this.input(this.reached, { kind: 'disconnect', id: input.id });
      return events;
    } finally {
      stop();
    }
  }

  private nextId(): number {
    this.ids += 1;
    return this.ids;
  }

  private ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    if (this.failure !== undefined)
      return Promise.reject(new ClusterError(`the simulated cluster is gone: ${this.failure}`));
    this.history.note(question);
    this.questions += 1;
    const number = this.questions;
    if (this.pending.size === 0) this.silence.broken();
    return new Promise((resolve, reject) => {
      this.pending.set(number, { ask: question.ask, resolve: resolve as Pending['resolve'], reject });
      this.link.send({ number, question });
    });
  }

  private hear(message: HostMessage): void {
    this.silence.broken();
    if (message.say === 'events') {
      for (const event of message.events) for (const listener of [...this.listeners]) listener(event);
      return;
    }
    const pending = this.pending.get(message.number);
    this.pending.delete(message.number);
    if (message.say === 'answer') {
      this.reached = message.reached;
      pending?.resolve(message.value as never);
    } else {
      pending?.reject(new ClusterError(message.message));
    }
  }

  private fail(reason: string): void {
    if (this.failure !== undefined) return;
    this.failure = reason;
    for (const { reject } of this.pending.values())
      reject(new ClusterError(`the simulated cluster is gone: ${reason}`));
    this.pending.clear();
    for (const listener of this.failureListeners) listener(reason);
  }
}

function noOther(): Promise<never> {
  return Promise.reject(new ClusterError('there is no place for a copy of this cluster'));
}

function stdin({ stdin: text }: CommandOptions): { stdin: Uint8Array } | Record<string, never> {
  return text === undefined ? {} : { stdin: Buffer.from(text) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function answerOf({ status, headers, body }: Extract<OutsideEvent, { kind: 'response' }>['response']): ApiResponse {
  const warnings = warningsIn(headers['warning']);
  const told = body && bodyOf(textOf(body), headers['content-type']);
  return { status, body: told, ...(warnings.length === 0 ? {} : { warnings }) };
}
