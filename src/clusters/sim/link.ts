import { existsSync } from 'node:fs';
import type { HostMessage, QuestionMessage, ThreadAnswer, ThreadMessage } from './protocol.js';

/** The way to a machine's host, wherever it runs. */
export interface Link {
  send(message: QuestionMessage): void;
  /** Who is told from now on, in place of whoever was told before. */
  onMessage(listener: (message: HostMessage) => void): void;
  /** The host is gone, with the reason; not called after `close`. In place of whoever was told before. */
  onFailure(listener: (reason: string) => void): void;
  close(): Promise<void>;
  /** Whether what its thread does now is for this host; where there are others in it. */
  isAtWork?(): boolean;
  /** Ends a host that does not answer, with the thread that it blocks and all that live there; where it has one to end. */
  abandon?(): Promise<void>;
}

const WORKER = new URL('./worker.js', import.meta.url);

/** Whether machines can have threads: not where the program runs from its sources. */
export function workersExist(): boolean {
  return existsSync(WORKER);
}

/** A thread in which machines live side by side: their code is there once, and each is seen to in turn. */
export interface MachineThread {
  /** A link to one more machine; closing it lets the machine go and nothing else. */
  seat(): Link;
  /** How many machines it has. */
  readonly seats: number;
  readonly isAlive: boolean;
  close(): Promise<void>;
}

/** Starts a worker thread for machines: that of the built program. */
export async function workerThread(file = WORKER): Promise<MachineThread> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  const machines = new Map<number, { hear(message: HostMessage): void; fail(reason: string): void }>();
  /** Questions that were not answered yet, the first first: a thread takes them in their order. */
  const open: { readonly machine: number; readonly number: number }[] = [];
  let last = 0;
  let alive = true;
  const post = (message: ThreadMessage): void => worker.postMessage(message);
  const fail = (reason: string): void => {
    if (!alive) return;
    alive = false;
    for (const machine of [...machines.values()]) machine.fail(reason);
  };
  worker.on('message', ({ machine, message }: ThreadAnswer) => {
    if (message.say !== 'events') {
      const at = open.findIndex((one) => one.machine === machine && one.number === message.number);
      open.splice(at, at < 0 ? 0 : 1);
    }
    machines.get(machine)?.hear(message);
  });
  worker.on('error', (error) => fail(error.message));
  worker.on('exit', () => fail('its thread ended'));
  return {
    seat: () => {
      last += 1;
      const machine = last;
      const listeners = { hear: (_: HostMessage): void => {}, fail: (_: string): void => {} };
      machines.set(machine, listeners);
      return {
        send: (message) => {
          open.push({ machine, number: message.number });
          post({ machine, message });
        },
        onMessage: (listener) => {
          listeners.hear = listener;
        },
        onFailure: (listener) => {
          listeners.fail = listener;
        },
        close: async () => {
          if (machines.delete(machine) && alive) post({ machine, message: 'drop' });
        },
        isAtWork: () => open[0]?.machine === machine,
        abandon: async () => {
          machines.delete(machine);
          fail('its thread did not answer and was ended');
          await worker.terminate();
        },
      };
    },
    get seats() {
      return machines.size;
    },
    get isAlive() {
      return alive;
    },
    close: async () => {
      // Whoever still waits for an answer hears that none will come.
      fail('its thread ended');
      await worker.terminate();
    },
  };
}

/** Starts a worker thread with a single machine's host in it. */
export async function workerLink(): Promise<Link> {
  const thread = await workerThread();
  return { ...thread.seat(), close: () => thread.close() };
}

/** The same host in this thread: for tests and for programs that do one thing and end. */
export async function localLink(): Promise<Link> {
  const { MachineHost } = await import('./machine-host.js');
  let listener: (message: HostMessage) => void = () => {};
  const { startMachine } = await import('./start-machine.js');
  const host = new MachineHost((message) => listener(message), startMachine);
  return {
    send: (message) => host.receive(message),
    onMessage: (next) => {
      listener = next;
    },
    onFailure: () => {},
    close: async () => {},
  };
}
