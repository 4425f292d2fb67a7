import { describe, expect, it } from 'vitest';
import { differencesOf, readKubelet } from './compare.js';
import { KNOWN_DIFFERENCES } from './known-differences.js';
import { playOurs } from './our-node.js';
import type { Scenario } from './scenario.js';
import type { Told } from './story.js';

/** Plays scenarios on ours and compares each with what the real kubelet did. */
export function compared(what: string, scenarios: readonly Scenario[]): void {
  const { server, told } = readKubelet();
  const differences = (scenario: Scenario): string[] =>
    differencesOf(told.get(scenario.title) as Told, playOurs(scenario));
  const isKnown = ({ title }: Scenario): boolean => KNOWN_DIFFERENCES[title] !== undefined;

  describe(`${what}, against ${server}`, () => {
    it.each(scenarios.filter((one) => !isKnown(one)))('$title', (scenario) => {
      expect(differences(scenario).join('\n')).toBe('');
    });

    it.each(scenarios.filter(isKnown))('known to differ: $title', (scenario) => {
      expect(differences(scenario)).not.toEqual([]);
    });
  });
}
