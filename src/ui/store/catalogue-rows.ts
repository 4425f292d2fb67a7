import type { CatalogueDomain, CatalogueExam, CatalogueLab } from '../ports.js';
import type { CatalogueState } from './state.js';

export type CatalogueRow =
  | {
      readonly kind: 'domain';
      readonly key: string;
      readonly domain: CatalogueDomain;
      readonly open: boolean;
      readonly mastered: number;
      readonly labs: number;
    }
  | { readonly kind: 'lab'; readonly lab: CatalogueLab };

/** What a domain goes by. */
function domainKey({ certification, name }: CatalogueDomain): string {
  return `${certification}/${name}`;
}

/** The labs that match what was searched for and the certification chosen. */
export function shownLabs({ view, certification, query }: CatalogueState): CatalogueLab[] {
  const words = query.toLowerCase().split(/\s+/);
  return view.labs.filter((lab) => {
    if (certification !== undefined && lab.certification !== certification) return false;
    const text = `${lab.id} ${lab.title} ${lab.domain}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The catalogue's rows: each domain that has labs, then its labs unless it is closed. While searching all are open. */
export function catalogueRows(state: CatalogueState): CatalogueRow[] {
  const labs = shownLabs(state);
  return state.view.domains.flatMap((domain): CatalogueRow[] => {
    const inside = labs.filter((lab) => lab.certification === domain.certification && lab.domain === domain.name);
    if (inside.length === 0) return [];
    const key = domainKey(domain);
    const open = state.query !== '' || !state.closed.includes(key);
    const mastered = inside.filter(({ passed }) => passed).length;
    return [
      { kind: 'domain', key, domain, open, mastered, labs: inside.length },
      ...(open ? inside.map((lab): CatalogueRow => ({ kind: 'lab', lab })) : []),
    ];
  });
}

/** The certifications that have labs, in the catalogue's order. */
export function certifications({ view }: CatalogueState): string[] {
  return [...new Set(view.labs.map(({ certification }) => certification))].sort();
}

/** The mock exam of the certification that is looked at: the one shown alone, or that of the row the cursor is in. */
export function chosenExam(state: CatalogueState): CatalogueExam | undefined {
  const { view, certification, cursor } = state;
  const row = catalogueRows(state)[cursor];
  const here = row?.kind === 'lab' ? row.lab.certification : row?.domain.certification;
  const wanted = certification ?? here;
  return view.exams.find((exam) => exam.certification === wanted) ?? view.exams[0];
}
