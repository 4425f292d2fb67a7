import type { Event, Intent } from './event.js';
import { reduceCatalogue } from './reduce-catalogue.js';
import { reduceLab } from './reduce-lab.js';
import { scrollBy } from './scroll.js';
import type { LabState, Overlay, State } from './state.js';

/** Characters of a search; a book that is pasted into the box must not be looked for, nor drawn. */
const QUERY_MAX = 60;

/** The state after an event. Pure. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'intent':
      return reduceIntent(event.intent === 'leader' ? state : { ...state, leader: false }, event.intent);
    case 'resized':
      return { ...state, size: { columns: event.columns, rows: event.rows } };
    case 'leader-done':
      return state.leader ? { ...state, leader: false } : state;
    case 'searched':
      return searched(state, event.query.slice(0, QUERY_MAX));
    case 'catalogue-read':
      return { ...state, now: event.now, catalogue: { ...state.catalogue, view: event.view } };
    case 'shown':
      return { ...state, screen: event.screen, overlay: null, leader: false, scroll: 0 };
    case 'step':
      return state.screen.name === 'loading'
        ? { ...state, screen: { ...state.screen, steps: [...state.screen.steps, event.step] } }
        : state;
    case 'lab-opened':
      return { ...state, screen: { name: 'lab' }, overlay: null, scroll: 0, lab: openedLab(state.lab, event) };
    case 'hint-taken':
      return withLab(state, (lab) => ({ hintsTaken: [...lab.hintsTaken, event.hint] }));
    case 'graded':
      return withLab({ ...state, screen: { name: 'report', part: 'checks' }, overlay: null, scroll: 0 }, () => ({
        graded: event.graded,
        typed: event.typed,
      }));
    case 'report-part':
      return { ...state, screen: { name: 'report', part: event.part }, scroll: 0 };
    case 'noticed': {
      const { title, text, offers } = event;
      return { ...state, overlay: { name: 'notice', title, text, offers }, leader: false };
    }
    case 'overlay-closed':
      return { ...state, overlay: null };
  }
}

function reduceIntent(state: State, intent: Intent): State {
  if (intent === 'leader') return { ...state, leader: true };
  if (intent === 'help') return { ...state, overlay: { name: 'help', scroll: 0 } };
  if (state.overlay !== null) return { ...state, overlay: reduceOverlay(state.overlay, intent) };
  switch (state.screen.name) {
    case 'catalogue':
      if (intent === 'progress') return { ...state, screen: { name: 'progress' }, scroll: 0 };
      return { ...state, catalogue: reduceCatalogue(state.catalogue, intent, pageOf(state)) };
    case 'progress':
      return intent === 'back' ? { ...state, screen: { name: 'catalogue' }, scroll: 0 } : scrolled(state, intent);
    case 'report':
      return scrolled(state, intent);
    case 'lab':
      return reduceLab(state, intent);
    case 'loading':
    case 'error':
      return state;
  }
}

function reduceOverlay(overlay: Overlay, intent: Intent): Overlay | null {
  if (intent === 'back' || intent === 'no') return null;
  switch (overlay.name) {
    case 'help':
      return { ...overlay, scroll: scrollBy(overlay.scroll, intent, 10) };
    case 'confirm':
      return intent === 'yes' && overlay.asks === 'finish' ? { name: 'confirm', asks: 'surely' } : overlay;
    case 'hints':
    case 'notice':
    case 'values':
      return overlay;
  }
}

function searched(state: State, query: string): State {
  return query === state.catalogue.query ? state : { ...state, catalogue: { ...state.catalogue, query, cursor: 1 } };
}

/** Rows that Page Up and Page Down move by. */
function pageOf({ size }: State): number {
  return Math.max(1, size.rows - 6);
}

function scrolled(state: State, intent: Intent): State {
  const scroll = scrollBy(state.scroll, intent, pageOf(state));
  return scroll === state.scroll ? state : { ...state, scroll };
}

function openedLab(
  before: LabState | undefined,
  { view, host, hintsTaken }: Extract<Event, { type: 'lab-opened' }>,
): LabState {
  return {
    view,
    host,
    hintsTaken,
    focus: 'terminal',
    layout: before?.layout ?? 'automatic',
    taskScroll: 0,
    graded: undefined,
    typed: [],
  };
}

function withLab(state: State, change: (lab: LabState) => Partial<LabState>): State {
  return state.lab ? { ...state, lab: { ...state.lab, ...change(state.lab) } } : state;
}
