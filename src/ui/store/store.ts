import type { Event } from './event.js';
import { reduce } from './reducer.js';
import type { State } from './state.js';

/** The state of the screens, outside of what draws them. */
export interface Store {
  get(): State;
  dispatch(event: Event): void;
  /** Called after every change; returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** A store that begins with a state. */
export function createStore(initial: State): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: (event) => {
      const next = reduce(state, event);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
