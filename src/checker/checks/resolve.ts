import { type Source, source } from '../places.js';
import { map, strings } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface ResolveSubject {
  readonly resolve: { readonly from: Source; readonly names: readonly string[] };
}

const TIMEOUT_SECONDS = 30;

/** Names resolve. */
export const resolve: CheckKind<ResolveSubject> = {
  field: 'resolve',
  schema: map(
    { from: source, names: strings('The names, all of which must resolve.') },
    ['from', 'names'],
    'Names that resolve, asked for from somewhere.',
  ),
  touches: 'probes',
  async judge({ resolve: { from, names } }, { probes, host }) {
    const expected = `${names.join(', ')} resolve${names.length === 1 ? 's' : ''}`;
    const probers = await probes.probers(from, host);
    if (probers.length === 0) return { passed: false, expected, found: 'no pods to ask from' };
    for (const prober of probers) {
      for (const name of names) {
        const { code, stdout, stderr } = await prober.run(['nslookup', name], TIMEOUT_SECONDS);
        if (code !== 0)
          return { passed: false, expected, found: `${prober.name}: ${name}: ${lastLine(`${stdout}\n${stderr}`)}` };
      }
    }
    return { passed: true, expected, found: 'all resolve' };
  },
};

function lastLine(text: string): string {
  return text.trim().split('\n').filter(Boolean).at(-1)?.trim() ?? 'no answer';
}
