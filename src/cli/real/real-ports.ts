import type { RealSource } from '../../clusters/real/real-cluster.js';
import { journalPath } from '../../labs/journal/place.js';
import type { Journal } from '../../labs/journal/reader.js';
import type { ProgressStore } from '../../labs/progress/store.js';
import type { RealAttemptOptions } from '../../labs/real/open-real-attempt.js';
import type { LabSession, OpenSessionOptions } from '../../ui/ports.js';
import type { ContentIo } from '../content.js';
import { findLab, instanceOf, newSeed } from '../find-lab.js';
import type { RealChoice } from './cluster-option.js';
import { readCluster } from './cluster-option.js';
import { adaptReal } from './real-session-port.js';
import { realSource } from './real-source.js';

/** What attempts on real clusters are opened with. */
export interface RealPlace {
  readonly home: string;
  readonly progress: ProgressStore;
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly places: ContentIo;
  /** Whatever is asked is answered with yes. */
  readonly yes: boolean;
  /** What could not be put back is noted here too, for who leaves the screens by it. */
  readonly left: string[];
  /** What else is told once the screens are gone. */
  readonly told?: string[];
  /** Another source of clusters than the choice says, for tests. */
  readonly source?: (choice: RealChoice) => Promise<RealSource>;
}

/** Begins an attempt at a lab on a real cluster. */
export async function startReal(
  place: RealPlace,
  choice: RealChoice,
  { id, seed = newSeed() }: { readonly id: string; readonly seed?: string | undefined },
  open: OpenSessionOptions,
): Promise<LabSession> {
  const { startRealAttempt } = await import('../../labs/real/open-real-attempt.js');
  const lab = findLab(id, place.places);
  const source = await sourceOf(place, choice);
  return tellingOfStop(place, open, source.name, async () =>
    adaptReal(await startRealAttempt(lab, optionsOf(place, source, id, seed, open)), place.left),
  );
}

/** Goes on with an attempt that was left on a real cluster. */
export async function resumeReal(
  place: RealPlace,
  journal: Journal,
  id: string,
  open: OpenSessionOptions,
): Promise<LabSession> {
  const { resumeRealAttempt } = await import('../../labs/real/open-real-attempt.js');
  const { lab, seed, real } = journal.header;
  const choice = readCluster(real?.cluster);
  if (!choice) throw new Error(`${journalPath(place.home, id)} was on no real cluster`);
  const source = await sourceOf(place, choice);
  return adaptReal(await resumeRealAttempt(journal, id, optionsOf(place, source, lab, seed, open)), place.left);
}

/** Of what was stopped the screens tell no more: they are gone when it has ended. */
async function tellingOfStop<T>(
  { left, told }: RealPlace,
  { signal }: OpenSessionOptions,
  cluster: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    // The first line is whatever broke because of that.
    const [, ...stays] = error instanceof Error ? error.message.split('\n') : [];
    if (signal?.aborted) left.push(...stays);
    if (signal?.aborted && stays.length === 0) told?.push(`Stopped. Nothing of it is left on ${cluster}.`);
    throw error;
  }
}

function sourceOf({ environment, source }: RealPlace, choice: RealChoice): Promise<RealSource> {
  return source ? source(choice) : realSource(choice, { environment });
}

function optionsOf(
  { home, progress, program, environment, places, yes }: RealPlace,
  source: RealSource,
  lab: string,
  seed: string,
  { columns, rows, onStep, confirm, signal }: OpenSessionOptions,
): RealAttemptOptions {
  return {
    home,
    progress,
    program,
    columns,
    rows,
    source,
    environment,
    instantiate: (where) => instanceOf(findLab(lab, places), seed, {}, where),
    onStep: ({ says, number, of }) => onStep(says, { number, of }),
    confirm: async (question, about) => (yes && about !== 'own-work') || ((await confirm?.(question)) ?? false),
    ...(signal ? { signal } : {}),
  };
}
