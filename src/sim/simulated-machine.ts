import type { ClusterParts } from './assembly/cluster-parts.js';
import { connectFarServer } from './assembly/far-server.js';
import { connectNeighbours } from './assembly/neighbours.js';
import { joinOutput } from './join-output.js';
import { concatBytes, NO_BYTES } from './kernel/bytes.js';
import { isErrno } from './kernel/errno.js';
import type { FileSystem } from './kernel/files.js';
import type { HostKernel } from './kernel/host-kernel.js';
import type { OutsideCallAnswer } from './kernel/outside-calls.js';
import type { OutsideAnswer } from './kernel/questions.js';
import { MILLISECOND, type Micros } from './kernel/time.js';
import type { Machine, MachineInput, MachineOptions, OutsideEvent } from './machine.js';
import { startCommand } from './outside/commands.js';
import type { FarRequests } from './outside/far-requests.js';
import { readHostDirectory, readHostFile } from './outside/files.js';
import type { LineMessage, Lines } from './outside/lines.js';
import { type OutsideRequest, startRequest } from './outside/requests.js';
import { openSeat, programAt, type Seat } from './outside/terminals.js';

/** What programs may ask of the outside. */
type Outside = Pick<MachineOptions, 'neighbours' | 'outsideCalls' | 'ownEditor'>;

/** How long a terminal that wants input waits for others to come to rest. */
const BUSY_PATIENCE: Micros = 200 * MILLISECOND;
/** Characters of a shell's line that go outside. */
const COMMAND_LINE_MAX = 2000;
/** What may change files that somebody looks at only now and then, though nothing is written to the store yet. */
const COMMANDS: ReadonlySet<MachineInput['kind']> = new Set(['answer', 'exec', 'line', 'run', 'type']);

/**
 * Gives the parts of a cluster the face its owner sees: inputs in, events out, time, and a look at files. What its
 * programs may ask of the outside they may ask from now on.
 */
export function simulatedMachine(parts: ClusterParts, outside: Outside): Machine {
  return new SimulatedMachine(parts, outside);
}

class SimulatedMachine implements Machine {
  private readonly parts: ClusterParts;
  private readonly seats = new Map<number, Seat>();
  private readonly running = new Map<number, OutsideRequest>();
  /** Since when a terminal has wanted input while somebody else was busy. */
  private readonly wanted = new Map<number, Micros>();
  private events: OutsideEvent[] = [];
  private readonly lines: Lines | undefined;
  private readonly far: FarRequests | undefined;

  constructor(parts: ClusterParts, { neighbours, ownEditor = false, outsideCalls = false }: Outside) {
    this.parts = parts;
    this.lines =
      neighbours &&
      connectNeighbours(parts, neighbours, {
        ring: (id, host) => this.events.push({ kind: 'ring', id, host }),
        said: (side, id, message) => this.events.push({ kind: 'line', side, id, ...(message ? { message } : {}) }),
      });
    if (parts.plan.far)
      this.far = connectFarServer(parts, {
        request: (id, request) => this.events.push({ kind: 'request', id, request }),
        frame: (id, frame) => this.events.push({ kind: 'frame', id, ...frame }),
        disconnect: (id) => this.events.push({ kind: 'disconnect', id }),
      });
    parts.kernel.onCommandLine = (line) =>
      this.events.push({ kind: 'command-line', line: line.slice(0, COMMAND_LINE_MAX), at: this.now() });
    if (ownEditor) parts.kernel.questions.onAsk = (id, question) => this.events.push({ kind: 'asked', id, question });
    if (outsideCalls) parts.kernel.outsideCalls.onCall = (id, call) => this.events.push({ kind: 'calling', id, call });
  }

  now(): Micros {
    return this.parts.kernel.now();
  }

  advance(span: Micros): void {
    this.parts.kernel.advance(span);
  }

  advanceUntil(done: () => boolean, limit: Micros): boolean {
    return this.parts.kernel.advanceUntil(done, limit);
  }

  private waitedFor(terminal: number): boolean {
    const since = this.wanted.get(terminal) ?? this.now();
    this.wanted.set(terminal, since);
    if (this.now() - since < BUSY_PATIENCE) return false;
    this.wanted.delete(terminal);
    return true;
  }

  takeEvents(): OutsideEvent[] {
    const taken = joinOutput(this.events);
    this.events = [];
    return taken;
  }

  wantsInput(terminal: number): boolean {
    const seat = this.seats.get(terminal);
    if (!seat) return true;
    if (!seat.terminal.wantsInput) return false;
    // What was typed may still be on its way to whom it is for; but somebody who is always busy does not hold up typing.
    for (const host of this.parts.kernel.hosts.values()) if (!host.idle) return this.waitedFor(terminal);
    this.wanted.delete(terminal);
    return true;
  }

  runningIn(terminal: number): string | undefined {
    const seat = this.seats.get(terminal);
    return seat && programAt(this.parts.kernel.hosts.values(), seat.terminal);
  }

