import { goQuote } from '../../api/go-text.js';
import type { Waiting } from '../../kernel/wait.js';
import { messageOf } from '../errors.js';
import type { HelmRun } from '../run.js';
import { updateIndex } from './download.js';
import type { RepoEntry } from './repositories.js';

/** What repositories have that nobody named: a dependency alone knows their address. */
export const UNMANAGED = 'helm-manager-';

/** Fetches the indexes of repositories and tells of each; gives the addresses that failed. */
export function* updateAll(run: HelmRun, entries: readonly RepoEntry[]): Waiting<string[]> {
  const failed: string[] = [];
  for (const entry of entries) {
    const { name, url } = entry;
    const isNamed = !name.startsWith(UNMANAGED);
    try {
      yield* updateIndex(run, entry);
      yield* run.out(`...Successfully got an update from the ${goQuote(isNamed ? name : url)} chart repository\n`);
    } catch (error) {
      const where = isNamed ? `${goQuote(name)} chart repository (${url})` : `${goQuote(url)} chart repository`;
      yield* run.out(`...Unable to get an update from the ${where}:\n\t${messageOf(error)}\n`);
      failed.push(url);
    }
  }
  return failed;
}
