import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenariosSection } from '../report.js';
import { differencesOf, readWorkloads } from './compare.js';
import { KNOWN_DIFFERENCES } from './known-differences.js';
import { playOurs } from './our-cluster.js';
import { SCENARIOS } from './scenarios/register.js';
import type { Told } from './story.js';

const { server, told } = readWorkloads();

describe(`what controllers and scheduler do, against ${server}`, () => {
  it('has every scenario recorded', () => {
    expect([...told.keys()]).toEqual(SCENARIOS.map(({ title }) => title));
  });

  it('is counted in docs/real-server.md (show.ts --write)', () => {
    expect(readFileSync('docs/real-server.md', 'utf8')).toContain(scenariosSection(server, told.size));
  });

  it.each(SCENARIOS.filter(({ title }) => KNOWN_DIFFERENCES[title] === undefined))('$title', (scenario) => {
    expect(differencesOf(told.get(scenario.title) as Told, playOurs(scenario)).join('\n')).toBe('');
  });

  it.each(SCENARIOS.filter(({ title }) => KNOWN_DIFFERENCES[title] !== undefined))(
    'known to differ: $title',
    (scenario) => {
      expect(differencesOf(told.get(scenario.title) as Told, playOurs(scenario))).not.toEqual([]);
    },
  );
});
