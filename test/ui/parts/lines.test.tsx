import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import { type Scene, SceneProvider } from '../../../src/ui/parts/context.js';
import { Lines } from '../../../src/ui/parts/lines.js';
import { ClockStore } from '../../../src/ui/store/clock.js';
import { initialState } from '../../../src/ui/store/state.js';
import { createStore } from '../../../src/ui/store/store.js';
import { makeTheme } from '../../../src/ui/theme.js';
import { CATALOGUE, NOW } from '../fake-session.js';

const scene = (colours: boolean): Scene => ({
  store: createStore(initialState({ columns: 20, rows: 5 }, CATALOGUE, NOW)),
  clock: new ClockStore(),
  theme: makeTheme(colours),
  pane: () => undefined,
});

function frame(colours: boolean, text: string, rows: number): string | undefined {
  const { lastFrame, unmount } = render(
    <SceneProvider value={scene(colours)}>
      <Lines lines={[[{ text, style: 'failed' }]]} columns={12} rows={rows} />
    </SceneProvider>,
  );
  const last = lastFrame();
  unmount();
  return last;
}

test('a line is cut to its width, wide characters whole', () => {
  expect(frame(false, '漢字漢字漢字漢字', 1)?.replace(/\x1b\[\d+m/g, '')).toBe('漢字漢字漢…');
});

test('missing rows are blank', () => {
  expect(frame(false, 'one', 3)?.split('\n')).toHaveLength(3);
});

test('what would move the cursor does not reach the terminal', () => {
  expect(frame(false, 'a\x1b[2Jb\r\nc', 1)).not.toContain('\x1b[2J');
});

test('colours are there when there are colours', () => {
  expect(frame(true, 'one', 1)).toContain('\x1b[31m');
  expect(frame(false, 'one', 1)).not.toContain('\x1b[31m');
});
