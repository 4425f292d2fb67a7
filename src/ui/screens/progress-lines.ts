import { type Line, padText, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { masteredPercent } from '../store/catalogue-rows.js';
import type { State } from '../store/state.js';
import { ageText, counted } from './words.js';

/** Below this width what a lab is called says more than how often it was tried. */
const COLUMNS_WITH_ATTEMPTS = 90;
/** Below this one its id has to do. */
const COLUMNS_WITH_TITLE = 70;

/** The progress screen's header. */
export function progressHeader({ catalogue }: State, columns: number): Line {
  const { labs } = catalogue.view;
  return spread(
    [{ text: ' Progress', style: 'heading' }],
    [{ text: `${masteredPercent(labs)} % of ${counted(labs.length, 'lab')} mastered ` }],
    columns,
  );
}

/** What was reached: domain by domain, then every lab that was tried, the newest first. */
export function progressLines({ catalogue: { view }, now }: State, columns: number): Line[] {
  const tried = view.labs
    .filter(({ attempts }) => attempts > 0)
    .sort((one, other) => ((one.last ?? '') < (other.last ?? '') ? 1 : -1));
  if (tried.length === 0) return wrapLine([{ text: nothingGraded(view.unfinished.length) }], columns - 1, 1);
  const width = Math.min(32, Math.max(...tried.map(({ id }) => id.length)));
  return [
    ...view.domains.flatMap(({ certification, name }): Line[] => {
      const labs = view.labs.filter((lab) => lab.certification === certification && lab.domain === name);
      if (labs.length === 0) return [];
      const passed = labs.filter((lab) => lab.passed).length;
      return [
        spread(
          [{ text: ` ${certification.toUpperCase().padEnd(5)}`, style: 'dim' }, { text: name }],
          [{ text: `${passed} of ${labs.length} ` }],
          columns,
        ),
      ];
    }),
    [],
    ...tried.map((lab) =>
      spread(
        [
          { text: lab.passed ? ' ✓ ' : '   ', style: 'passed' },
          { text: `${padText(lab.id, width)}  ` },
          { text: columns < COLUMNS_WITH_TITLE ? '' : lab.title, style: 'dim' },
        ],
        [
          { text: `best ${lab.best?.points ?? 0}/${lab.best?.total ?? 0}  ` },
          { text: columns < COLUMNS_WITH_ATTEMPTS ? '' : counted(lab.attempts, 'attempt').padStart(11) },
          { text: `${ageText(lab.last, now).padStart(14)} `, style: 'dim' },
        ],
        columns,
      ),
    ),
  ];
}

function nothingGraded(unfinished: number): string {
  return unfinished === 0
    ? ' Nothing yet. Esc goes to the catalogue; Enter there starts a lab.'
    : ` Nothing is graded yet; ${counted(unfinished, 'attempt')} unfinished. Esc goes to the catalogue; r there lists what to go on with.`;
}
