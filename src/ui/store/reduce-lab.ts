import { layoutMode, panelTakesTheTasksPlace } from '../screens/lab-layout.js';
import type { Intent } from './event.js';
import { scrollBy } from './scroll.js';
import type { AuthorPanel, LabState, LayoutChoice, State } from './state.js';

const LAYOUTS: readonly LayoutChoice[] = ['automatic', 'above', 'beside', 'terminal'];

/** The lab screen after a key. */
export function reduceLab(state: State, intent: Intent, last: number): State {
  const { lab } = state;
  if (!lab) return state;
  switch (intent) {
    case 'task':
      return changed(state, { focus: lab.focus === 'task' ? 'terminal' : 'task', find: undefined });
    case 'author-panel':
      return lab.author
        ? changed(state, { author: { ...lab.author, panel: nextPanel(state, lab, lab.author.panel) }, taskScroll: 0 })
        : state;
    case 'scrollback':
      return changed(state, { focus: 'scrollback', find: undefined });
    case 'find':
      return changed(state, { focus: 'find', find: { query: '', at: 0, of: 0 } });
    case 'find-older':
    case 'find-newer':
      return lab.find ? changed(state, { focus: 'found' }) : state;
    case 'mouse':
      return { ...state, mouse: !state.mouse };
    case 'tab-new':
    case 'tab-next':
    case 'tab-previous':
    case 'terminal':
    case 'back':
      return changed(state, { focus: 'terminal', find: undefined });
    case 'layout':
      return changed(state, { layout: nextLayout(state, lab) });
    case 'checks':
      return lab.practice ? { ...state, overlay: { name: 'checks', scroll: 0 } } : state;
    case 'hints':
      return { ...state, overlay: { name: 'hints', scroll: 0 } };
    case 'values':
      return { ...state, overlay: { name: 'values', scroll: 0 } };
    case 'finish':
      return { ...state, overlay: { name: 'confirm', asks: 'finish', scroll: 0 } };
    default:
      if (lab.focus !== 'task') return state;
      return changed(state, {
        taskScroll: scrollBy(lab.taskScroll, intent, Math.max(1, Math.floor(state.size.rows / 3) - 1), last),
      });
  }
}

const PANELS: readonly AuthorPanel[] = ['checks', 'solution', 'hints', 'explanation'];

function nextPanel({ size }: State, lab: LabState, panel: AuthorPanel): AuthorPanel {
  const panels: readonly AuthorPanel[] = panelTakesTheTasksPlace(size, lab) ? [...PANELS, 'task'] : PANELS;
  return panels[(panels.indexOf(panel) + 1) % panels.length] as AuthorPanel;
}

/** The next layout that looks otherwise in this window; the present one when there is none. */
function nextLayout({ size }: State, lab: LabState): LayoutChoice {
  const at = LAYOUTS.indexOf(lab.layout);
  const others = [...LAYOUTS.slice(at + 1), ...LAYOUTS.slice(0, at)];
  const now = layoutMode(size, lab);
  return others.find((layout) => layoutMode(size, { layout }) !== now) ?? lab.layout;
}

function changed(state: State, change: Partial<LabState>): State {
  return state.lab ? { ...state, lab: { ...state.lab, ...change } } : state;
}
