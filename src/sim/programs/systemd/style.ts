import type { Sys } from '../../kernel/sys.js';

export interface Style {
  readonly colors: boolean;
  readonly columns: number | undefined;
}

/** Whether output is coloured, and how wide it may be: only on a terminal that is not dumb. */
export function styleOf(sys: Sys): Style {
  const size = sys.windowSize(1);
  const plain =
    sys.environment.get('NO_COLOR') ||
    sys.environment.get('TERM') === 'dumb' ||
    sys.environment.get('SYSTEMD_COLORS') === '0';
  return { colors: size !== undefined && !plain, columns: size?.columns };
}

const CODES = { bold: '0;1;39', green: '0;1;32', yellow: '0;1;38:5;185', red: '0;1;31', grey: '0;38:5;245' } as const;

export type Color = keyof typeof CODES;

/** Puts a text in a colour where colours are shown. */
export function paint(style: Style, color: Color | undefined, text: string): string {
  return style.colors && color && text !== '' ? `\x1b[${CODES[color]}m${text}\x1b[0m` : text;
}

/** Shortens a line to a width with a final ellipsis. */
export function ellipsize(text: string, columns: number | undefined): string {
  return columns !== undefined && text.length > columns ? `${text.slice(0, Math.max(0, columns - 1))}…` : text;
}
