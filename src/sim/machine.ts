import type { Bytes } from './kernel/bytes.js';
import type { HttpRequest, HttpResponse } from './kernel/network.js';
import type { OutsideCall, OutsideCallAnswer } from './kernel/outside-calls.js';
import type { OutsideAnswer, OutsideQuestion } from './kernel/questions.js';
import type { Micros } from './kernel/time.js';
import type { FarRequest, FarResponse } from './outside/far-requests.js';
import type { LineMessage, LineSide } from './outside/lines.js';
import type { Timing, WorldSpec } from './worlds/spec.js';

/** All that a machine's life depends on beside its inputs. */
export interface MachineOptions {
  readonly world: WorldSpec;
  readonly seed: string;
  /** Hexadecimal; mixed into everything secret. Empty: keys and tokens follow from the seed alone. */
  readonly salt: string;
  /** The instant at which the prepared world is handed over. */
  readonly epoch: Micros;
  readonly timing: Timing;
  /** Files are edited outside: editors on a terminal ask by `asked` events, and wait for an `answer`. */
  readonly ownEditor?: boolean;
  /** Hosts of other machines that the base knows and reaches by ssh: by `ring` and `line` events and inputs. */
  readonly neighbours?: readonly string[];
  /** Webhooks on this computer's loopback may be asked: by `calling` events, answered by `called`. */
  readonly outsideCalls?: boolean;
}

/** What comes from outside. Together with the instants at which they came, these make the whole life repeatable. */
export type MachineInput =
  | {
      readonly kind: 'open-terminal';
      readonly terminal: number;
      readonly host: string;
      readonly user: string;
      readonly columns: number;
      readonly rows: number;
      /** False: what is typed is not shown, as after `stty -echo`. */
      readonly echo?: boolean;
    }
  | { readonly kind: 'type'; readonly terminal: number; readonly bytes: Bytes }
  | { readonly kind: 'resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly kind: 'close-terminal'; readonly terminal: number }
  /** A command started from outside (grading, preparation). Its result comes as an `OutsideEvent`. */
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly host: string;
      readonly user: string;
      readonly argv: readonly string[];
      readonly stdin?: Bytes;
    }
  | {
      readonly kind: 'exec';
      readonly id: number;
      readonly namespace: string;
      readonly pod: string;
      readonly container?: string;
      readonly argv: readonly string[];
      readonly stdin?: Bytes;
    }
  /** An API request from outside (a real client through the HTTPS door, or the checker as administrator). */
  | {
      readonly kind: 'request';
      readonly id: number;
      readonly request: HttpRequest;
      readonly certificate?: string;
      readonly administrator?: boolean;
    }
  | {
      readonly kind: 'frame';
      readonly id: number;
      readonly stream: number;
      readonly bytes: Bytes;
      readonly end?: boolean;
    }
  | { readonly kind: 'disconnect'; readonly id: number }
  /** The answer to a question asked by an event of the same id. */
  | { readonly kind: 'answer'; readonly id: number; readonly answer: OutsideAnswer }
  /** The answer to a request told by an event of the same id. */
  | { readonly kind: 'called'; readonly id: number; readonly answer: OutsideCallAnswer }
  /** An ssh client of another machine calls a host. Ids are the machine's owner's, beside those of `ring` events. */
  | { readonly kind: 'ring'; readonly id: number; readonly host: string }
  /** What the other end of a line said; without a message it hung up. `side` is the end that is in this machine. */
  | { readonly kind: 'line'; readonly side: LineSide; readonly id: number; readonly message?: LineMessage }
  /** What the far API server of a workstation answers to a `request` event of the same id; without `streaming` it is all. */
  | { readonly kind: 'response'; readonly id: number; readonly response: FarResponse; readonly streaming: boolean }
  | {
      readonly kind: 'chunk';
      readonly id: number;
      readonly stream: number;
      readonly bytes: Bytes;
      readonly end?: boolean;
    }
  | { readonly kind: 'end'; readonly id: number; readonly error?: string };

