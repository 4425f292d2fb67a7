import type { PracticePort } from '../practice-ports.js';
import type { Intent } from './event.js';
import type { MomentsOverlay, PracticeState } from './practice-state.js';
import { scrollBy } from './scroll.js';
import type { LabState } from './state.js';

/** Practice at a lab that was opened. */
export function openedPractice({ steps, solutionSeen }: Pick<PracticePort, 'steps' | 'solutionSeen'>): PracticeState {
  return {
    report: undefined,
    looking: false,
    failure: undefined,
    steps: steps.map(({ text }) => text),
    typed: 0,
    solution: false,
    solutionSeen,
  };
}

/** What changes of a lab when its practice does: what stands in the task's place is seen from its beginning. */
export function changedPractice(lab: LabState, change: Partial<PracticeState>): Partial<LabState> {
  if (!lab.practice) return {};
  const practice = { ...lab.practice, ...change };
  return { practice, ...(practice.solution === lab.practice.solution ? {} : { taskScroll: 0 }) };
}

/** The list of moments after a key; null: it is gone. */
export function reduceMoments<Shown extends MomentsOverlay>(
  overlay: Shown,
  intent: Intent,
  page: number,
): Shown | null {
  if (overlay.asks) return intent === 'yes' ? null : { ...overlay, asks: false };
  if (intent === 'back' || intent === 'no') return null;
  if (intent === 'yes') return overlay.moments.length === 0 ? overlay : { ...overlay, asks: true };
  const cursor = scrollBy(overlay.cursor, intent, page, overlay.moments.length - 1);
  return cursor === overlay.cursor ? overlay : { ...overlay, cursor };
}
