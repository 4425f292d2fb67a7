import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { RealClients } from '../real-kubectl.js';
import type { ServedWorld } from './served-world.js';

/** What a program said and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** A program that goes on until it is told to stop. */
export interface Running {
  /** Resolves with what it said on standard output and error once a predicate holds for it. Throws when it ends before. */
  until(done: (out: string, errors: string) => boolean): Promise<{ out: string; errors: string }>;
  type(text: string): void;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  readonly end: Promise<Ended>;
}

/** Starts a real client, kubectl unless another is named, against a served world, with a home of its own. */
export function start(
  world: ServedWorld,
  clients: RealClients,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  program: 'kubectl' | 'helm' = 'kubectl',
): Running {
  const child: ChildProcess = spawn(clients[program] as string, args, {
    cwd: world.folder,
    env: {
      ...process.env,
      PATH: `${dirname(clients.kubectl ?? '')}:${process.env['PATH']}`,
      KUBECONFIG: world.kubeconfig,
      HOME: world.folder,
      ...environment,
    },
  });
  let [out, errors] = ['', ''];
  let ended: Ended | undefined;
  let wake = (): void => {};
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    wake();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    wake();
  });
  const end = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      ended = { code: code ?? -1, out, errors };
      resolve(ended);
      wake();
    });
  });
  return {
    async until(done) {
      while (!done(out, errors)) {
        if (ended) throw new Error(`the program ended with ${ended.code}:\n${out}\n${errors}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return { out, errors };
    },
    type: (text) => void child.stdin?.write(text),
    stop(signal = 'SIGINT') {
      child.kill(signal);
      return end;
    },
    end,
  };
}