/** What goes outside. */
export type OutsideEvent =
  | { readonly kind: 'output'; readonly terminal: number; readonly bytes: Bytes }
  | { readonly kind: 'terminal-closed'; readonly terminal: number; readonly status: number }
  | {
      readonly kind: 'finished';
      readonly id: number;
      readonly code: number;
      readonly stdout: Bytes;
      readonly stderr: Bytes;
    }
  | {
      readonly kind: 'response';
      readonly id: number;
      readonly response: Omit<HttpResponse, 'stream' | 'upgrade'>;
      readonly streaming: boolean;
    }
  /** A piece of a streamed answer, or a frame of an upgraded one; `end`: the last one of its stream. */
  | {
      readonly kind: 'chunk';
      readonly id: number;
      readonly stream: number;
      readonly bytes: Bytes;
      readonly end?: boolean;
    }
  | { readonly kind: 'end'; readonly id: number; readonly error?: string }
  /** A shell read a line at its prompt, and when; long ones are cut. */
  | { readonly kind: 'command-line'; readonly line: string; readonly at: Micros }
  /** A program asks the outside and waits; no time should pass until the answer. Ids are the machine's own. */
  | { readonly kind: 'asked'; readonly id: number; readonly question: OutsideQuestion }
  /** A program sends a request to the outside and waits; no time should pass until the answer. */
  | { readonly kind: 'calling'; readonly id: number; readonly call: OutsideCall }
  /** An ssh client calls a host of another machine. Ids are the machine's own. */
  | { readonly kind: 'ring'; readonly id: number; readonly host: string }
  /** What this machine's end of a line said; without a message it hung up. */
  | { readonly kind: 'line'; readonly side: LineSide; readonly id: number; readonly message?: LineMessage }
  /** A program of a workstation asks its far API server; time goes on. Ids are the machine's own. */
  | { readonly kind: 'request'; readonly id: number; readonly request: FarRequest }
  /** What goes to a stream of such a request when it was upgraded; `end`: nothing more will. */
  | {
      readonly kind: 'frame';
      readonly id: number;
      readonly stream: number;
      readonly bytes: Bytes;
      readonly end?: boolean;
    }
  /** Whoever made such a request is gone. */
  | { readonly kind: 'disconnect'; readonly id: number };

export interface FileFacts {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly content: Bytes;
  /** Permission bits. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
}

export interface HostFacts {
  /** Its name in the base world (`controlplane`). */
  readonly base: string;
  /** Its name in this world. */
  readonly name: string;
  readonly role: 'base' | 'control-plane' | 'worker';
}

/**
 * One deterministic simulated cluster: `world + seed + inputs with their instants` decide its state, byte for byte.
 * Time moves only by `advance` and `advanceUntil`. Inputs take effect at the present instant. Looking changes nothing.
 */
export interface Machine {
  now(): Micros;
  advance(span: Micros): void;
  /** Jumps from event to event until `done` holds; false when `limit` micros passed first. */
  advanceUntil(done: () => boolean, limit: Micros): boolean;
  input(input: MachineInput): void;
  /** Takes everything that went outside since the last call, in order; a terminal's neighbouring output joined. */
  takeEvents(): OutsideEvent[];
  /** True when whoever holds the terminal waits for it and nothing typed is left. */
  wantsInput(terminal: number): boolean;
  /** The name of the program that runs in a terminal; undefined for a shell at its prompt, or no terminal. */
  runningIn(terminal: number): string | undefined;
  /** For 30 virtual seconds nothing will change but heartbeats, as far as can be seen now. */
  isQuiet(): boolean;
  hosts(): readonly HostFacts[];
  /** A file of a host, as root sees it; undefined when there is none. */
  file(host: string, path: string): FileFacts | undefined;
  /** Entries of a directory; undefined when it is none. */
  directory(host: string, path: string): readonly string[] | undefined;
  /** A hash of all that happened; equal histories have equal hashes. */
  traceHash(): string;
  /** Defects of ours that ended simulated programs; empty in a healthy machine. */
  crashes(): readonly {
    readonly at: Micros;
    readonly host: string;
    readonly command: string;
    readonly message: string;
  }[];
}