  isQuiet(): boolean {
    return this.parts.quiet.isQuiet();
  }

  hosts() {
    return this.parts.plan.hosts.map(({ base, name, role }) => ({ base, name, role }));
  }

  file(host: string, path: string) {
    return readHostFile(this.tree(host), path);
  }

  directory(host: string, path: string) {
    return readHostDirectory(this.tree(host), path);
  }

  traceHash(): string {
    return this.parts.kernel.trace.digest();
  }

  crashes() {
    return this.parts.kernel.crashes.map(({ at, host, command, error }) => ({
      at,
      host,
      command,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
  }

  input(input: MachineInput): void {
    this.parts.kernel.trace.record(this.now(), 'input', describeInput(input));
    if (COMMANDS.has(input.kind)) this.parts.quiet.disturb();
    switch (input.kind) {
      case 'open-terminal':
        return this.openTerminal(input);
      case 'type':
        this.seats.get(input.terminal)?.terminal.type(input.bytes);
        return;
      case 'resize':
        this.seats.get(input.terminal)?.terminal.resize({ columns: input.columns, rows: input.rows });
        return;
      case 'close-terminal':
        return this.closeTerminal(input.terminal);
      case 'run':
        return this.run(input.id, this.host(input.host), input.user, input.argv, input.stdin ?? NO_BYTES);
      case 'exec':
        return this.exec(input);
      case 'request':
        return this.request(input);
      case 'frame':
        this.running
          .get(input.id)
          ?.frame({ stream: input.stream, bytes: input.bytes, ...(input.end ? { end: true } : {}) });
        return;
      case 'disconnect':
        this.running.get(input.id)?.cancel();
        this.running.delete(input.id);
        return;
      case 'answer':
        this.parts.kernel.questions.answer(input.id, input.answer);
        return;
      case 'called':
        this.parts.kernel.outsideCalls.answer(input.id, input.answer);
        return;
      case 'ring':
        return this.ring(input.id, input.host);
      case 'line':
        this.lines?.hear(input.side, input.id, input.message);
        return;
      case 'response':
        this.far?.response(input.id, input.response, input.streaming);
        return;
      case 'chunk':
        this.far?.chunk(input.id, { stream: input.stream, bytes: input.bytes, ...(input.end ? { end: true } : {}) });
        return;
      case 'end':
        this.far?.end(input.id, input.error);
    }
  }

  private openTerminal({
    terminal,
    host,
    user,
    columns,
    rows,
    echo = true,
  }: Extract<MachineInput, { kind: 'open-terminal' }>): void {
    const seat = openSeat(this.host(host), user, { columns, rows }, echo, {
      output: (bytes) => this.events.push({ kind: 'output', terminal, bytes }),
      closed: (status) => {
        this.seats.delete(terminal);
        this.events.push({ kind: 'terminal-closed', terminal, status });
      },
    });
    this.seats.set(terminal, seat);
  }

  private closeTerminal(terminal: number): void {
    const seat = this.seats.get(terminal);
    if (!seat) return;
    seat.host.closeTerminal(seat.terminal);
  }

  private run(id: number, host: HostKernel, user: string, argv: readonly string[], stdin: Uint8Array): void {
    const process = startCommand(host, user, argv, stdin, (end) => {
      this.running.delete(id);
      this.events.push({ kind: 'finished', id, ...end });
    });
    this.running.set(id, { frame: () => {}, cancel: () => process.end({ signal: 'KILL' }) });
  }

  /** A command in a pod, by the API's exec as kubectl does it. */
  private exec({ id, namespace, pod, container, argv, stdin }: Extract<MachineInput, { kind: 'exec' }>): void {
    const query = new URLSearchParams(argv.map((word): [string, string] => ['command', word]));
    if (container !== undefined) query.set('container', container);
    for (const stream of ['stdout', 'stderr', ...(stdin ? ['stdin'] : [])]) query.set(stream, 'true');
    const target = `/api/v1/namespaces/${namespace}/pods/${pod}/exec?${query}`;
    const output: Record<1 | 2 | 3, Uint8Array[]> = { 1: [], 2: [], 3: [] };
    let failed: string | undefined;
    const finish = (error?: string): void => {
      this.running.delete(id);
      const bytes = (stream: 1 | 2 | 3) => (output[stream].length === 0 ? NO_BYTES : concatBytes(output[stream]));
      const end = execEnd(Buffer.from(bytes(3)).toString(), error ?? failed);
      const stderr = end.message === undefined ? bytes(2) : concatBytes([bytes(2), Buffer.from(`${end.message}\n`)]);
      this.events.push({ kind: 'finished', id, code: end.code, stdout: bytes(1), stderr });
    };
    const request = startRequest(
      this.parts.outside,
      this.parts.administrator(),
      {
        method: 'POST',
        target,
        headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'v5.channel.k8s.io' },
      },
      {
        response: (response, streaming) => {
          if (!streaming) failed = messageOf(response.body, response.object) ?? `status ${response.status}`;
        },
        chunk: (stream, bytes) => {
          if (stream === 1 || stream === 2 || stream === 3) output[stream].push(bytes);
        },
        end: finish,
      },
    );
    this.running.set(id, request);
    if (stdin) {
      request.frame({ stream: 0, bytes: stdin });
      request.frame({ stream: 0, bytes: NO_BYTES, end: true });
    }
  }

  private request({ id, request, certificate, administrator }: Extract<MachineInput, { kind: 'request' }>): void {
    const route = this.parts.administrator();
    const tls = administrator
      ? route.tls
      : { authorities: route.tls.authorities, ...(certificate ? { certificate } : {}) };
    const outside = startRequest(this.parts.outside, { ...route, tls }, request, {
      response: (response, streaming) => {
        const { object, ...rest } = response;
        const body = object === undefined ? rest : { ...rest, body: Buffer.from(JSON.stringify(object)) };
        this.events.push({ kind: 'response', id, response: body, streaming });
      },
      chunk: (stream, bytes, end) =>
        this.events.push({ kind: 'chunk', id, stream, bytes, ...(end ? { end: true } : {}) }),
      end: (error) => {
        this.running.delete(id);
        this.events.push({ kind: 'end', id, ...(error === undefined ? {} : { error }) });
      },
    });
    this.running.set(id, outside);
  }

  /** A host that is not there does not answer. */
  private ring(id: number, name: string): void {
    const plan = this.parts.plan.hosts.find((host) => host.name === this.hostName(name));
    if (plan && this.lines) this.lines.ring(id, plan.address, plan.name);
    else this.events.push({ kind: 'line', side: 'called', id });
  }

  private host(name: string): HostKernel {
    const host = this.parts.kernel.hosts.get(this.hostName(name));
    if (!host)
      throw new Error(
        `there is no host "${name}"; the hosts are ${this.parts.plan.hosts.map((plan) => plan.name).join(', ')}`,
      );
    return host;
  }

  private tree(name: string): FileSystem {
    return this.host(name).context.files;
  }

  /** A host's name of this world, given that or its base name. */
  private hostName(name: string): string {
    const { hosts } = this.parts.plan;
    return (hosts.find((host) => host.name === name) ?? hosts.find(({ base }) => base === name))?.name ?? name;
  }
}

function describeInput(input: MachineInput): string {
  if (input.kind === 'type') return `type ${input.terminal} ${Buffer.from(input.bytes).toString('latin1')}`;
  if (input.kind === 'request') return `request ${input.request.method} ${input.request.target}`;
  if (input.kind === 'answer') return `answer ${input.id} ${describeAnswer(input.answer)}`;
  if (input.kind === 'line') return `line ${input.side} ${input.id} ${describeMessage(input.message)}`;
  if (input.kind === 'called') return `called ${input.id} ${describeCalled(input.answer)}`;
  return Object.values(input)
    .filter((value) => typeof value !== 'object')
    .join(' ');
}

/** The same for a Buffer as for the bytes that a journal gives back. */
function describeMessage(message: LineMessage | undefined): string {
  return JSON.stringify(
    message ?? null,
    function (this: Readonly<Record<string, unknown>>, key: string, value: unknown) {
      const bytes = this[key];
      return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('latin1') : value;
    },
  );
}

function describeCalled(answer: OutsideCallAnswer): string {
  if (answer.kind === 'failed') return `failed ${answer.reason}`;
  return `${answer.status} ${Buffer.from(answer.body).toString('latin1')}`;
}

function describeAnswer(answer: OutsideAnswer): string {
  if (answer.kind === 'saved') return `saved ${Buffer.from(answer.bytes).toString('latin1')}`;
  return answer.kind === 'failed' ? `failed ${answer.reason}` : answer.kind;
}

/** The exit code that the error stream of an exec tells, as kubectl reads it. */
function execEnd(status: string, error: string | undefined): { code: number; message: string | undefined } {
  if (error !== undefined) return { code: 1, message: error };
  try {
    const parsed = JSON.parse(status) as {
      status?: string;
      message?: string;
      details?: { causes?: { reason?: string; message?: string }[] };
    };
    if (parsed.status === 'Success') return { code: 0, message: undefined };
    const cause = parsed.details?.causes?.find(({ reason }) => reason === 'ExitCode');
    return cause ? { code: Number(cause.message), message: undefined } : { code: 1, message: parsed.message };
  } catch (parseError) {
    if (parseError instanceof SyntaxError || isErrno(parseError))
      return { code: 1, message: 'the command ended without telling how' };
    throw parseError;
  }
}

function messageOf(body: Uint8Array | undefined, object: unknown): string | undefined {
  try {
    const status = (object ?? (body ? JSON.parse(Buffer.from(body).toString()) : undefined)) as
      | { message?: string }
      | undefined;
    return status?.message;
  } catch (error) {
    if (error instanceof SyntaxError) return body && Buffer.from(body).toString();
    throw error;
  }
}
