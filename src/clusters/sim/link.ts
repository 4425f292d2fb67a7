import type { HostMessage, QuestionMessage } from './protocol.js';

/** The way to a machine's host, wherever it runs. */
export interface Link {
  send(message: QuestionMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
  /** The host is gone, with the reason; not called after `close`. */
  onFailure(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

/** Starts a worker thread with a machine's host in it. */
export async function workerLink(): Promise<Link> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
  });
  let closed = false;
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onFailure: (listener) => {
      worker.on('error', (error) => listener(error.message));
      worker.on('exit', () => {
        if (!closed) listener('its thread ended');
      });
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
  const host = new MachineHost(
    (message) => listener(message),
    async (options) => (await import('../../sim/index.js')).createMachine(options),
  );
  return {
    send: (message) => host.receive(message),
    onMessage: (next) => {
      listener = next;
    },
    onFailure: () => {},
    close: async () => {},
  };
}
