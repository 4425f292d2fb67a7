import { overlayLines } from '../overlays/overlay-lines.js';
import type { State } from '../store/state.js';
import { examStartLines } from './exam-start-lines.js';
import { labLayout } from './lab-layout.js';
import { progressLines } from './progress-lines.js';
import { reportLines } from './report-lines.js';
import { reviewLines } from './review-lines.js';
import { overlayRows } from './window.js';

/** Rows of a screen below its header and above the keys, with an empty row on either side where there is room. */
export function bodyRows(rows: number): number {
  return Math.max(0, rows - 2 - (isAiry(rows) ? 2 : 0));
}

/** Whether a window is high enough for empty rows. */
export function isAiry(rows: number): boolean {
  return rows >= 12;
}

/** The last scroll position of what a person sees: the one that shows its end. */
export function lastScroll(state: State): number {
  const { columns, rows } = state.size;
  const { overlay, screen, lab } = state;
  if (overlay) return Math.max(0, overlayLines(state, overlay, columns - 1).length - overlayRows(state));
  if (screen.name === 'progress') return Math.max(0, progressLines(state, columns).length - bodyRows(rows));
  if (screen.name === 'exam-start') return Math.max(0, examStartLines(screen.offer, columns).length - bodyRows(rows));
  if (screen.name === 'report' && lab)
    return Math.max(0, reportLines(lab, screen.part, columns).length - bodyRows(rows));
  if (screen.name === 'review' && state.review)
    return Math.max(0, reviewLines(state.review, columns).length - bodyRows(rows));
  if (screen.name !== 'lab' || !lab) return 0;
  const { lines, task, panel } = labLayout(state.size, lab);
  // An author's panel moves with the task; its last row says how much there is.
  const below = panel && panel.lines.length > panel.rows ? panel.lines.length - panel.rows + 1 : 0;
  return Math.max(0, below, task.rows > 0 ? lines.length - task.rows : 0);
}
