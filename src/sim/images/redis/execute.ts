import { COMMANDS, NOT_SIMULATED } from './commands/all.js';
import type { Command, Context, Server, Session } from './commands/command.js';
import { CommandError } from './keyspace.js';
import { OK, type Reply } from './resp.js';

/** What a server does beside the commands: keeps changes, refuses when it cannot. */
export interface Keeping extends Server {
  /** A command that changed something: counted, and written into the log of commands when there is one. */
  changed(words: readonly string[], session: Session): void;
  /** Why nothing may be written just now; undefined when it may. */
  refusal(): string | undefined;
  countCommand(failed: boolean): void;
}

const MAX_WORDS_SHOWN = 128;
const WITHOUT_PASSWORD = new Set(['auth', 'quit', 'hello', 'reset']);
/** Commands of transactions, which are not kept for later. */
const NOT_QUEUED = new Set(['multi', 'exec', 'discard', 'quit', 'reset']);

/** Answers one command of a client that is neither waiting nor listening. */
export function execute(server: Keeping, session: Session, words: readonly string[]): Reply {
  const name = words[0]?.toLowerCase() ?? '';
  try {
    const reply = answer(server, session, name, words);
    server.countCommand(false);
    return reply;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (session.queued && !NOT_QUEUED.has(name)) session.spoiled = true;
    server.countCommand(true);
    return { error: error.message };
  }
}

function answer(server: Keeping, session: Session, name: string, words: readonly string[]): Reply {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command && !NOT_QUEUED.has(name)) throw unknown(name, words);
  if (command) checkArity(command, name, words);
  if (!session.authenticated && !WITHOUT_PASSWORD.has(name)) throw new CommandError('NOAUTH Authentication required.');
  if (session.queued && !NOT_QUEUED.has(name)) {
    session.queued.push([...words]);
    return { status: 'QUEUED' };
  }
  switch (name) {
    case 'multi':
      if (session.queued) throw new CommandError('ERR MULTI calls can not be nested');
      session.queued = [];
      session.spoiled = false;
      return OK;
    case 'exec':
      return transact(server, session);
    case 'discard':
      if (!session.queued) throw new CommandError('ERR DISCARD without MULTI');
      session.queued = undefined;
      return OK;
    case 'reset':
      session.queued = undefined;
      session.database = 0;
      return { status: 'RESET' };
    default:
      return command ? run(server, session, command, words) : OK;
  }
}

function transact(server: Keeping, session: Session): Reply {
  const { queued } = session;
  if (!queued) throw new CommandError('ERR EXEC without MULTI');
  session.queued = undefined;
  if (session.spoiled) throw new CommandError('EXECABORT Transaction discarded because of previous errors.');
  return queued.map((words) => execute(server, session, words));
}

/** Runs a command that may run. Throws `CommandError`. */
function run(server: Keeping, session: Session, command: Command, words: readonly string[]): Reply {
  const refusal = command.write ? server.refusal() : undefined;
  if (refusal !== undefined) throw new CommandError(refusal);
  const database = server.databases[session.database];
  if (!database) throw new CommandError('ERR DB index is out of range');
  const context: Context = { server, session, database, now: Math.floor(server.sys.now() / 1000) };
  const reply = command.run(context, words.slice(1));
  if (command.write) server.changed(loggedAs(words, reply), session);
  return reply;
}

/** A command in the form in which it does the same again: members that were drawn by chance are named. */
function loggedAs(words: readonly string[], reply: Reply): readonly string[] {
  if (words[0]?.toLowerCase() !== 'spop') return words;
  const members = Array.isArray(reply) ? reply : [reply];
  return ['SREM', words[1] ?? '', ...members.map(String)];
}

function checkArity({ arity }: Command, name: string, words: readonly string[]): void {
  if (arity >= 0 ? words.length !== arity : words.length < -arity)
    throw new CommandError(`ERR wrong number of arguments for '${name}' command`);
}

function unknown(name: string, words: readonly string[]): CommandError {
  if (NOT_SIMULATED.has(name)) return new CommandError(`ERR ${name.toUpperCase()} is not simulated`);
  let shown = '';
  for (const word of words.slice(1)) {
    if (shown.length >= MAX_WORDS_SHOWN) break;
    shown += `'${word.slice(0, MAX_WORDS_SHOWN - shown.length)}' `;
  }
  return new CommandError(
    `ERR unknown command '${(words[0] ?? '').slice(0, MAX_WORDS_SHOWN)}', with args beginning with: ${shown}`,
  );
}
