import type { Waiting } from '../../../kernel/wait.js';
import type { Position } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';

/** Where a motion goes, and what an operator makes of it. */
export interface Move {
  readonly to: Position;
  /** Text objects begin elsewhere than at the cursor. */
  readonly from?: Position;
  readonly kind: 'exclusive' | 'inclusive' | 'linewise';
  /** The column to keep from now on, when it is not the one that was reached. */
  readonly wanted?: number;
  /** `` `` `` goes back to where it began. */
  readonly jump?: boolean;
  /** An exclusive motion that stays as it is when it ends at the beginning of a line. */
  readonly exact?: boolean;
}

/** What a motion is told. */
export interface MoveArgs {
  readonly count: number;
  /** False: no count was typed and `count` is 1. */
  readonly counted: boolean;
  /** The operator that waits for it; empty for none. */
  readonly operator: string;
}

export type Motion = (editor: Editor, args: MoveArgs) => Waiting<Move>;
