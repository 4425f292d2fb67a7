import type { FileFacts, HostFacts, MachineInput, MachineOptions, OutsideEvent } from '../../sim/index.js';

/** What the main thread asks of the thread in which a machine lives. Instants and spans are virtual microseconds. */
export type Question =
  | { readonly ask: 'open'; readonly options: MachineOptions }
  | { readonly ask: 'advance-to'; readonly instant: number }
  | { readonly ask: 'input'; readonly instant: number; readonly input: MachineInput }
  | { readonly ask: 'until-input'; readonly terminal: number; readonly limit: number }
  /** Gives an input and jumps in time until its result is there; the result comes as events. */
  | { readonly ask: 'perform'; readonly input: MachineInput & { readonly id: number }; readonly limit: number }
  | { readonly ask: 'settle'; readonly limit: number }
  | { readonly ask: 'hosts' }
  | { readonly ask: 'file'; readonly host: string; readonly path: string }
  | { readonly ask: 'directory'; readonly host: string; readonly path: string }
  /** The program that runs in a terminal, if that is not a shell at its prompt. */
  | { readonly ask: 'running-in'; readonly terminal: number }
  | { readonly ask: 'trace-hash' }
  | { readonly ask: 'crashes' };

/** What each question is answered with. */
export interface Answers {
  open: undefined;
  'advance-to': undefined;
  input: undefined;
  'until-input': boolean;
  perform: boolean;
  settle: boolean;
  hosts: readonly HostFacts[];
  file: FileFacts | undefined;
  directory: readonly string[] | undefined;
  'running-in': string | undefined;
  'trace-hash': string;
  crashes: readonly { at: number; host: string; command: string; message: string }[];
}

export interface QuestionMessage {
  readonly number: number;
  readonly question: Question;
}

/** What a thread is told: a question for one of its machines, or that nobody wants that machine any more. */
export interface ThreadMessage {
  readonly machine: number;
  readonly message: QuestionMessage | 'drop';
}

/** What a thread says of one of its machines. */
export interface ThreadAnswer {
  readonly machine: number;
  readonly message: HostMessage;
}

/** Events are sent before the answer of the question during which they happened. */
export type HostMessage =
  | { readonly say: 'events'; readonly events: readonly OutsideEvent[] }
  | { readonly say: 'answer'; readonly number: number; readonly reached: number; readonly value: unknown }
  | { readonly say: 'failure'; readonly number: number; readonly message: string; readonly stack?: string | undefined };
