import { type BeginAt, Conductor } from '../conductor.js';
import { KeyRouter } from '../keys/router.js';
import type { ScreenPorts } from '../ports.js';
import type { Surroundings } from '../run-screens.js';
import { statusText } from '../screens/status-text.js';
import { capital } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import { initialState, type Size, type State } from '../store/state.js';
import { createStore } from '../store/store.js';
import { themeFor } from '../theme.js';
import { say } from '../words/words.js';
import { HeardPane } from './heard-pane.js';
import { linearLoan } from './linear-loan.js';
import { LinearTerminal } from './linear-terminal.js';
import { isWritten, LinearVoice } from './linear-voice.js';

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SIGNAL_CODES: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
/** What is seen of keys that write. */
const ECHOES: Partial<Record<Intent, string>> = { 'edit-erase': '\b \b', 'edit-newline': '\r\n', undo: '\b \b' };

/**
 * The screens for a screen reader or a braille display: the same state, keys and desks as the painted ones, but nothing
 * is ever painted. What a screen shows is said once, in lines; then only what is new. The terminal's output passes as it
 * comes. Resolves to the exit code.
 */
export async function runLinear(
  { stdin, stdout, environment }: Surroundings,
  ports: ScreenPorts,
  at?: BeginAt,
): Promise<number> {
  const size = (): Size => ({
    columns: Math.max(2, stdout.columns || 80),
    rows: Math.max(2, stdout.rows || 24),
    bare: true,
  });
  const store = createStore(initialState(size(), ports.catalogue(), Date.now()));
  const terminal = new LinearTerminal(
    (text) => void stdout.write(text),
    () => size().columns - 1,
  );
  const voice = new LinearVoice();
  const conductor = new Conductor(
    ports,
    store,
    async (options) =>
      new HeardPane({ ...options, colours: themeFor(environment).colours }, (pane, bytes) =>
        terminal.heard(pane, bytes),
      ),
  );
  const isAtTerminal = ({ screen, overlay }: State): boolean =>
    overlay === null && (screen.name === 'lab' || screen.name === 'replay');
  const hearTerminal = (): void => {
    const pane = conductor.pane();
    if (isAtTerminal(store.get()) && pane instanceof HeardPane) terminal.enter(pane);
  };
  const show = (whole = false): void => {
    const state = store.get();
    const lines = voice.hear(state, whole);
    terminal.leave(isAtTerminal(state) ? conductor.pane() : undefined);
    terminal.say(lines);
    hearTerminal();
  };
  const router = new KeyRouter({
    state: store.get,
    intent: (intent) => perform(intent),
    refused: (reason) => {
      store.dispatch({ type: 'leader-done' });
      terminal.say([say('no.reason', { reason: capital(reason) })]);
    },
    value: (number) => conductor.typeValue(number),
    leaderDone: () => store.dispatch({ type: 'leader-done' }),
    terminal: (bytes) => conductor.type(bytes),
    wantsPasteMarks: () => conductor.wantsPasteMarks(),
    textBox: (bytes) => search(Buffer.from(bytes).toString('utf8')),
    notes: (text) => {
      if (isWritten(store.get())) terminal.echo(text.replace(/[\x00-\x1f\x7f]/g, ' '));
      conductor.write(text);
    },
    mouse: () => {},
  });
  const perform = (intent: Intent): void => {
    if (intent === 'say-again') return show(true);
    if (intent === 'status') {
      store.dispatch({ type: 'leader-done' });
      return terminal.say([statusText(store.get(), conductor.clock.get())]);
    }
    if (isWritten(store.get())) terminal.echo(ECHOES[intent] ?? '');
    conductor.perform(intent);
    const { lab, screen } = store.get();
    if (screen.name !== 'lab' || !lab || lab.focus === 'terminal') return;
    // Nothing scrolls here: the task is said again, and what was printed is the person's own terminal's to find.
    conductor.perform('terminal');
    if (lab.focus === 'task') show(true);
    else terminal.say([say('linear.scrollback')]);
  };
  const search = (text: string): void => {
    const { query } = store.get().catalogue;
    const erased = text === '\x7f' || text === '\b';
    const next = erased ? [...query].slice(0, -1).join('') : query + text.replace(/[\x00-\x1f\x7f]/g, '');
    store.dispatch({ type: 'searched', query: next });
  };
  let code = 0;
  const onData = (bytes: Buffer): void => router.push(bytes);
  const onResize = (): void => store.dispatch({ type: 'resized', ...size() });
  const onSignal = (signal: NodeJS.Signals): void => {
    // Ctrl-C in an editor or a shell is for that.
    if (signal === 'SIGINT' && loan.lent) return;
    code = SIGNAL_CODES[signal] ?? 1;
    conductor.quit();
  };
  const onHangUp = (): void => onSignal('SIGHUP');
  const restore = (): void => {
    stdin.setRawMode?.(false);
    stdout.write(PASTE_OFF);
  };
  const take = (): void => {
    stdin.setRawMode?.(true);
    stdin.resume();
    stdout.write(PASTE_ON);
    stdin.on('data', onData);
  };
  const give = (): void => {
    stdin.off('data', onData);
    restore();
    stdin.pause();
  };
  const loan = linearLoan(give, take, (line) => terminal.say([line]));
  conductor.lendTerminal = loan.lend;
  let due = false;
  // What is said of a terminal one comes to is said before it is heard.
  conductor.onPaneChange = () => {
    if (!due) hearTerminal();
  };
  take();
  process.on('exit', restore);
  stdin.on('end', onHangUp);
  stdout.on('resize', onResize);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  terminal.say([say('linear.welcome')]);
  // Several changes at once, such as one list in place of another, are heard as one.
  const stop = store.subscribe(() => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      show();
    });
  });
  try {
    conductor.begin(at);
    if (at === undefined || 'exam' in at) show();
    await conductor.ended;
    return code;
  } finally {
    stop();
    stdin.off('data', onData);
    stdin.off('end', onHangUp);
    stdout.off('resize', onResize);
    process.off('exit', restore);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    router.stop();
    terminal.leave();
    restore();
    stdin.pause();
  }
}
