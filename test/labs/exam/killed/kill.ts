import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Chance } from '../../../../src/labs/exam/chance.js';
import { SCORE, type Told } from './script.js';

/** After a step, the most that a candidate lives on. */
const DELAY_MAX_MILLISECONDS = 400;
/** Steps, the grading, and before the first one. */
const PLACES = 18;

/** When a candidate is killed: so many steps after he sat down, and a little later. */
interface Moment {
  readonly steps: number;
  readonly milliseconds: number;
}

/**
 * Sits an exam in a home, and kills it at drawn moments, so many times. Throws where something that was acknowledged is
 * gone, or the score is another; resolves to how often it was killed before it was over. `candidate` is the bundled
 * `sit.ts`.
 */
export async function sitKilled(candidate: string, home: string, kills: number, chance: Chance): Promise<number> {
  let done = -1;
  for (let left = kills; ; left -= 1) {
    const from = done + 1;
    const moment = left > 0 ? drawMoment(chance, PLACES - from) : undefined;
    const life = await sit(candidate, home, from, moment);
    for (const told of life.told) {
      if ('here' in told) demandAcknowledged(told.here, done);
      if ('done' in told) done = told.done;
      if ('score' in told && JSON.stringify(told.score) !== JSON.stringify(SCORE))
        throw new Error(`the score is ${JSON.stringify(told.score)}`);
    }
    if (life.told.some((told) => 'score' in told)) return kills - left;
    if (!moment) throw new Error(`it ended after step ${done} without a score: ${life.errors}`);
    if (life.status !== null) throw new Error(`it ended by itself after step ${done}: ${life.errors}`);
  }
}

/** Mostly within the next few steps, so that a life has several ends. */
function drawMoment(chance: Chance, places: number): Moment {
  return { steps: chance.below(Math.max(1, Math.min(6, places))), milliseconds: chance.below(DELAY_MAX_MILLISECONDS) };
}

function demandAcknowledged(here: Extract<Told, { here: object }>['here'], done: number): void {
  let task = 0;
  let notes = '';
  const missing: unknown[] = [];
  for (const step of here.script.slice(0, done + 1)) {
    if ('open' in step) task = step.open;
    if ('notes' in step) notes = step.notes;
    const there =
      'open' in step
        ? here.opened.includes(step.open)
        : 'flag' in step
          ? here.flagged.includes(step.flag)
          : 'line' in step
            ? (here.typed[task] ?? '').includes(`${step.line}\r`)
            : true;
    if (!there) missing.push(step);
  }
  // Notes that were written and not acknowledged may be there too.
  const next = here.script[done + 1];
  if (here.notes !== notes && !(next && 'notes' in next && here.notes === next.notes)) missing.push({ notes });
  if (missing.length > 0) throw new Error(`after step ${done} these are gone: ${JSON.stringify(missing)}`);
}

interface Life {
  readonly told: readonly Told[];
  /** Null where it was killed. */
  readonly status: number | null;
  readonly errors: string;
}

/** One life of a candidate, to the end or to a moment. */
async function sit(candidate: string, home: string, from: number, moment: Moment | undefined): Promise<Life> {
  const child = spawn(process.execPath, [candidate, home, String(from)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const told: Told[] = [];
  let errors = '';
  let timer: NodeJS.Timeout | undefined;
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(JSON.parse(line) as Told);
    if (!moment || told.length <= moment.steps || timer) continue;
    timer = setTimeout(() => child.kill('SIGKILL'), moment.milliseconds);
  }
  const status = await ended;
  clearTimeout(timer);
  return { told, status, errors };
}
