import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import type { Range } from './range.js';

/** A command of the `:` line as it was typed. */
export interface ExCall {
  readonly name: string;
  readonly range: Range;
  readonly bang: boolean;
  /** What stands behind the name, without blanks before it. */
  readonly args: string;
}

/** A command of the `:` line. */
export interface ExCommand {
  readonly name: string;
  /** The shortest form that still means it. */
  readonly short: string;
  /** It takes a range; without this a range is `E481: No range allowed`. */
  readonly ranges?: boolean;
  /** `|` belongs to what it does. */
  readonly takesBar?: boolean;
  readonly run: (editor: Editor, call: ExCall) => Waiting<void>;
}
