import { render } from 'ink';
import { App } from '../../src/ui/app.js';
import { unpainted } from '../../src/ui/line/line.js';
import { RowStock } from '../../src/ui/line/row-stock.js';
import { fillPane } from '../../src/ui/pane/placeholder.js';
import type { PaneView } from '../../src/ui/pane/view.js';
import { labLayout } from '../../src/ui/screens/lab-layout.js';
import { ClockStore } from '../../src/ui/store/clock.js';
import type { Event } from '../../src/ui/store/event.js';
import { initialState, type Size } from '../../src/ui/store/state.js';
import { createStore, type Store } from '../../src/ui/store/store.js';
import { FrameStream, TextBoxStream } from '../../src/ui/terminal/ink-streams.js';
import { makeTheme, type ThemeName } from '../../src/ui/theme.js';
import { CATALOGUE, NOW } from '../ui/fake-session.js';

/** A terminal's screen that is fuller than any real one: every cell of every row. */
export function paneOf(width: number, rows: number): PaneView {
  return {
    version: 1,
    scrolledBack: 0,
    rows: () => Array.from({ length: rows }, (_, row) => `row ${row} `.padEnd(width, '.')),
    subscribe: () => () => {},
  };
}

/** The state after what has happened. */
export function storeAfter(size: Size, events: readonly Event[], catalogue = CATALOGUE): Store {
  const store = createStore(initialState(size, catalogue, NOW));
  for (const event of events) store.dispatch(event);
  return store;
}

/** What a window shows after what has happened. */
export function frameOf(size: Size, events: readonly Event[], theme: ThemeName, catalogue = CATALOGUE): string {
  const store = storeAfter(size, events, catalogue);
  const clock = new ClockStore();
  clock.set(492);
  const { lab } = store.get();
  const { screen } = store.get();
  const room = lab ? labLayout(size, lab).pane : screen.name === 'replay' ? { ...size, rows: size.rows - 2 } : size;
  const pane = paneOf(room.columns, room.rows);
  let frame = '';
  const stream = new FrameStream(
    () => size,
    (next) => {
      frame = next;
    },
  ) as unknown as NodeJS.WriteStream;
  const stdin = new TextBoxStream() as unknown as NodeJS.ReadStream;
  const stock = new RowStock();
  const scene = { store, clock, stock, theme: makeTheme(theme, theme !== 'none'), pane: () => pane };
  const ink = render(<App scene={scene} />, {
    stdout: stream,
    stderr: stream,
    stdin,
    debug: true,
    patchConsole: false,
  });
  // Ink draws everything once more when it ends, unless nobody sees it.
  Object.assign(stream, { destroyed: true });
  ink.unmount();
  return fillPane(stock.fill(frame), pane.rows().slice());
}

/** What is seen, however it is painted. */
export function seen(frame: string): string {
  return unpainted(frame)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
