import { catalogueRows, certifications } from './catalogue-rows.js';
import type { Intent } from './event.js';
import type { CatalogueState } from './state.js';

/** The catalogue after a key. `page` is how many rows a page has. */
export function reduceCatalogue(state: CatalogueState, intent: Intent, page: number): CatalogueState {
  switch (intent) {
    case 'search':
      return { ...state, searching: true };
    case 'search-done':
      return { ...state, searching: false };
    case 'search-clear':
    case 'back':
      return { ...state, searching: false, query: '', cursor: 1 };
    case 'certification':
      return { ...state, certification: nextCertification(state), cursor: 1 };
    case 'from-base':
      return { ...state, fromBase: !state.fromBase };
    case 'open':
      return toggled(state);
    case 'up':
      return moved(state, -1);
    case 'down':
      return moved(state, 1);
    case 'page-up':
      return moved(state, -page);
    case 'page-down':
      return moved(state, page);
    case 'home':
      return moved(state, -Infinity);
    case 'end':
      return moved(state, Infinity);
    default:
      return state;
  }
}

function moved(state: CatalogueState, by: number): CatalogueState {
  const last = Math.max(0, catalogueRows(state).length - 1);
  return { ...state, cursor: Math.max(0, Math.min(last, state.cursor + by)) };
}

function toggled(state: CatalogueState): CatalogueState {
  const row = catalogueRows(state)[state.cursor];
  if (row?.kind !== 'domain') return state;
  const closed = state.closed.includes(row.key)
    ? state.closed.filter((key) => key !== row.key)
    : [...state.closed, row.key];
  return { ...state, closed };
}

/** All, then one certification after the other. */
function nextCertification(state: CatalogueState): string | undefined {
  const all = certifications(state);
  return state.certification === undefined ? all[0] : all[all.indexOf(state.certification) + 1];
}
