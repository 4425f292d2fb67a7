import { masteredShare } from '../../labs/progress/history.js';
import { type Line, padStartText, padText, type Span, spread, widestOf } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { CatalogueLab } from '../ports.js';
import { type CatalogueRow, catalogueRows, chosenExam, shownLabs } from '../store/catalogue-rows.js';
import type { CatalogueState, State } from '../store/state.js';
import type { StyleName } from '../theme.js';
import { say } from '../words/words.js';
import { keyName } from './key-bar.js';
import { percentText } from './progress-words.js';
import { windowAround } from './window.js';
import { ageText, difficultyText } from './words.js';

const BAR = 15;
/** Below this width a title says more than when its lab was last tried. */
const COLUMNS_WITH_AGE = 100;
/** Below this one more than its name. */
const COLUMNS_WITH_NAME = 90;

/** Below this one nobody is told how many exams there are. */
const COLUMNS_WITH_EXAMS = 60;
/** Below this one there is no room for how much there is and where labs begin. */
const COLUMNS_WITH_COUNTS_AND_BASE = 76;
/** Below this one nothing but its title. */
const COLUMNS_WITH_DIFFICULTY = 40;

/** The catalogue's header: how much there is, how much is mastered, what is looked for. */
export function catalogueHeader({ catalogue }: State, columns: number): Line {
  const labs = shownLabs(catalogue);
  const mastered = percentText(masteredShare(catalogue.view.history, catalogue.certification));
  // What somebody switched on is seen before how much there is.
  const counts: Span[] =
    catalogue.fromBase && columns < COLUMNS_WITH_COUNTS_AND_BASE
      ? []
      : [
          { text: `${say('catalogue.labs', { labs: labs.length })} · ${examsText(catalogue, columns)}` },
          { text: say('catalogue.mastered', { share: mastered }) },
          { text: columns >= 80 ? '       ' : '   ' },
        ];
  return spread(
    [{ text: ' kubedrill', style: 'heading' }],
    [...counts, ...baseSpans(catalogue), filterSpan(catalogue)],
    columns,
  );
}

function examsText({ view }: CatalogueState, columns: number): string {
  return view.exams.length === 0 || columns < COLUMNS_WITH_EXAMS
    ? ''
    : `${say('catalogue.exams', { exams: view.exams.length })} · `;
}

/** The mock exam that x opens: that of the certification which is looked at. */
export function examLine({ catalogue }: State, columns: number): Line {
  const exam = chosenExam(catalogue);
  if (!exam) return [];
  const { title, tasks, minutes, best } = exam;
  const count = tasks.min === tasks.max ? `${tasks.min}` : `${tasks.min}–${tasks.max}`;
  const about: Span = { text: `  ${say('catalogue.exam-tasks', { count })}`, style: 'dim' };
  const result: Span = best
    ? {
        text: `${best.passed ? '✓ ' : ''}${say('catalogue.exam-best', { percent: best.percent })} `,
        style: best.passed ? 'passed' : 'plain',
      }
    : { text: '– ' };
  return spread(
    [{ text: ' x ', style: 'bold' }, { text: title }, ...(columns < COLUMNS_WITH_EXAMS ? [] : [about])],
    [{ text: `${say('catalogue.minutes', { minutes })}   ` }, result],
    columns,
  );
}

/** Where labs begin, when that is not the task's host. */
function baseSpans({ fromBase }: CatalogueState): Span[] {
  return fromBase ? [{ text: `${keyName('b')} ${say('catalogue.from-base')}  `, style: 'attention' }] : [];
}

/** Which certification is shown; one that hides labs is not dim. */
function filterSpan({ certification, searching }: CatalogueState): Span {
  const key = keyName(searching ? 'tab' : 'c');
  if (certification === undefined) return { text: `${key} ${say('catalogue.all')} `, style: 'dim' };
  return {
    text: `${key} ${say('catalogue.only', { certification: certification.toUpperCase() })} `,
    style: 'attention',
  };
}

/** The catalogue's rows that fit, the chosen one among them. */
export function catalogueLines(state: State, columns: number, rows: number): readonly Line[] {
  const all = catalogueRows(state.catalogue);
  if (all.length === 0) return nothingFound(state, columns);
  const cursor = Math.min(state.catalogue.cursor, all.length - 1);
  const several = state.catalogue.certification === undefined && severalCertifications(all);
  const labs = all.flatMap((row) => (row.kind === 'lab' ? [row.lab] : []));
  const widths: LabWidths = {
    columns,
    name: columns < COLUMNS_WITH_NAME ? 0 : widestOf(labs.map(({ name }) => name)),
    best: widestOf(labs.map(bestText)),
    age: columns < COLUMNS_WITH_AGE ? 0 : widestOf(labs.map(({ last }) => ageText(last, state.now))),
  };
  const lines = all.map((row, index): Line => {
    const chosen = index === cursor && !state.catalogue.searching;
    return row.kind === 'domain'
      ? domainLine(row, chosen, several, columns)
      : labLine(row.lab, chosen, widths, state.now);
  });
  return windowAround(lines, cursor, rows).lines;
}

function nothingFound({ catalogue }: State, columns: number): Line[] {
  const { query, certification, searching } = catalogue;
  if (query === '') return paragraph(say('catalogue.empty'), columns);
  if (certification === undefined) return paragraph(say('catalogue.nothing', { query }), columns);
  const elsewhere = shownLabs({ ...catalogue, certification: undefined }).length;
  const key = keyName(searching ? 'tab' : 'c');
  const values = { certification: certification.toUpperCase(), query, labs: elsewhere, key };
  return paragraph(say('catalogue.nothing-in', values), columns);
}

function paragraph(text: string, columns: number): Line[] {
  return wrapLine([{ text: '   ' }, { text }], columns - 1, 3);
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
  const weight =
    domain.weight === undefined ? '' : `${padStartText(say('number.percent', { number: domain.weight }), 5)}   `;
  const count = `${padStartText(say('catalogue.domain', { mastered, labs }), 8)} `;
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

/** How wide the columns of the labs are: as the widest text in them. */
interface LabWidths {
  readonly columns: number;
  readonly name: number;
  readonly best: number;
  readonly age: number;
}

function bestText({ best }: CatalogueLab): string {
  return best ? say('catalogue.best', { points: `${best.points}/${best.total}` }) : '–';
}

function labLine(lab: CatalogueLab, chosen: boolean, widths: LabWidths, now: number): Line {
  const style: StyleName = chosen ? 'selected' : 'plain';
  const sign = lab.passed ? '✓' : ' ';
  const age = widths.age === 0 ? '' : `  ${padStartText(ageText(lab.last, now), widths.age)}`;
  return spread(
    [
      { text: chosen ? '   ▸ ' : '     ', style },
      { text: widths.columns < COLUMNS_WITH_DIFFICULTY ? '' : `${difficultyText(lab.difficulty)}  `, style: 'dim' },
      { text: widths.name === 0 ? '' : `${padText(lab.name, widths.name)}  `, style },
      { text: lab.title, style: chosen ? 'bold' : 'dim' },
    ],
    [
      { text: `${padStartText(say('catalogue.minutes', { minutes: lab.minutes }), 7)} ` },
      { text: ` ${sign} `, style: 'passed' },
      { text: padStartText(bestText(lab), widths.best) },
      { text: `${age} `, style: 'dim' },
    ],
    widths.columns,
  );
}
