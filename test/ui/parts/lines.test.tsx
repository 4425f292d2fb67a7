import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import type { Line } from '../../../src/ui/line/line.js';
import { RowStock } from '../../../src/ui/line/row-stock.js';
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
  theme: makeTheme(colours ? 'dark' : 'none'),
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

const ROWS: readonly Line[] = [
  [{ text: 'one', style: 'failed' }, { text: ' and two' }],
  [],
  [{ text: '漢字 and more', style: 'focus' }],
  [{ text: 'ends in a mark \ue001\ue100', style: 'focus' }],
  [{ text: '  stands in  ' }],
];

/** What a terminal shows of rows beside a box and under one, their styles as SGR sequences. */
function shown(stock: RowStock | undefined): string {
  const { lastFrame, unmount } = render(
    <SceneProvider value={{ ...scene(true), ...(stock ? { stock } : {}) }}>
      <Box flexDirection="column" width={40}>
        <Lines lines={ROWS} columns={40} />
        <Box gap={2}>
          <Lines lines={ROWS} columns={17} />
          <Lines lines={ROWS} columns={20} />
        </Box>
      </Box>
    </SceneProvider>,
  );
  const last = lastFrame() ?? '';
  unmount();
  return stock ? stock.fill(last) : last;
}

const plain = (frame: string): string => frame.replace(/\x1b\[[0-9;]*m/g, '');

test('rows that wait for the painting stand where Ink would draw them', () => {
  expect(plain(shown(new RowStock()))).toBe(plain(shown(undefined)));
});

test('rows keep their colours when they wait for the painting', () => {
  const stock = new RowStock();
  expect(stock.fill(`${stock.hold('\x1b[31mred\x1b[39m', 8)}      |`)).toBe('\x1b[31mred\x1b[39m     |');
});

test('the rows of the frame outlive thousands of others', () => {
  const stock = new RowStock();
  const kept = stock.hold('the task', 10);
  for (let row = 0; row < 10_000; row += 1) {
    stock.hold(`row ${row}`, 10);
    expect(stock.fill(kept)).toBe('the task');
  }
});
