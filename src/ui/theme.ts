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
  | 'selected'
  | 'heading';

/** Turns styles into what a terminal understands. */
export interface Theme {
  /** False: only bold, dim, underline and reverse video. */
  readonly colours: boolean;
  paint(style: StyleName, text: string): string;
}

type Sgr = readonly [on: string, off: string];

const NONE: Sgr = ['', ''];
const BOLD: Sgr = ['\x1b[1m', '\x1b[22m'];
const DIM: Sgr = ['\x1b[2m', '\x1b[22m'];
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
  selected: ['\x1b[1;36m', '\x1b[22;39m'],
  heading: BOLD,
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
  code: ['\x1b[4m', '\x1b[24m'],
  selected: INVERSE,
  heading: BOLD,
};

/** The theme for a terminal: without colours when `NO_COLOR` is set to anything or `TERM` is `dumb` or vt100. */
export function themeFor(environment: Readonly<Record<string, string | undefined>>): Theme {
  const without = Boolean(environment['NO_COLOR']) || /^(?:dumb|vt\d+)/.test(environment['TERM'] ?? '');
  return makeTheme(!without);
}

/** A theme with or without colours. */
export function makeTheme(colours: boolean): Theme {
  const table = colours ? COLOURED : PLAIN;
  return {
    colours,
    paint: (style, text) => (text === '' ? '' : `${table[style][0]}${text}${table[style][1]}`),
  };
}
