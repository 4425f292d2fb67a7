import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionChain, admissionPluginNames } from '../../../src/sim/apiserver/admission/chain.js';
import { ConfigurationError } from '../../../src/sim/apiserver/configuration-file.js';
import type { Outcome } from './outcome.js';
import { problemsOf } from './outcome.js';
import { IDLE, PLUGINS } from './plugins.js';
import { POLICIES } from './policies.js';
import { MODES, NOBODYS_WAYS, WAYS_IN } from './rights.js';

const ALLOWED_AND_NOT: Outcome[][] = [['allowed'], ['refused', 'changed']];
/** Those that may let a request pass and yet say something. */
const WITH_WORDS: readonly string[] = ['PodSecurity', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionWebhook'];

/** Whether a plug-in does anything when it is on. */
function works(name: string): boolean {
  const others = admissionPluginNames().filter((other) => other !== name);
  try {
    return admissionChain([name], others).length > 0;
  } catch (error) {
    // It wants to be configured.
    if (error instanceof ConfigurationError) return true;
    throw error;
  }
}

/** The names by which the ways of telling who asks call themselves. */
function waysIn(): string[] {
  const folder = new URL('../../../src/sim/apiserver/authentication/', import.meta.url);
  return readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^ +name: '([a-z0-9-]+)',$/gm)].map(
      ([, name]) => name as string,
    ),
  );
}

function modes(): string[] {
  const text = readFileSync(new URL('../../../src/sim/apiserver/command/authorization.ts', import.meta.url), 'utf8');
  return [...(/^const MODES = \[(.*)\];$/m.exec(text)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, name]) => name as string,
  );
}

describe('every one is shown letting pass, and doing what it is for', () => {
  test.each(admissionPluginNames())('the plug-in %s', (name) => {
    if (!works(name)) expect(IDLE[name], `${name} has nothing to do, and nobody says why`).toBeDefined();
    else {
      const words: Outcome[][] = WITH_WORDS.includes(name) ? [['refused'], ['warned'], ['audited']] : [];
      expect(problemsOf(name, PLUGINS[name], [...ALLOWED_AND_NOT, ...words])).toEqual([]);
    }
  });

  test.each(Object.keys(POLICIES))('%s', (name) => {
    expect(problemsOf(name, POLICIES[name], [['refused', 'changed']])).toEqual([]);
  });

  test.each([...waysIn(), 'anonymous', 'impersonation'])('who comes in by %s', (name) => {
    if (NOBODYS_WAYS[name] === undefined)
      expect(problemsOf(name, WAYS_IN[name], [['allowed'], ['refused']])).toEqual([]);
  });

  test.each(modes())('the mode %s', (name) => {
    const wanted: Outcome[][] = name === 'AlwaysAllow' ? [['allowed']] : [['allowed'], ['refused']];
    expect(problemsOf(name, MODES[name], wanted)).toEqual([]);
  });

  test('and none that there is not', () => {
    expect(Object.keys(PLUGINS).filter((name) => !works(name))).toEqual([]);
    expect(Object.keys(IDLE).filter((name) => works(name))).toEqual([]);
    expect(waysIn().length).toBeGreaterThan(8);
    expect(Object.keys(WAYS_IN).sort()).toEqual(
      [...waysIn(), 'anonymous', 'impersonation'].filter((name) => !(name in NOBODYS_WAYS)).sort(),
    );
    expect(Object.keys(MODES)).toEqual(modes().sort());
  });
});
