import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WorkerPool } from '../../clusters/sim/worker-pool.js';
import { contentFolder } from '../../labs/content/find.js';
import { choicesFor } from '../../labs/format/choose.js';
import type { Lab } from '../../labs/format/lab.js';
import { drawsToProve } from '../../labs/format/structural.js';
import type { Draw } from '../../labs/format/variants.js';
import { ProgressStore } from '../../labs/progress/store.js';
import type { LiveSession } from '../../labs/session/live-session.js';
import type { LabSession, OpenSessionOptions, ScreenPorts } from '../../ui/ports.js';
import { findLabOrFile, instanceOf } from '../find-lab.js';
import { type CommandIo, ExpectedError } from '../io.js';
import { type AdaptedSession, adapt } from '../run/lab-session.js';
import { solutionSteps } from '../run/solution-steps.js';
import { catalogueView } from '../screens.js';
import { VERSION } from '../version.js';
import { watchFiles } from '../watch-files.js';

/** What a preview begins with. */
export interface PreviewAt {
  /** As the person named it: an id or a file. */
  readonly name: string;
  readonly lab: Lab;
  readonly seed: string;
  readonly fixed: Draw;
}

/**
 * The screens' ports for an author: attempts live in a folder of their own that goes away with the preview, so that
 * nothing comes into anybody's progress. `end` takes it all away.
 */
export function previewPorts(io: CommandIo, at: PreviewAt): { readonly ports: ScreenPorts; end(): Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'kubedrill-preview-'));
  const progress = ProgressStore.open(home);
  // One for the learner's machine, one for the copy that is looked at.
  const thread = new WorkerPool({ idleMax: 2 });
  let { lab, seed, fixed } = at;
  const begin = async (options: OpenSessionOptions): Promise<AdaptedSession> => {
    const { startAttempt } = await import('../../labs/session/open-attempt.js');
    const instance = await instanceOf(lab, seed, fixed);
    const live = await startAttempt(instance, { ...options, home, progress, program: VERSION, where: { thread } });
    return withAuthor(live);
  };
  const withAuthor = (live: LiveSession): AdaptedSession => {
    const { content } = live.instance.lab;
    const adapted = adapt(live, undefined);
    const author: NonNullable<LabSession['author']> = {
      draw: choicesFor(content, live.instance.draw).join(' '),
      steps: solutionSteps(live.instance),
      look: () => live.look(),
      onSave: (listener) => watchFiles([pathOf(lab)], () => listener(problemsOf(at.name, io))),
      reopen: (which, options) => {
        lab = findLabOrFile(at.name, io);
        if (which === 'next') ({ seed, fixed } = nextDraw(lab, seed, fixed));
        return begin(options);
      },
    };
    return Object.defineProperties(adapted, { author: { value: author } }) as AdaptedSession;
  };
  return {
    ports: {
      catalogue: () => catalogueView([lab], progress, home),
      prepare: () => {},
      notices: [],
      discard: () => {},
      start: (_, __, options) => begin(options),
      resume: () => Promise.reject(new ExpectedError('A preview is not kept; open it anew.')),
      rebuild: async (session, options) => {
        const { rebuildAttempt } = await import('../../labs/session/open-attempt.js');
        const { live } = session as AdaptedSession;
        return withAuthor(
          await rebuildAttempt(live, { ...options, home, progress, program: VERSION, where: { thread } }),
        );
      },
    },
    end: async () => {
      await thread.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Why a lab's file cannot be opened as it is now, a line each. */
function problemsOf(name: string, io: CommandIo): string[] {
  try {
    const { environment, content = [] } = io;
    findLabOrFile(name, { environment, content });
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.message.split('\n');
  }
}

/** Where a lab's file lies; those of the program's own content are named from its folder on. */
function pathOf({ file }: Lab): string {
  return existsSync(file) ? file : join(dirname(contentFolder()), file);
}

/** The next of the draws a proof would play; after the last one the first. Without structural variants another seed. */
function nextDraw({ content }: Lab, seed: string, fixed: Draw): { seed: string; fixed: Draw } {
  const { whole, brief } = drawsToProve(content);
  const draws = [...whole, ...brief];
  if (draws.length < 2) return { seed: String(Number(seed) + 1), fixed };
  const key = (draw: Draw): string => JSON.stringify(Object.entries(draw).sort());
  const present = draws.findIndex((draw) => key(draw) === key(fixed));
  return { seed, fixed: draws[(present + 1) % draws.length] as Draw };
}
