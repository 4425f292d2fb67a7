/** What a piece of text is; the theme says how that looks. Everything that matters has a sign or a word too. */
export type StyleName =
  | 'plain'
  | 'dim'
  | 'bold'
  | 'focus'
  | 'passed'
  | 'attention'
  | 'failed'
  | 'value'
  | 'code'
  /** A word that is stressed. */
  | 'emphasis'
  | 'selected'
  | 'heading'
  /** Where the next character goes. */
  | 'cursor';

/** Turns styles into what a terminal understands. */
export interface Theme {
  /** False: only bold, dim, underline and reverse video. */
  readonly colours: boolean;
  /** Whether addresses can be clicked on. */
  readonly links: boolean;
  paint(style: StyleName, text: string): string;
}

type Sgr = readonly [on: string, off: string];

const NONE: Sgr = ['', ''];
const BOLD: Sgr = ['\x1b[1m', '\x1b[22m'];
const DIM: Sgr = ['\x1b[2m', '\x1b[22m'];
const UNDERLINE: Sgr = ['\x1b[4m', '\x1b[24m'];
const INVERSE: Sgr = ['\x1b[7m', '\x1b[27m'];
const colour = (code: number): Sgr => [`\x1b[${code}m`, '\x1b[39m'];

const COLOURED: Readonly<Record<StyleName, Sgr>> = {
  plain: NONE,
  dim: DIM,
  bold: BOLD,
  focus: colour(36),
  passed: colour(32),
  attention: colour(33),
  failed: colour(31),
  value: ['\x1b[1;36m', '\x1b[22;39m'],
  code: colour(36),
  emphasis: UNDERLINE,
  selected: ['\x1b[1;36m', '\x1b[22;39m'],
  heading: BOLD,
  cursor: INVERSE,
};

const deep = (code: number): Sgr => [`\x1b[38;5;${code}m`, '\x1b[39m'];

/** The same on a light background, where cyan and yellow could not be read. */
const COLOURED_LIGHT: Readonly<Record<StyleName, Sgr>> = {
  ...COLOURED,
  focus: deep(24),
  passed: deep(22),
  attention: deep(94),
  failed: deep(124),
  value: ['\x1b[1;38;5;24m', '\x1b[22;39m'],
  code: deep(24),
  selected: ['\x1b[1;38;5;24m', '\x1b[22;39m'],
};

const PLAIN: Readonly<Record<StyleName, Sgr>> = {
  plain: NONE,
  dim: DIM,
  bold: BOLD,
  focus: BOLD,
  passed: NONE,
  attention: BOLD,
  failed: BOLD,
  value: ['\x1b[1;4m', '\x1b[22;24m'],
  code: UNDERLINE,
  // Underlined it would look like code.
  emphasis: NONE,
  selected: INVERSE,
  heading: BOLD,
  cursor: INVERSE,
};

const TABLES = { dark: COLOURED, light: COLOURED_LIGHT, none: PLAIN } as const;

/** What themes there are: for dark and light terminals, and without colours. */
export const THEMES = ['dark', 'light', 'none'] as const;
export type ThemeName = (typeof THEMES)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The theme for a terminal: the one that `KUBEDRILL_THEME` names; else without colours when `NO_COLOR` is set to anything
 * or `TERM` is `dumb` or vt100, and light where `COLORFGBG` tells of a light background.
 */
export function themeFor(environment: Environment): Theme {
  const plain = /^(?:dumb|vt\d+)/.test(environment['TERM'] ?? '');
  // The console of a kernel shows what it does not know.
  return makeTheme(chosenTheme(environment, plain), !plain && environment['TERM'] !== 'linux');
}

function chosenTheme(environment: Environment, plain: boolean): ThemeName {
  const named = THEMES.find((name) => name === environment['KUBEDRILL_THEME']);
  if (named) return named;
  if (plain || environment['NO_COLOR']) return 'none';
  const background = /;(\d+)$/.exec(environment['COLORFGBG'] ?? '')?.[1];
  return background === '7' || background === '15' ? 'light' : 'dark';
}

/** A theme by its name. */
export function makeTheme(name: ThemeName, links = false): Theme {
  const table = TABLES[name];
  return {
    colours: name !== 'none',
    links,
    paint: (style, text) => (text === '' ? '' : `${table[style][0]}${text}${table[style][1]}`),
  };
}
