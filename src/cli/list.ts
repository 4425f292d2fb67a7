import chalk from 'chalk';
import type { Lab } from '../labs/format/lab.js';
import type { RunsOn } from '../labs/needs/where-it-runs.js';
import { difficultyText } from '../ui/screens/words.js';
import type { CliCommand } from './command.js';
import { allLabs } from './find-lab.js';
import { say, tell, UsageError } from './io.js';

interface ListOptions {
  readonly cert?: string;
  readonly cluster?: string;
  readonly json?: boolean;
}

/** What stands in the column of where a lab runs, by what is written after `--cluster`. */
const CLUSTERS = { sim: 'sim', kind: 'kind', context: 'ctx' } as const;
type ClusterName = keyof typeof CLUSTERS;

/** `kubedrill list`: every lab. The JSON form is an array of `Row`s. */
export const list: CliCommand = {
  name: 'list',
  declare(command, io) {
    command
      .description('list the labs, and where each runs: sim, kind, ctx (a context of a kubeconfig)')
      .option('--cert <certification>', 'only labs for cka, ckad or cks')
      .option('--cluster <cluster>', 'only labs that run on such a cluster: sim, kind or context')
      .option('--json', 'as a JSON array')
      .action(async ({ cert, cluster, json }: ListOptions) => {
        const certification = await certificationOf(cert);
        const on = clusterOf(cluster);
        if (cluster?.includes('='))
          tell(io, `What ${cluster} has is looked at when a lab begins there: these may run on a context.`);
        const labs = allLabs(io).filter(
          ({ content }) => certification === undefined || content.spec.certification === certification,
        );
        const rows = (await Promise.all(labs.map(rowOf))).filter(({ runs_on: runsOn }) => !on || runs(runsOn, on));
        if (json) return say(io, JSON.stringify(rows, undefined, 2));
        if (rows.length === 0)
          io.stderr.write(`There are no labs${certification === undefined ? '' : ` for ${certification}`} yet.\n`);
        const width = Math.max(...rows.map(({ id }) => id.length));
        for (const row of rows) say(io, lineOf(row, width));
      });
  },
};

/** Throws `UsageError` for what is none. */
async function certificationOf(cert: string | undefined): Promise<string | undefined> {
  const { CERTIFICATIONS } = await import('../labs/content/find.js');
  const wanted = cert?.toLowerCase();
  if (wanted !== undefined && !CERTIFICATIONS.some((known) => known === wanted))
    throw new UsageError(`"${cert}" is no certification; there are ${CERTIFICATIONS.join(', ')}`);
  return wanted;
}

/** A context may have its name behind it, as where a lab is run. Throws `UsageError` for what is no cluster. */
function clusterOf(cluster: string | undefined): ClusterName | undefined {
  if (cluster === undefined) return undefined;
  const [name = ''] = cluster.toLowerCase().split('=');
  if (!Object.hasOwn(CLUSTERS, name))
    throw new UsageError(`"${cluster}" is no cluster; there are ${Object.keys(CLUSTERS).join(', ')}`);
  return name as ClusterName;
}

/** A lab as a row of the JSON form. */
interface Row {
  readonly id: string;
  readonly certification: string;
  readonly domain: string;
  readonly title: string;
  readonly difficulty: number;
  readonly minutes: number;
  readonly points: number;
  readonly runs_on: RunsOn;
}

async function rowOf(lab: Lab): Promise<Row> {
  const { metadata, spec } = lab.content;
  return {
    id: lab.id,
    certification: spec.certification,
    domain: spec.domain,
    title: metadata.title,
    difficulty: spec.difficulty,
    minutes: spec.minutes,
    points: spec.checks.filter(({ when }) => when === undefined).reduce((sum, { points }) => sum + (points ?? 0), 0),
    runs_on: await runsOnOf(lab),
  };
}

/** Of a lab whose draws cannot be made nothing is known but that no real cluster is made for it. */
async function runsOnOf(lab: Lab): Promise<RunsOn> {
  const { whereItRuns } = await import('../labs/needs/where-it-runs.js');
  const { needsOfDraws } = await import('../labs/needs/needs-of-draws.js');
  const { DeriveError } = await import('../labs/format/derive.js');
  try {
    return whereItRuns(await needsOfDraws(lab));
  } catch (error) {
    if (!(error instanceof DeriveError)) throw error;
    const unknown = { runs: false, because: [error.message], if: [] };
    return { sim: true, kind: unknown, context: unknown };
  }
}

function runs(on: RunsOn, name: ClusterName): boolean {
  return name === 'sim' || on[name].runs;
}

function lineOf({ id, difficulty, minutes, title, runs_on: on }: Row, width: number): string {
  const where = (Object.keys(CLUSTERS) as ClusterName[]).map((name) => {
    const short = CLUSTERS[name];
    return runs(on, name) ? short : chalk.dim('-'.padEnd(short.length));
  });
  const cells = [chalk.cyan(id.padEnd(width)), difficultyText(difficulty), `${String(minutes).padStart(2)} min`];
  return [...cells, where.join(' '), title].join('  ');
}
