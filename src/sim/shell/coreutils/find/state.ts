import type { Waiting } from '../../../kernel/wait.js';
import { Accounts } from '../accounts.js';
import type { Context } from '../command.js';

/** What find's parts share in one call. */
export class FindState {
  minDepth = 0;
  maxDepth = Number.POSITIVE_INFINITY;
  depthFirst = false;
  oneFileSystem = false;
  /** Some action says what to do; without any, names are printed. */
  hasAction = false;
  done = false;
  follow: 'none' | 'operands' | 'all' = 'none';
  /** Called in the end: what -exec … + has gathered. */
  readonly finishers: (() => Waiting<void>)[] = [];
  readonly accounts: Accounts;

  constructor(readonly context: Context) {
    this.accounts = new Accounts(context.sys);
  }

  fail(message: string): never {
    return this.context.die(message);
  }
}
