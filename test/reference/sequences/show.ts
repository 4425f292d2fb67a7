/** What differs, for people to read. */
import { differences } from '../masked.js';
import type { Comparison } from './compare.js';

/** Prints what differs of the answers whose names have all of the words, and how many of all do not. */
export function showComparison(all: readonly Comparison[], words: readonly string[]): void {
  for (const { id, real, ours, equal } of all) {
    if (equal || !words.every((word) => id.includes(word))) continue;
    console.log(
      `\n== ${id}\n   real ${real.status} ${real.warnings ?? ''}\n   ours ${ours.status} ${ours.warnings ?? ''}`,
    );
    const message = (body: unknown) => (body as { message?: string } | undefined)?.message;
    const [a, b] = [message(real.body), message(ours.body)];
    if (a !== b)
      console.log(
        `   real: ${a ?? JSON.stringify(real.body)?.slice(0, 500)}\n   ours: ${b ?? JSON.stringify(ours.body)?.slice(0, 500)}`,
      );
    else
      for (const [path, value] of differences(ours.body, real.body))
        console.log(`   ${path}: ${JSON.stringify(value)}`);
  }
  console.log(`${all.filter(({ equal }) => equal).length} of ${all.length}`);
}
