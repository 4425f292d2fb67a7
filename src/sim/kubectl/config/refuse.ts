import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { helpText } from '../cobra/help.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** Too many or too few words: the command's help, then what was given. */
export function* refuseArgs(session: Session, command: Command, args: readonly string[]): Waiting<never> {
  yield* session.out(helpText(command, session.path));
  throw new CommandError(`Unexpected args: [${args.join(' ')}]`);
}
