import { render } from 'ink';
import { App } from './app.js';
import { type BeginAt, Conductor } from './conductor.js';
import { KeyRouter } from './keys/router.js';
import { RowStock } from './line/row-stock.js';
import { isLinear } from './linear/is-linear.js';
import { fillPane } from './pane/placeholder.js';
import type { ScreenPorts } from './ports.js';
import { statusText } from './screens/status-text.js';
import { capital } from './screens/words.js';
import { initialState } from './store/state.js';
import { createStore } from './store/store.js';
import { FrameStream, TextBoxStream } from './terminal/ink-streams.js';
import { Loan } from './terminal/loan.js';
import { OuterTerminal } from './terminal/outer-terminal.js';
import { Painter } from './terminal/painter.js';
import { themeFor } from './theme.js';
import { say } from './words/words.js';

/** What the screens run in. */
export interface Surroundings {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** Opens the screens and resolves to the exit code when the person quits. The terminal is given back in any case. */
export async function runScreens(
  { stdin, stdout, environment }: Surroundings,
  ports: ScreenPorts,
  at?: BeginAt,
): Promise<number> {
  if (isLinear(environment))
    return (await import('./linear/run-linear.js')).runLinear({ stdin, stdout, environment }, ports, at);
  const theme = themeFor(environment);
  const size = (): { columns: number; rows: number } => ({
    columns: Math.max(1, stdout.columns || 80),
    rows: Math.max(2, stdout.rows || 24),
  });
  const store = createStore(initialState(size(), ports.catalogue(), Date.now(), ports.fromBase));
  const conductor = new Conductor(ports, store, async (options) => {
    const { Pane } = await import('./pane/pane.js');
    return new Pane({ ...options, colours: theme.colours });
  });
  // Who asked for something is not to see the catalogue before it.
  if (at && ('exam' in at || 'id' in at || 'replay' in at))
    store.dispatch({ type: 'shown', screen: { name: 'loading', title: 'kubedrill', steps: [], opens: false } });
  const outer = new OuterTerminal({ stdin, stdout });
  const painter = new Painter(stdout);
  const loan = new Loan(outer, painter, stdout);
  const textBox = new TextBoxStream();
  const router = new KeyRouter({
    state: store.get,
    intent: (intent) => {
      if (intent !== 'status') return conductor.perform(intent);
      store.dispatch({ type: 'leader-done' });
      conductor.notice(say('status.title'), statusText(store.get(), conductor.clock.get()));
    },
    refused: (reason) => conductor.notice(say('no.title'), say('no.reason', { reason: capital(reason) })),
    value: (number) => conductor.typeValue(number),
    leaderDone: () => store.dispatch({ type: 'leader-done' }),
    terminal: (bytes) => conductor.type(bytes),
    wantsPasteMarks: () => conductor.wantsPasteMarks(),
    textBox: (bytes) => void textBox.write(bytes),
    notes: (text) => conductor.write(text),
    mouse: (report) => conductor.mouse(report),
  });
  const stock = new RowStock();
  let frame = '';
  const paint = (): void => {
    outer.mouse(conductor.wantsMouse());
    painter.paint(fillPane(frame, conductor.pane()?.rows() ?? []));
  };
  const frames = new FrameStream(size, (next) => {
    frame = stock.fill(next);
    paint();
  });
  conductor.onPaneChange = paint;
  conductor.lendTerminal = (use, whose) => loan.lend(use, whose);
  const onData = (bytes: Buffer): void => router.push(bytes);
  const onResize = (): void => {
    store.dispatch({ type: 'resized', ...size() });
    painter.repaint();
  };
  const onContinue = (): void => {
    if (loan.lent) return;
    outer.leave();
    outer.enter();
    painter.repaint();
  };
  let code = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    // Ctrl-C in an editor is for the editor.
    if (signal === 'SIGINT' && loan.lent) return;
    code = SIGNAL_CODES[signal] ?? 1;
    conductor.quit();
  };
  // A window that is closed may tell nobody but the keyboard's stream.
  const onHangUp = (): void => onSignal('SIGHUP');
  outer.enter();
  const ink = render(<App scene={{ store, clock: conductor.clock, theme, stock, pane: conductor.pane }} />, {
    stdout: frames as unknown as NodeJS.WriteStream,
    stdin: textBox as unknown as NodeJS.ReadStream,
    stderr: frames as unknown as NodeJS.WriteStream,
    // Whole frames, at once: what of them is new the painter finds out.
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  stdin.on('data', onData);
  stdin.on('end', onHangUp);
  stdout.on('resize', onResize);
  process.on('SIGCONT', onContinue);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    conductor.begin(at);
    await conductor.ended;
    return code;
  } finally {
    stdin.off('data', onData);
    stdin.off('end', onHangUp);
    stdout.off('resize', onResize);
    process.off('SIGCONT', onContinue);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    router.stop();
    painter.stop();
    loan.stop();
    ink.unmount();
    outer.leave();
  }
}
