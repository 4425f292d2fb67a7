import type { RealCluster, RealSource } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../../labs/format/instance.js';
import type { Lab } from '../../labs/format/lab.js';
import { inEmptyWorld, inRealWorld } from '../../labs/real/real-world.js';
import { runInWindow } from '../../labs/real/whole-window.js';
import { type CommandIo, ExpectedError, tell } from '../io.js';
import { type PlainOpening, plainOpening } from './plain-opening.js';

export interface ShellRealOptions {
  readonly yes: boolean | undefined;
  /** The lab in whose world it is, and its instance in a place. */
  readonly lab?: { readonly lab: Lab; readonly instantiate: (place: RealCluster['place']) => Promise<LabInstance> };
  /** The world of a cluster where there is no lab. */
  readonly base: string;
}

/** Runs the person's own shell on a real cluster in this terminal; resolves to its exit status when all is put back. */
export async function shellReal(io: CommandIo, source: RealSource, options: ShellRealOptions): Promise<number> {
  const opening = plainOpening(io, options.yes);
  const { how } = opening;
  const { lab, base } = options;
  try {
    const onNote = (note: string): void => tell(io, note);
    const { status, failure } = lab
      ? await inRealWorld(lab.lab, { ...how, source, onNote, instantiate: lab.instantiate }, ({ cluster }) =>
          use(io, cluster, opening, whatExitDoes(source, lab !== undefined)),
        )
      : await inEmptyWorld(source, base, { ...how, onNote }, (cluster) =>
          use(io, cluster, opening, whatExitDoes(source, lab !== undefined)),
        );
    if (failure !== undefined) throw new ExpectedError(failure);
    return status;
  } catch (error) {
    throw opening.told(error);
  } finally {
    opening.close();
  }
}

async function use(
  io: CommandIo,
  cluster: RealCluster,
  { how, close }: PlainOpening,
  exitDoes: string,
): Promise<Awaited<ReturnType<typeof runInWindow>>> {
  // Keys that end a program are for whoever has the terminal; a window that is closed ends the shell as well.
  close();
  const ending = new AbortController();
  const nothing = (): void => {};
  const end = (): void => ending.abort();
  process.on('SIGINT', nothing);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  try {
    tell(io, `This is your own shell. ${exitDoes}`);
    const { shell } = cluster;
    // Without a terminal there is nobody to prompt.
    const asked = io.stdin.isTTY ? shell : { ...shell, args: shell.args.filter((word) => word !== '-i') };
    const ended = await runInWindow(asked, io.environment, ending.signal);
    const left = await cluster.restore({ onStep: how.onStep, confirm: how.confirm });
    await cluster.close();
    for (const line of left) tell(io, `Not put back: ${line}`);
    return ended;
  } finally {
    process.off('SIGINT', nothing);
    process.off('SIGTERM', end);
    process.off('SIGHUP', end);
  }
}

/** A cluster that somebody has is not put back by the whole: what they do there themselves is theirs. */
function whatExitDoes({ name }: RealSource, hasLab: boolean): string {
  if (name === 'kind') return 'exit ends it, and the cluster is put back as it was.';
  if (!hasLab) return 'exit ends it; what you do to the cluster stays.';
  return "exit ends it, and the lab's namespaces are deleted; what you do elsewhere in the cluster stays.";
}
