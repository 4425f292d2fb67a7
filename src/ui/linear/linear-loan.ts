import type { Lend } from '../ports.js';
import { tellSize } from '../terminal/loan.js';
import { say } from '../words/words.js';

const nothing = (): void => {};

/** Lends the terminal of somebody who has it read out. */
export interface LinearLoan {
  readonly lend: Lend;
  /** Whether somebody else has the terminal. */
  readonly lent: boolean;
}

/** `give` gives the terminal away as it was found, `take` takes it back, `tell` says what is going on. */
export function linearLoan(give: () => void, take: () => void, tell: (line: string) => void): LinearLoan {
  let lent = false;
  return {
    get lent() {
      return lent;
    },
    lend: async (use, whose = 'editor') => {
      lent = true;
      tell(whose === 'editor' ? say('editor.waiting') : say('shell.whole-window'));
      give();
      if (process.platform !== 'win32') process.on('SIGQUIT', nothing);
      try {
        await use();
      } finally {
        if (process.platform !== 'win32') process.off('SIGQUIT', nothing);
        lent = false;
        take();
        tellSize();
      }
    },
  };
}
