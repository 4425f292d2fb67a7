import { isBlank, isBreak, isPrintable } from './chars.js';
import { resolve, TAGS } from './resolve.js';
import type { ScalarStyle } from './token.js';

/** Which styles would read back as the same text, and whether the text has line breaks. */
export interface ScalarAnalysis {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleAllowed: boolean;
  readonly blockAllowed: boolean;
}

interface Spacing {
  lineBreaks: boolean;
  /** White space at an end of the text. */
  edge: boolean;
  trailingSpace: boolean;
  spaceAfterBreak: boolean;
  breakAfterSpace: boolean;
}

const EMPTY: ScalarAnalysis = { multiline: false, plainAllowed: true, singleAllowed: true, blockAllowed: false };

/** Looks at a text as the library does before it writes it in block context. */
export function analyzeScalar(text: string): ScalarAnalysis {
  const chars = [...text];
  if (chars.length === 0) return EMPTY;
  const spacing = findSpacing(chars);
  const special = chars.some((char) => !isPrintable(char));
  const unsafe = special || spacing.breakAfterSpace;
  const indicators = text.startsWith('---') || text.startsWith('...') || hasIndicators(chars);
  return {
    multiline: spacing.lineBreaks,
    plainAllowed: !(unsafe || indicators || spacing.edge || spacing.spaceAfterBreak || spacing.lineBreaks),
    singleAllowed: !(unsafe || spacing.spaceAfterBreak),
    blockAllowed: !(unsafe || spacing.trailingSpace),
  };
}

function findSpacing(chars: readonly string[]): Spacing {
  const found: Spacing = {
    lineBreaks: false,
    edge: false,
    trailingSpace: false,
    spaceAfterBreak: false,
    breakAfterSpace: false,
  };
  chars.forEach((char, i) => {
    const atEdge = i === 0 || i === chars.length - 1;
    if (char === ' ') {
      if (atEdge) found.edge = true;
      if (i === chars.length - 1) found.trailingSpace = true;
      if (i > 0 && isBreak(chars[i - 1] as string)) found.spaceAfterBreak = true;
    } else if (isBreak(char)) {
      found.lineBreaks = true;
      if (atEdge) found.edge = true;
      if (chars[i - 1] === ' ') found.breakAfterSpace = true;
    }
  });
  return found;
}

/** Whether some character, where it stands, would mean something else in a plain scalar. */
function hasIndicators(chars: readonly string[]): boolean {
  return chars.some((char, i) => {
    const next = chars[i + 1];
    const spaceFollows = next === undefined || isBlank(next);
    if (i === 0) return '#,[]{}&*!|>\'"%@`'.includes(char) || ('?:-'.includes(char) && spaceFollows);
    if (char === ':') return spaceFollows;
    const previous = chars[i - 1] as string;
    return char === '#' && (isBlank(previous) || isBreak(previous));
  });
}

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** The style a string is printed in: plain when it reads back as that string, `|` when it has lines, else quoted. */
export function chooseStyle(text: string, analysis: ScalarAnalysis, isKey: boolean): ScalarStyle {
  let style: ScalarStyle = 'double';
  if (text.includes('\n')) style = 'literal';
  else if (resolve('', text).tag === TAGS.str && !BASE_60.test(text)) style = 'plain';
  if (isKey && analysis.multiline) return 'double';
  if (style === 'plain' && !analysis.plainAllowed) style = 'single';
  if (style === 'single' && !analysis.singleAllowed) return 'double';
  if (style === 'literal' && (!analysis.blockAllowed || isKey)) return 'double';
  return style;
}
