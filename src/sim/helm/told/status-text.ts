import { dateOf } from '../../api/calendar.js';
import { parseTime } from '../../api/time.js';
import { printYaml } from '../../api/yaml/print.js';
import { SECOND } from '../../kernel/time.js';
import type { Chart } from '../chart/chart.js';
import { coloured, colouredStatus } from '../output.js';
import type { HookEvent, Release } from '../release/release.js';
import type { HelmRun } from '../run.js';
import { coalesceValues } from '../values/coalesce.js';

/** What is shown of a release besides its state. */
export interface StatusOptions {
  /** Values, hooks and manifest too. */
  readonly debug?: boolean;
  readonly metadata?: boolean;
  readonly hideNotes?: boolean;
  /** Objects as tables, each with its title. */
  readonly resources?: string;
}

/** What install, upgrade, status and test print of a release. */
export function statusText(run: HelmRun, release: Release, options: StatusOptions): string {
  const colours = run.colours();
  const { info, chart } = release;
  const lines = [`NAME: ${release.name}`];
  if (info.last_deployed) lines.push(`LAST DEPLOYED: ${ansicTime(info.last_deployed)}`);
  lines.push(`NAMESPACE: ${coloured(release.namespace, 'cyan', colours)}`);
  lines.push(`STATUS: ${colouredStatus(info.status, colours)}`, `REVISION: ${release.version}`);
  if (options.metadata) {
    const { name = '', version = '', appVersion = '' } = chart.metadata;
    lines.push(`CHART: ${name}`, `VERSION: ${version}`, `APP_VERSION: ${appVersion}`);
  }
  lines.push(`DESCRIPTION: ${info.description ?? ''}`);
  if (options.resources) lines.push(`RESOURCES:\n${options.resources}`);
  lines.push(...testLines(release));
  if (options.debug) {
    const all = coalesceValues({ ...(chart as Chart), dependencies: [] }, release.config, run.notes.log);
    const given = options.metadata && Object.keys(release.config).length === 0 ? null : release.config;
    lines.push(`USER-SUPPLIED VALUES:\n${printYaml(given)}`, `COMPUTED VALUES:\n${printYaml(all)}`);
  }
  if (options.debug || info.description?.toLowerCase() === 'dry run complete') {
    lines.push('HOOKS:', ...release.hooks.map(({ path, manifest }) => `---\n# Source: ${path}\n${manifest}`));
    lines.push(`MANIFEST:\n${release.manifest}`);
  }
  if (!options.hideNotes && info.notes) lines.push(`NOTES:\n${info.notes.trim()}`);
  return `${lines.join('\n')}\n`;
}

function testLines({ hooks }: Release): string[] {
  const tests = hooks.filter(({ events }) => events.includes('test' satisfies HookEvent));
  if (tests.length === 0) return ['TEST SUITE: None'];
  return tests
    .filter(({ last_run }) => last_run.started_at)
    .map(({ name, last_run: { started_at = '', completed_at = '', phase } }) =>
      [
        `TEST SUITE:     ${name}`,
        `Last Started:   ${ansicTime(started_at)}`,
        `Last Completed: ${ansicTime(completed_at)}`,
        `Phase:          ${phase}`,
      ].join('\n'),
    );
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon Jan  2 15:04:05 2006`. */
export function ansicTime(text: string): string {
  const at = parseTime(text) ?? parseTime('0001-01-01T00:00:00Z') ?? 0;
  const seconds = Math.floor(at / SECOND);
  const days = Math.floor(seconds / 86_400);
  const { year, month, day } = dateOf(days);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ofDay = seconds - days * 86_400;
  const clock = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(two).join(':');
  const weekday = DAYS[(((days + 4) % 7) + 7) % 7];
  return `${weekday} ${MONTHS[month - 1]} ${String(day).padStart(2)} ${clock} ${String(year).padStart(4, '0')}`;
}

/** `2006-01-02 15:04:05.999999999 -0700 MST`, as Go prints a time by itself. */
export function goTimeText(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|([+-]\d\d):(\d\d))$/.exec(text);
  if (!match) return text;
  const [, date, clock, fraction = '', , hours, minutes] = match;
  const zone = hours === undefined ? '+0000 UTC' : `${hours}${minutes} ${hours}${minutes}`;
  return `${date} ${clock}${fraction.replace(/\.?0+$/, '')} ${zone}`;
}
