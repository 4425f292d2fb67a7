import type { Pane } from '../pane/pane.js';
import type { Lend, ScreenPorts } from '../ports.js';
import type { ClockStore } from '../store/clock.js';
import type { Intent } from '../store/event.js';
import type { State } from '../store/state.js';
import type { Store } from '../store/store.js';

/** How a pane is made; it is loaded only when the first lab opens. */
export type MakePane = (options: {
  readonly columns: number;
  readonly rows: number;
  readonly onReply: (bytes: Uint8Array) => void;
}) => Promise<Pane>;

/** What every desk works with. */
export interface DeskParts {
  readonly ports: ScreenPorts;
  readonly store: Store;
  readonly clock: ClockStore;
  readonly makePane: MakePane;
  /** The rows of the pane in front are others. */
  readonly paneChanged: () => void;
  /** Lends the terminal the screens are on to somebody else. */
  readonly lendTerminal: Lend;
  /** What is kept of the person's work is other than the catalogue shows. */
  readonly readCatalogue: () => void;
  /** The work at this desk is over; the person goes back to where they came from. */
  readonly over: () => void;
}

/** Where something is worked on: who carries bytes, opens, grades and leaves, as keys ask for it. */
export interface Desk {
  pane(): Pane | undefined;
  wantsPasteMarks(): boolean;
  /** Bytes for the terminal. */
  type(bytes: Uint8Array): void;
  /** Does what a key means on one of its screens; `before` is the state that the key was typed in. */
  perform(before: State, intent: Intent): void;
  /** The same for what lay over the screen. */
  performOverlay(before: State, intent: Intent): void;
  /** Makes the terminal as large as its room. */
  fit(): void;
  /** A moment has passed. */
  tick(): void;
  /** The program ends; what can be gone on with is kept. */
  quit(): Promise<void>;
}
