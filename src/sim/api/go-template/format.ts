/** One directive of Printf, read. */
export interface Format {
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** `%#v`. */
  readonly sharpV: boolean;
  /** `%+v`. */
  readonly plusV: boolean;
}

/** `%v`. */
export const PLAIN: Format = {
  verb: 'v',
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
  sharpV: false,
  plusV: false,
};

/** Fills a text up to the width, on the left with zeros where they are asked for. */
export function pad(text: string, format: Format): string {
  const missing = (format.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (format.minus) return text + ' '.repeat(missing);
  return (format.zero ? '0' : ' ').repeat(missing) + text;
}
