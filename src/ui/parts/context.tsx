import { createContext, useContext, useSyncExternalStore } from 'react';
import type { RowStock } from '../line/row-stock.js';
import type { PaneView } from '../pane/view.js';
import type { ClockStore } from '../store/clock.js';
import type { State } from '../store/state.js';
import type { Store } from '../store/store.js';
import type { Theme } from '../theme.js';

/** What the components draw from; none of it ever changes its identity, so that giving it on draws nothing again. */
export interface Scene {
  readonly store: Store;
  readonly clock: ClockStore;
  readonly theme: Theme;
  /** Where rows wait until the frame is painted; without it they are drawn as they are. */
  readonly stock?: RowStock;
  /** The terminal's screen, when there is one. */
  readonly pane: () => PaneView | undefined;
}

const SceneContext = createContext<Scene | undefined>(undefined);

export const SceneProvider = SceneContext.Provider;

/** The scene a component stands in. */
export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (!scene) throw new Error('a component stands outside of the scene');
  return scene;
}

/** A part of the state; the component is drawn again only when that part is another one. */
export function useSlice<T>(select: (state: State) => T): T {
  const { store } = useScene();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
