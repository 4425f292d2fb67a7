/** The page that says how near we are to a real server: docs/real-server.md, made by `show.ts --write`. */
import type { ApplyComparison } from './apply/compared-apply.js';
import { type Comparison, shares } from './compared.js';
import { classRows } from './differences.js';
import { EXCUSED } from './excused.js';
import { readWorkloads } from './workloads/compare.js';
import { KNOWN_DIFFERENCES } from './workloads/known-differences.js';

const HEAD = `# How near the API server is to a real one

Made by \`node scripts/run.mjs test/reference/show.ts --write\`; the tests fail when it is not what they find. What is asked
and compared is told in ARCHITECTURE.md under "Checks of the house".
`;

/** The whole page. `server` says what was recorded. */
export function page(server: string, all: readonly Comparison[], applies: readonly ApplyComparison[]): string {
  const { server: cluster, told } = readWorkloads();
  const parts = [requestsSection(server, all), appliesSection(applies), scenariosSection(cluster, told.size)];
  return [HEAD, ...parts].join('\n');
}

/** What is asked of each kind, and by hand. */
export function requestsSection(server: string, all: readonly Comparison[]): string {
  const excused = EXCUSED.map(({ reason, ids }) => {
    const count = all.filter((one) => one.excused && ids.test(one.request.id)).length;
    return `${count} of the equal ones but for this: ${reason}.`;
  });
  return [
    '## Requests\n',
    `Compared with ${server}: ${told(all)}.\n`,
    ...excused.map((line) => `${line}\n`),
    classTable(all),
    '| share | equal | of | kind |\n| ---: | ---: | ---: | --- |',
    ...shares(all).map(([kind, equal, count]) => `| ${percent(equal, count)} | ${equal} | ${count} | ${kind} |`),
    '',
  ].join('\n');
}

/** What is applied, by several managers. */
export function appliesSection(applies: readonly ApplyComparison[]): string {
  const isDrawn = ({ asked }: ApplyComparison) => asked.sequence.name.startsWith('drawn ');
  return [
    '## Server-side apply\n',
    `Sequences written down: ${told(applies.filter((one) => !isDrawn(one)))}.`,
    `Sequences drawn: ${told(applies.filter(isDrawn))}.\n`,
    classTable(applies),
  ].join('\n');
}

/** What controllers and the scheduler do in so many recorded scenarios. */
export function scenariosSection(server: string, count: number): string {
  const known = Object.entries(KNOWN_DIFFERENCES);
  return [
    '## Controllers and scheduler\n',
    `Played on ${server}: ${count - known.length} of ${count} scenarios go alike.\n`,
    '| what differs | why |\n| --- | --- |',
    ...known.map(([title, reason]) => `| ${title} | ${reason} |`),
    '',
  ].join('\n');
}

function classTable(all: readonly (Comparison | ApplyComparison)[]): string {
  const rows = classRows(all).map(([name, count, reason]) => `| ${name} | ${count} | ${reason} |\n`);
  return rows.length === 0 ? '' : `| what differs | answers | why |\n| --- | ---: | --- |\n${rows.join('')}`;
}

function told(all: readonly { readonly equal: boolean }[]): string {
  const equal = all.filter((one) => one.equal).length;
  return `${equal} of ${all.length} answers are equal (${percent(equal, all.length)})`;
}

function percent(equal: number, count: number): string {
  return `${((100 * equal) / count).toFixed(1)} %`;
}
