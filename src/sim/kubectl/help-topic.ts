import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { type Command, findCommand } from './cobra/command.js';
import type { Flags } from './cobra/flags.js';
import { groupHelp, helpText } from './cobra/help.js';

/** What `kubectl help --help` and `kubectl help help` say. */
const OWN_HELP = `Shows the help of any command: kubectl help [path to command].

Usage:
  kubectl help [command] [flags] [options]

Use "kubectl options" for a list of global command-line options (applies to all commands).
`;

/** `kubectl help`: what `--help` of the command named says, or that there is none; that is no failure. */
export function* showHelpTopic(sys: Sys, root: Command, flags: Flags): Waiting<number> {
  const topic = flags.args;
  if (flags.bool('help') || topic[0] === 'help') {
    yield* sys.write(1, OWN_HELP);
    return 0;
  }
  const { command, path } = findCommand(root, topic);
  if (path === '' && topic.length > 0)
    yield* sys.write(2, `Unknown help topic [${topic.map((word) => `\`${word}\``).join(' ')}]\n${groupHelp(root, '')}`);
  else yield* sys.write(1, helpText(command, path));
  return 0;
}
