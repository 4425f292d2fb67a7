/** What kind of value an option of less has, and what is said about it. */
export interface OptionDescription {
  readonly letter: string;
  readonly name: string;
  /** `truth`: off or on; `triple`: off, lower-case letter, upper-case letter. */
  readonly kind: 'truth' | 'triple' | 'number' | 'text' | 'none';
  /** Off, on, on with the capital letter; or for numbers and texts the prompt and the description. */
  readonly says: readonly string[];
  readonly initial?: number;
  /** The screen has to be painted anew when it changes. */
  readonly repaints?: boolean;
  /** Matches have to be painted anew when it changes. */
  readonly highlights?: boolean;
  /** It cannot be changed while less runs. */
  readonly fixed?: boolean;
}

function triple(letter: string, name: string, says: readonly string[], more: Partial<OptionDescription> = {}) {
  return { letter, name, kind: 'triple', says, ...more } as const;
}

function truth(letter: string, name: string, says: readonly string[], more: Partial<OptionDescription> = {}) {
  return { letter, name, kind: 'truth', says, ...more } as const;
}

/** less's options by their letter; the words are those of less 590. */
const OPTIONS: readonly OptionDescription[] = [
  triple(
    'a',
    'search-skip-screen',
    ['Search includes displayed screen', 'Search skips displayed screen', 'Search includes all of displayed screen'],
    { initial: 2 },
  ),
  {
    letter: 'b',
    name: 'buffers',
    kind: 'number',
    says: ['Max buffer space per file (K): ', 'Max buffer space per file: %dK'],
    initial: 64,
  },
  truth('B', 'auto-buffers', ["Don't automatically allocate buffers", 'Automatically allocate buffers when needed'], {
    initial: 1,
  }),
  triple('c', 'clear-screen', [
    'Repaint by scrolling from bottom of screen',
    'Repaint by painting from top of screen',
    'Repaint by painting from top of screen',
  ]),
  truth('d', 'dumb', ['Assume intelligent terminal', 'Assume dumb terminal'], { fixed: true }),
  triple('e', 'quit-at-eof', ["Don't quit at end-of-file", 'Quit at end-of-file', 'Quit immediately at end-of-file']),
  truth('f', 'force', ['Open only regular files', 'Open even non-regular files']),
  truth('F', 'quit-if-one-screen', [
    "Don't quit if end-of-file on first screen",
    'Quit if end-of-file on first screen',
  ]),
  triple(
    'g',
    'hilite-search',
    [
      "Don't highlight search matches",
      'Highlight matches for previous search only',
      'Highlight all matches for previous search pattern',
    ],
    { initial: 2, highlights: true },
  ),
  {
    letter: 'h',
    name: 'max-back-scroll',
    kind: 'number',
    says: ['Backwards scroll limit: ', 'Backwards scroll limit is %d lines'],
    initial: -1,
  },
  triple(
    'i',
    'ignore-case',
    ['Case is significant in searches', 'Ignore case in searches', 'Ignore case in searches and in patterns'],
    { highlights: true },
  ),
  { letter: 'j', name: 'jump-target', kind: 'text', says: ['Target line: ', 'Position target at screen line %s'] },
  truth('J', 'status-column', ["Don't display a status column", 'Display a status column'], { repaints: true }),
  truth('K', 'quit-on-intr', ['Interrupt (ctrl-C) returns to prompt', 'Interrupt (ctrl-C) exits less']),
  truth('L', 'no-lessopen', ["Don't use the LESSOPEN filter", 'Use the LESSOPEN filter'], { initial: 1 }),
  triple('m', 'long-prompt', ['Short prompt', 'Medium prompt', 'Long prompt']),
  triple('n', 'line-numbers', ["Don't use line numbers", 'Use line numbers', 'Constantly display line numbers'], {
    initial: 1,
    repaints: true,
  }),
  { letter: 'o', name: 'log-file', kind: 'text', says: ['log file: ', 'Log file "%s"'] },
  { letter: 'p', name: 'pattern', kind: 'text', says: ['', ''], fixed: true },
  { letter: 'P', name: 'prompt', kind: 'text', says: ['prompt: ', '%s'] },
  triple('q', 'quiet', [
    'Ring the bell for errors AND at eof/bof',
    'Ring the bell for errors but not at eof/bof',
    'Never ring the bell',
  ]),
  triple(
    'r',
    'raw-control-chars',
    [
      'Display control characters as ^X',
      'Display control characters directly (not recommended)',
      'Display ANSI sequences directly, other control characters as ^X',
    ],
    { repaints: true },
  ),
  truth('s', 'squeeze-blank-lines', ['Display all blank lines', 'Squeeze multiple blank lines'], { repaints: true }),
  truth('S', 'chop-long-lines', ['Fold long lines', 'Chop long lines'], { repaints: true }),
  triple(
    'u',
    'underline-special',
    ['Display underlined text in underline mode', 'Backspaces cause overstrike', 'Print backspace as ^H'],
    { repaints: true },
  ),
  { letter: 'V', name: 'version', kind: 'none', says: [] },
  triple('w', 'hilite-unread', [
    "Don't highlight first unread line",
    'Highlight first unread line after forward-screen',
    'Highlight first unread line after any forward movement',
  ]),
  { letter: 'x', name: 'tabs', kind: 'text', says: ['Tab stops: ', 'Tab stops every %s spaces'], repaints: true },
  truth('X', 'no-init', ['Send init/deinit strings to terminal', "Don't use init/deinit strings"], { fixed: true }),
  {
    letter: 'y',
    name: 'max-forw-scroll',
    kind: 'number',
    says: ['Forward scroll limit: ', 'Forward scroll limit is %d lines'],
    initial: -1,
  },
  {
    letter: 'z',
    name: 'window',
    kind: 'number',
    says: ['Scroll window size: ', 'Scroll window size is %d lines'],
    initial: -1,
  },
  truth('~', 'tilde', ["Don't show tildes after end of file", 'Show tildes after end of file'], {
    initial: 1,
    repaints: true,
  }),
  { letter: '?', name: 'help', kind: 'none', says: [] },
  { letter: '#', name: 'shift', kind: 'text', says: ['Horizontal shift: ', 'Horizontal shift %s columns'] },
];

