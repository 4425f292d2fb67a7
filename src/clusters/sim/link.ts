import { existsSync } from 'node:fs';
import type { HostMessage, QuestionMessage } from './protocol.js';

/** The way to a machine's host, wherever it runs. */
export interface Link {
  send(message: QuestionMessage): void;
  /** Who is told from now on, in place of whoever was told before. */
  onMessage(listener: (message: HostMessage) => void): void;
  /** The host is gone, with the reason; not called after `close`. In place of whoever was told before. */
  onFailure(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

const WORKER = new URL('./worker.js', import.meta.url);

/** Whether machines can have threads: not where the program runs from its sources. */
export function workersExist(): boolean {
  return existsSync(WORKER);
}

/** Starts a worker thread with a machine's host in it. */
export async function workerLink(): Promise<Link> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: 2048 } });
  let closed = false;
  let hear: (message: HostMessage) => void = () => {};
  let fail: (reason: string) => void = () => {};
  worker.on('message', (message: HostMessage) => hear(message));
  worker.on('error', (error) => fail(error.message));
  worker.on('exit', () => {
    if (!closed) fail('its thread ended');
  });
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      hear = listener;
    },
    onFailure: (listener) => {
      fail = listener;
    },
    close: async () => {
      closed = true;
      await worker.terminate();
    },
  };
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
