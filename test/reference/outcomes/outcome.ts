import { type Evidence, type Said, saidIn } from './evidence.js';

/** What can become of a request. */
export type Outcome = 'allowed' | 'refused' | 'changed' | 'warned' | 'audited';

/** What shows each outcome that a way, a mode, a plug-in or a policy can have. */
export type Outcomes = Readonly<Partial<Record<Outcome, Evidence>>>;

const SHOWS: Readonly<Record<Outcome, (said: Said, words: string) => boolean>> = {
  allowed: ({ status, text }, words) => status < 300 && text.includes(words),
  refused: ({ status, text }, words) => status >= 400 && words !== '' && text.includes(words),
  changed: ({ status, text }, words) => status < 300 && words !== '' && text.includes(words),
  warned: ({ status, warnings }, words) => status < 300 && words !== '' && warnings.includes(words),
  audited: ({ status, audit }, words) => status < 300 && words !== '' && audit.includes(words),
};

/** What is missing or does not show what it should, named for whoever has to mend it. */
export function problemsOf(name: string, outcomes: Outcomes | undefined, wanted: readonly Outcome[][]): string[] {
  if (!outcomes) return [`${name}: no case at all`];
  const lacking = wanted
    .filter((anyOf) => !anyOf.some((outcome) => outcomes[outcome]))
    .map((anyOf) => `${name}: no case is ${anyOf.join(' or ')}`);
  const wrong = (Object.entries(outcomes) as [Outcome, Evidence][]).flatMap(([outcome, [place, id, words]]) => {
    const found = saidIn(place, id);
    if (!found) return [`${name}: ${place} has no case ${JSON.stringify(id)}`];
    return SHOWS[outcome](found, words) ? [] : [`${name}: ${id} is not ${outcome}: ${JSON.stringify(found)}`];
  });
  return [...lacking, ...wrong];
}
