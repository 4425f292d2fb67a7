import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { casesOfLabs, chooseLabs, HAS, HAS_PLAYED, type LabCase } from './cases.js';
import { because } from './known-differences.js';
import { type Difference, type Ended, type Remembered, readPlayed } from './played.js';

/** The page on which what is remembered is told. */
const PAGE = fileURLToPath(new URL('../../docs/fidelity.md', import.meta.url));
const FROM = '<!-- labs: written by `npm run test:real -- report` -->';
const TO = '<!-- end of labs -->';

/** What is known of how labs grade on one of the real clusters. */
export interface Summary {
  readonly nodes: Remembered['nodes'];
  readonly labs: { readonly all: number; readonly fit: number; readonly played: number };
  readonly cases: number;
  readonly alike: readonly Remembered[];
  readonly explained: readonly Remembered[];
  readonly unexplained: readonly Remembered[];
  /** Played when the lab was another. */
  readonly stale: readonly LabCase[];
  /** Never played. */
  readonly unplayed: readonly LabCase[];
}

/** Holds what is remembered against the labs as they are, apart for the cluster with real nodes and that with played ones. */
export async function summariesOf(remembered: readonly Remembered[] = readPlayed()): Promise<Summary[]> {
  return [await summaryOf(remembered, undefined), await summaryOf(remembered, 'played')];
}

async function summaryOf(remembered: readonly Remembered[], nodes: Remembered['nodes']): Promise<Summary> {
  const { labs, refused } = await chooseLabs([], nodes ? HAS_PLAYED : HAS);
  const cases = await casesOfLabs(labs);
  const known = new Map(remembered.filter((one) => one.nodes === nodes).map((one) => [`${one.lab} ${one.case}`, one]));
  const of = ({ lab, says }: LabCase): Remembered | undefined => known.get(`${lab.id} ${says}`);
  const stale = cases.filter((one) => of(one) !== undefined && of(one)?.hash !== one.hash);
  const current = cases.flatMap((one) => (of(one)?.hash === one.hash ? (of(one) ?? []) : []));
  const differing = current.filter(({ differs }) => differs.length > 0);
  const explained = differing.filter((one) => one.differs.every((difference) => because(one, difference)));
  return {
    nodes,
    labs: {
      all: labs.length + refused.length,
      fit: labs.length,
      played: new Set(current.map(({ lab }) => lab)).size,
    },
    cases: cases.length,
    alike: current.filter(({ differs }) => differs.length === 0),
    explained,
    unexplained: differing.filter((one) => !explained.includes(one)),
    stale,
    unplayed: cases.filter((one) => of(one) === undefined),
  };
}

/** The counts, a line each. */
export function countsOf(summary: Summary): string[] {
  const { nodes, labs, cases, alike, explained, unexplained, stale, unplayed } = summary;
  const played = alike.length + explained.length + unexplained.length;
  const where = nodes ? 'Where nodes are only played (KWOK), ' : '';
  return [
    `${where}${labs.fit} of ${labs.all} labs fit; ${labs.played} of these were played, ${played} of their ${cases} cases:`,
    `${alike.length} grade alike, ${explained.length} differ and it is known why, ${unexplained.length} differ and it is not known why;`,
    `${stale.length} were played when the lab was another, ${unplayed.length} were not played.`,
  ];
}

/** The part of the page that tells of labs. */
export function toldOf(summaries: readonly Summary[]): string {
  const differing = summaries
    .flatMap(({ explained, unexplained }) => [...explained, ...unexplained])
    .sort((one, other) => (`${one.lab} ${one.case}` < `${other.lab} ${other.case}` ? -1 : 1));
  const rows = differing.flatMap((one) => one.differs.map((difference) => rowOf(one, difference)));
  const table = ['| lab, case | check | simulated | real | why |', '| --- | --- | --- | --- | --- |', ...rows];
  const counts = summaries.map((summary) => countsOf(summary).join('\n'));
  return [...counts, ...(rows.length > 0 ? [table.join('\n')] : [])].join('\n\n');
}

function rowOf(one: Remembered, difference: Difference): string {
  const { check, simulated, real } = difference;
  const cells = [
    `${one.lab}, ${one.case}${one.nodes ? ' (played nodes)' : ''}`,
    check,
    wordOf(simulated),
    wordOf(real),
    because(one, difference) ?? '?',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function wordOf({ as, found }: Ended): string {
  return as === 'holds' || !found ? as : `${as}: ${found.slice(0, 100)}`;
}

/** Puts it into the page. */
export function writePage(summaries: readonly Summary[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(FROM);
  const after = rest?.split(TO)[1];
  if (after === undefined) throw new Error(`${PAGE} has no place for it: ${FROM} … ${TO}`);
  writeFileSync(PAGE, `${before}${FROM}\n${toldOf(summaries)}\n${TO}${after}`);
}

/** What the page says of labs; undefined where it says nothing. */
export function readPage(): string | undefined {
  return readFileSync(PAGE, 'utf8').split(FROM)[1]?.split(TO)[0]?.trim();
}
