import { type LeftAttempt, leftAttempts } from '../../clusters/context/known-attempts.js';
import { deleteQuestion } from '../../clusters/context/left-attempts.js';
import { type AttemptRecord, attemptFolder, folderOfAttempts } from '../../clusters/context/record.js';
import type { Standing } from '../../clusters/context/what-stands.js';
import { ClusterError } from '../../clusters/port.js';
import { homeDirectory } from '../../labs/home.js';
import { nearest } from '../../labs/nearest.js';
import { type CommandIo, ExpectedError, say } from '../io.js';
import { agreed } from '../progress/ask.js';
import { capital } from '../real/capital.js';

/** Before the names of contexts. */
export const CONTEXT = 'context=';

/** The context that a name means, where it is written as `--cluster` takes it. */
export function contextNamed(name: string | undefined): string | undefined {
  return name?.startsWith(CONTEXT) ? name.slice(CONTEXT.length) : undefined;
}

/** What attempts have on clusters of the person's own. */
export function onContexts({ environment }: Pick<CommandIo, 'environment'>): readonly LeftAttempt[] {
  return leftAttempts(homeDirectory(environment));
}

/** Deletes what attempts left on a context, once the person agrees. */
export async function deleteOnContext(context: string, yes: boolean | undefined, io: CommandIo): Promise<void> {
  const known = onContexts(io);
  const there = known.filter((one) => one.context === context);
  if (there.length === 0) throw new ExpectedError(nothingOn(context, known));
  for (const { pid } of there)
    if (pid !== undefined)
      throw new ExpectedError(
        `${CONTEXT}${context} is in use by another kubedrill (process ${pid}). End it there first.`,
      );
  const refused: string[] = [];
  const { deleted, server } = await deletedThere(context, io, async (record, stands) => {
    if (yes && stands.labelled) return true;
    if (yes && !io.stdin.isTTY) throw new ExpectedError(notSure(context, stands.told));
    const agrees = await agreed(deleteQuestion(record, stands).question, false, io);
    if (!agrees) refused.push(record.attempt);
    return agrees;
  });
  for (const one of deleted) say(io, `Deleted ${one}.`);
  const stays = onContexts(io).filter((one) => one.context === context && !refused.includes(one.attempt));
  if (stays.length > 0) throw new ExpectedError(otherCluster(stays, server));
  if (deleted.length > 0) return;
  say(io, refused.length > 0 ? 'Nothing was deleted.' : `Nothing is left on ${CONTEXT}${context} any more.`);
}

async function deletedThere(
  context: string,
  { environment }: CommandIo,
  agreed: (record: AttemptRecord, stands: Standing) => Promise<boolean>,
): Promise<{ readonly deleted: readonly string[]; readonly server: string }> {
  const { deleteLeft } = await import('../../clusters/context/context-source.js');
  const surroundings = { environment, home: homeDirectory(environment) };
  try {
    return await deleteLeft(context, surroundings, { onStep: () => {}, agreed });
  } catch (error) {
    if (error instanceof ClusterError)
      throw new ExpectedError(
        `${sentence(error.message)} What could not be deleted is still remembered; where the cluster is gone for good, delete ${foldersOn(context, surroundings.home)}.`,
      );
    throw error;
  }
}

/** The folders of attempts on a context. */
function foldersOn(context: string, home: string): string {
  const there = leftAttempts(home).filter((one) => one.context === context);
  return there.map(({ attempt }) => attemptFolder(folderOfAttempts(home), attempt)).join(' and ');
}

function notSure(context: string, told: readonly string[]): string {
  return `On ${context} there is ${told.join('; ')}, and some of that may be somebody else's: without --yes you are asked. Nothing more was deleted.`;
}

function sentence(text: string): string {
  return `${capital(text)}${text.endsWith('.') ? '' : '.'}`;
}

function nothingOn(context: string, known: readonly LeftAttempt[]): string {
  const names = [...new Set(known.map((one) => one.context))];
  const near = nearest(context, names);
  const other = near === undefined ? '' : ` Did you mean ${CONTEXT}${near}?`;
  return `No attempt has left anything on ${CONTEXT}${context}.${other}`;
}

function otherCluster(attempts: readonly LeftAttempt[], server: string): string {
  const [first] = attempts as [LeftAttempt];
  const where = first.server === server ? 'which had the same address' : `at ${first.server}`;
  return `What is left was made on another cluster, ${where}; context ${first.context} is one at ${server} now. Nothing of it was touched.`;
}