/** How an option is found: by its letter, a capital one of a triple being its third state. */
export function findOption(letter: string): { option: OptionDescription; capital: boolean } | undefined {
  const exact = OPTIONS.find((option) => option.letter === letter);
  if (exact) return { option: exact, capital: false };
  const lower = letter.toLowerCase();
  const triple = lower === letter ? undefined : OPTIONS.find(({ letter: l, kind }) => l === lower && kind === 'triple');
  return triple && { option: triple, capital: true };
}

/** By its long name or the beginning of one; `ambiguous` when several begin so. */
export function findLongOption(
  name: string,
): { option: OptionDescription; capital: boolean } | 'ambiguous' | undefined {
  const spelled = OPTIONS.flatMap((option) => {
    const names = [{ option, name: option.name, capital: false }];
    if (option.kind === 'triple') names.push({ option, name: option.name.toUpperCase(), capital: true });
    if (option.letter === 'q') names.push({ option, name: 'silent', capital: false });
    return names;
  });
  const exact = spelled.find((entry) => entry.name === name);
  if (exact) return exact;
  const starting = spelled.filter((entry) => entry.name.startsWith(name));
  return starting.length > 1 ? 'ambiguous' : starting[0];
}

/** The values of all options. */
export class Settings {
  private readonly numbers = new Map<string, number>();
  private readonly texts = new Map<string, string>();
  /** Counts changes, so that what was laid out by older values is thrown away. */
  version = 0;

  /** A truth, triple or number option's value. */
  number(letter: string): number {
    return this.numbers.get(letter) ?? OPTIONS.find((option) => option.letter === letter)?.initial ?? 0;
  }

  on(letter: string): boolean {
    return this.number(letter) !== 0;
  }

  text(letter: string): string | undefined {
    return this.texts.get(letter);
  }

  setNumber(letter: string, value: number): void {
    this.numbers.set(letter, value);
    this.version += 1;
  }

  setText(letter: string, value: string): void {
    this.texts.set(letter, value);
    this.version += 1;
  }

  /** Columns between tab stops. */
  get tab(): number {
    const value = Number(this.text('x')?.split(',').at(-1));
    return value >= 1 ? value : 8;
  }
}
