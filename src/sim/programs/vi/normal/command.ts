import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';

/** A command of normal or visual mode as it was typed. */
export interface NormalCall {
  readonly key: string;
  readonly count: number;
  readonly counted: boolean;
  readonly register: string | undefined;
}

export type NormalCommand = (editor: Editor, call: NormalCall) => Waiting<void>;
