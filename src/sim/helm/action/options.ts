import { goQuote } from '../../api/go-text.js';
import { HelmError } from '../errors.js';
import { SYSTEM_LABELS } from '../release/storage.js';
import type { HelmRun } from '../run.js';

export type DryRun = 'none' | 'client' | 'server';

/** What `--dry-run` means; `template` is always one. Throws HelmError for other words. */
export function dryRunOf(run: HelmRun, isTemplate: boolean): DryRun {
  const value = run.flags.text('dry-run');
  if (value === 'unset') {
    run.log('WARN', "--dry-run is deprecated and should be replaced with '--dry-run=client'");
    return 'client';
  }
  if (value === 'client' || value === 'server') return value;
  const wish = isTemplate ? '"server" or "client"' : '"none", "server", or "client"';
  const refusal = new HelmError(`invalid dry-run value (${goQuote(value)}). Must be ${wish}`);
  if (value === 'none' && !isTemplate) return 'none';
  if (!/^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value)) throw refusal;
  const isOn = /^[1tT]/.test(value);
  if (isTemplate && !isOn) throw refusal;
  const strategy = isOn ? 'client' : 'none';
  run.log('WARN', `boolean '--dry-run=${value}' flag is deprecated and must be replaced with '--dry-run=${strategy}'`);
  return strategy;
}

/** Whether the server is asked for anything. */
export function asksServer(dryRun: DryRun): boolean {
  return dryRun !== 'client';
}

/** `--labels a=b,c=d`. Throws HelmError for labels that are helm's own. */
export function labelsOf({ flags }: HelmRun): Record<string, string> {
  const labels = Object.fromEntries(
    flags.list('labels').map((text) => {
      const equals = text.indexOf('=');
      if (equals < 0)
        throw new HelmError(
          `invalid argument ${goQuote(text)} for "-l, --labels" flag: ${text} must be formatted as key=value`,
        );
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
  if (Object.keys(labels).some((key) => SYSTEM_LABELS.includes(key)))
    throw new HelmError(
      `user supplied labels contains system reserved label name. System labels: [${SYSTEM_LABELS.join(' ')}]`,
    );
  return labels;
}

/** Whether objects are applied by the server: as said, or as the release was before (`auto`). */
export function serverSideOf({ flags }: HelmRun, before: string | undefined): boolean {
  const value = flags.text('server-side');
  if (value === 'auto') return before === 'ssa';
  if (value === 'true' || value === 'false') return value === 'true';
  throw new HelmError(`invalid/unknown release server-side apply method: ${value}`);
}
