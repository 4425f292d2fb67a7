import { fillsGap } from '../keys/learn-context.js';
import type { Line } from '../line/line.js';
import { keyBar } from '../screens/key-bar.js';
import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import { linearLines } from './linear-lines.js';
import { isChosen, spoken, spokenLines } from './spoken.js';

/** A list longer than this is not read out: where one is in it is said, and what is gone to. */
const LIST_MAX = 20;
const BAR_COLUMNS = 1000;
/** Marks of values: the numbers before them say the same. */
const SIGNS = / ?[¹²³⁴⁵⁶⁷⁸⁹](?:–[¹²³⁴⁵⁶⁷⁸⁹])?/g;
const ROW = /^ *[ ▸+] *$/;

/** What is there to be heard at a place. */
interface Heard {
  readonly place: string;
  readonly lines: readonly string[];
  /** The chosen row of a list; empty where nothing is chosen. */
  readonly chosen: string;
}

const NOTHING: Heard = { place: '', lines: [], chosen: '' };

/** Says what a state shows, and then only what is new in it. */
export class LinearVoice {
  private before = NOTHING;
  /** What was heard below what lies over it. */
  private below = NOTHING;

  /** What is to be said now. `whole`: everything, whatever was said before. */
  hear(state: State, whole = false): string[] {
    const rows = linearLines(state);
    const now: Heard = {
      place: placeOf(state),
      lines: spokenLines(rows),
      chosen: isList(state) ? chosenRow(rows) : '',
    };
    const { below } = this;
    const before = now.place === below.place ? below : this.before;
    this.before = now;
    if (state.overlay === null) this.below = now;
    if (whole || now.place !== before.place) return everything(state, now, rows);
    if (isWritten(state)) return [];
    if (now.chosen !== '') return now.chosen === before.chosen && before !== below ? [] : [now.chosen];
    return now.lines.filter((text) => !before.lines.includes(text));
  }
}

function everything(state: State, { lines, chosen }: Heard, rows: readonly Line[]): string[] {
  const head = rows.findIndex(isRow);
  const long = chosen !== '' && rows.length > LIST_MAX;
  const said = [...(long ? spokenLines(rows.slice(0, head)) : lines), ...(chosen === '' ? [] : [chosen])];
  if (state.screen.name === 'loading' && state.overlay === null) return said;
  const bar = keyBar({ ...state, leader: false }, BAR_COLUMNS).map(({ text }) => ({ text: text.replace(SIGNS, '') }));
  return [...said, say('linear.keys', { keys: spoken(bar) })];
}

/** A lesson has the sign of a chosen row before what is to be done. */
function isList({ screen, overlay }: State): boolean {
  return overlay !== null || (screen.name !== 'lab' && screen.name !== 'report');
}

/** The chosen row of a list, and the how manieth it is; empty where nothing is chosen. */
function chosenRow(lines: readonly Line[]): string {
  const rows = lines.filter(isRow);
  const at = rows.findIndex(isChosen);
  return at < 0 ? '' : say('linear.row', { row: at + 1, rows: rows.length, text: spoken(rows[at] ?? []) });
}

/** Rows that can be chosen begin with a sign or as many blanks, in a style; titles and help do not. */
function isRow([first]: Line): boolean {
  return first?.style !== undefined && ROW.test(first.text);
}

/** Whether what is typed is text: it is heard as it is typed. */
export function isWritten(state: State): boolean {
  return state.overlay === null ? fillsGap(state) : state.overlay.name === 'notes';
}

/** Where somebody is: when it is another place, everything is said. */
function placeOf({ screen, overlay, lab, review, catalogue }: State): string {
  const parts = [
    screen.name,
    screen.name === 'report' ? screen.part : '',
    screen.name === 'loading' ? screen.title : '',
    screen.name === 'lab' ? `${lab?.view.id} ${lab?.view.seed} ${lab?.task} ${lab?.lesson?.at}` : '',
    screen.name === 'review' ? `${review?.card?.id} ${review?.answered !== undefined}` : '',
    screen.name === 'catalogue' ? `${catalogue.certification}` : '',
    overlay?.name ?? '',
    overlay?.name === 'confirm' ? overlay.asks : '',
    overlay?.name === 'notice' ? overlay.title + overlay.text : '',
    overlay?.name === 'unfinished' ? overlay.dropping : '',
    overlay?.name === 'moments' ? overlay.asks : '',
  ];
  return parts.join('|');
}
