import { type Line, padText, spread } from '../line/line.js';
import type { CatalogueLab } from '../ports.js';
import { type CatalogueRow, catalogueRows, masteredPercent, shownLabs } from '../store/catalogue-rows.js';
import type { State } from '../store/state.js';
import type { StyleName } from '../theme.js';
import { windowAround } from './window.js';
import { ageText, counted } from './words.js';

const BAR = 15;

/** The catalogue's header: how much there is, how much is mastered, what is looked for. */
export function catalogueHeader({ catalogue }: State, columns: number): Line {
  const labs = shownLabs(catalogue);
  const mastered = masteredPercent(labs);
  return spread(
    [{ text: ' kubedrill', style: 'heading' }],
    [
      { text: `${counted(labs.length, 'lab')} · ${mastered} % mastered` },
      { text: columns >= 80 ? '       ' : '   ' },
      { text: `c ${catalogue.certification ?? 'all'} `, style: 'dim' },
    ],
    columns,
  );
}

/** The catalogue's rows that fit, the chosen one among them. */
export function catalogueLines(state: State, columns: number, rows: number): readonly Line[] {
  const all = catalogueRows(state.catalogue);
  if (all.length === 0) return [nothingFound(state)];
  const cursor = Math.min(state.catalogue.cursor, all.length - 1);
  const several = state.catalogue.certification === undefined && severalCertifications(all);
  const nameWidth = Math.max(...all.map((row) => (row.kind === 'lab' ? row.lab.name.length : 0)));
  const lines = all.map((row, index): Line => {
    const chosen = index === cursor && !state.catalogue.searching;
    return row.kind === 'domain'
      ? domainLine(row, chosen, several, columns)
      : labLine(row.lab, chosen, nameWidth, columns, state.now);
  });
  return windowAround(lines, cursor, rows).lines;
}

function nothingFound({ catalogue }: State): Line {
  if (catalogue.query !== '') return [{ text: `   Nothing is called “${catalogue.query}”. Esc ends the search.` }];
  return [{ text: '   There are no labs here. `kubedrill doctor` says what is wrong.' }];
}

function severalCertifications(rows: readonly CatalogueRow[]): boolean {
  return new Set(rows.flatMap((row) => (row.kind === 'domain' ? [row.domain.certification] : []))).size > 1;
}

function domainLine(
  { domain, open, mastered, labs }: Extract<CatalogueRow, { kind: 'domain' }>,
  chosen: boolean,
  several: boolean,
  columns: number,
): Line {
  const filled = Math.round((BAR * mastered) / labs);
  const style: StyleName = chosen ? 'selected' : 'plain';
  const certification = several ? `${domain.certification.toUpperCase().padEnd(5)}` : '';
  const weight = domain.weight === undefined ? '' : `${String(domain.weight).padStart(3)} %   `;
  const count = `${mastered} of ${labs} `.padStart(9);
  const bar =
    columns >= 90
      ? [
          { text: '█'.repeat(filled), style: 'passed' as const },
          { text: '░'.repeat(BAR - filled), style: 'dim' as const },
          { text: '  ' },
        ]
      : [];
  return spread(
    [
      { text: chosen ? ' ▸ ' : open ? '   ' : ' + ', style },
      { text: certification, style: 'dim' },
      { text: domain.name, style },
    ],
    [{ text: weight, style: 'dim' }, ...bar, { text: count }],
    columns,
  );
}

function labLine(lab: CatalogueLab, chosen: boolean, nameWidth: number, columns: number, now: number): Line {
  const style: StyleName = chosen ? 'selected' : 'plain';
  const dots = Math.max(1, Math.min(3, lab.difficulty));
  const best = lab.best ? `best ${lab.best.points}/${lab.best.total}` : '–';
  const sign = lab.passed ? '✓' : ' ';
  const age = columns >= 80 ? ageText(lab.last, now).padStart(14) : '';
  return spread(
    [
      { text: chosen ? '   ▸ ' : '     ', style },
      { text: `${'●'.repeat(dots)}${'○'.repeat(3 - dots)}  `, style: 'dim' },
      { text: `${padText(lab.name, nameWidth)}  `, style },
      { text: lab.title, style: chosen ? 'bold' : 'dim' },
    ],
    [
      { text: `${String(lab.minutes).padStart(3)} min ` },
      { text: ` ${sign} `, style: 'passed' },
      { text: best.padStart(8) },
      { text: `${age} `, style: 'dim' },
    ],
    columns,
  );
}
