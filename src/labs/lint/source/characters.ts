import type { SourceRule } from './source.js';

/** Everything but tab and newline (as Windows writes it too) that steers a terminal instead of being seen: C0, DEL, C1. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/u;
/** Marks that turn the direction of what follows, and those that nobody sees. */
const HIDDEN =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;
const LONE_SURROGATE = /\p{Surrogate}/u;

const controlCharacter: SourceRule = forbid(
  CONTROL,
  'control-character',
  'no text holds characters that steer a terminal',
  'take it away; a script makes one with printf',
);

const hiddenCharacter: SourceRule = forbid(
  HIDDEN,
  'hidden-character',
  'no text holds characters that nobody sees or that turn its direction, so that it says what it seems to say',
  'take it away; a script makes one with printf',
);

const loneSurrogate: SourceRule = forbid(
  LONE_SURROGATE,
  'lone-surrogate',
  'no text holds half a character',
  'write the whole character, or \\U and its eight digits',
);

/** Letters of ours and of alphabets with letters that look the same, in one word. */
const MIXED =
  /(?=[\p{L}\d]*[A-Za-z])(?=[\p{L}\d]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff21-\uff5a])[\p{L}\d]+/u;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\uff21-\uff5a]/u;

const lookalikeLetter: SourceRule = {
  name: 'lookalike-letter',
  says: 'no word mixes letters of ours with letters of another alphabet, of which many look the same',
  remedy: 'type the word anew',
  severity: 'error',
  check({ scalars }, report) {
    for (const { text, path, line } of scalars) {
      const word = MIXED.exec(text)?.[0];
      if (word !== undefined) report(line, path, `holds ${codeOf(FOREIGN.exec(word)?.[0] as string)} in ${word}`);
    }
  },
};

/** What may be in no text of a lab, written as it is or as an escape. */
export const characters: readonly SourceRule[] = [controlCharacter, hiddenCharacter, lookalikeLetter, loneSurrogate];

function forbid(pattern: RegExp, name: string, says: string, remedy: string): SourceRule {
  return {
    name,
    says,
    remedy,
    severity: 'error',
    check({ text, scalars, lineAt }, report) {
      const raw = pattern.exec(text);
      if (raw) {
        report(lineAt(raw.index), '', `holds ${codeOf(raw[0])}`);
        return;
      }
      for (const scalar of scalars) {
        const found = pattern.exec(scalar.text);
        if (found) report(scalar.line, scalar.path, `holds ${codeOf(found[0])}`);
      }
    },
  };
}

/** `U+202E`. */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
