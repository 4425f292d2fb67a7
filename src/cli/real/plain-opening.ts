import type { OpenHow, Step } from '../../clusters/real/real-cluster.js';
import { type CommandIo, ExpectedError, tell } from '../io.js';
import { agreed } from '../progress/ask.js';
import { capital } from './capital.js';

/** As after SIGINT. */
const STOPPED = 130;

/** How a real cluster is opened without screens. */
export interface PlainOpening {
  readonly how: Pick<OpenHow, 'onStep' | 'confirm'> & { readonly signal: AbortSignal };
  /** The error to be told: of what was stopped only that, and what could not be put back. */
  told(error: unknown): unknown;
  /** Signals are not heard any more: what follows is ended as any program is. */
  close(): void;
}

/** Steps are lines on the standard error, what is asked is asked there, and Ctrl-C stops it and takes away what was made. */
export function plainOpening(io: CommandIo, yes: boolean | undefined): PlainOpening {
  const stopping = new AbortController();
  const onSignal = (): void => {
    if (stopping.signal.aborted) return;
    tell(io, 'Stopping: what was made is taken away again …');
    stopping.abort();
  };
  const since = performance.now();
  const onStep = ({ says }: Step): void => {
    const seconds = Math.floor((performance.now() - since) / 1000);
    tell(io, `${capital(says)} (${seconds} s)`);
  };
  const confirm: OpenHow['confirm'] = async (question, about) => {
    if (about === 'own-work' && (yes || !io.stdin.isTTY)) {
      tell(io, `${question}\nIt stays: only at a terminal, and without --yes, is that asked.`);
      return false;
    }
    if (about === 'stray' && !yes && !io.stdin.isTTY) {
      tell(io, `${question}\nNobody can be asked here, so it stays. The same command with --yes deletes it.`);
      return false;
    }
    if (!yes && !io.stdin.isTTY)
      throw new ExpectedError(`${question}\nNobody can be asked here, so nothing was changed. --yes says yes to it.`);
    if (!yes) return agreed(question, false, { ...io, stdout: io.stderr });
    tell(io, `${question} Yes, by --yes.`);
    return true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    how: { onStep, confirm, signal: stopping.signal },
    told: (error) => {
      if (!stopping.signal.aborted) return error;
      // The first line is whatever broke because of that.
      const [, ...left] = error instanceof Error ? error.message.split('\n') : [];
      return new ExpectedError(['Stopped.', ...left].join('\n'), STOPPED);
    },
    close: () => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, onSignal);
    },
  };
}
