import type { Outcome } from '../sim/kubectl/machine.js';

/** One line of a transcript: a command and what the real client said to it, or a span of seconds to let pass. */
export type Step =
  | { readonly kind: 'command'; readonly line: string; readonly recorded: Outcome | undefined }
  | { readonly kind: 'advance'; readonly seconds: number }
  | { readonly kind: 'comment'; readonly text: string };

/**
 * Reads a transcript: `$ command`, then its standard output behind `> `, its standard error behind `! `, and `= 1` when
 * it failed; `advance 5` lets five seconds pass; lines with `#` are comments.
 */
export function readTranscript(text: string): Step[] {
  const steps: Step[] = [];
  let open: { line: string; out: string; err: string; code: number; any: boolean } | undefined;
  const settle = (): void => {
    if (!open) return;
    const { line, out, err, code, any } = open;
    steps.push({ kind: 'command', line, recorded: any ? { out, err, code } : undefined });
    open = undefined;
  };
  for (const row of text.split('\n')) {
    const rest = row.slice(2);
    if (row.startsWith('$ ')) {
      settle();
      open = { line: rest, out: '', err: '', code: 0, any: false };
    } else if (open && /^[>!=]/.test(row)) {
      open.any = true;
      if (row.startsWith('>')) open.out += `${rest}\n`;
      else if (row.startsWith('!')) open.err += `${rest}\n`;
      else open.code = Number(rest);
    } else {
      settle();
      const advance = /^advance (\d+)$/.exec(row);
      if (advance) steps.push({ kind: 'advance', seconds: Number(advance[1]) });
      else if (row !== '') steps.push({ kind: 'comment', text: row });
    }
  }
  settle();
  return steps;
}

/** Writes a transcript with what was recorded. */
export function writeTranscript(steps: readonly Step[]): string {
  const lines = steps.flatMap((step) => {
    if (step.kind === 'comment') return [step.text];
    if (step.kind === 'advance') return [`advance ${step.seconds}`];
    const { out = '', err = '', code = 0 } = step.recorded ?? {};
    const rows = (text: string, mark: string): string[] =>
      text === ''
        ? []
        : text
            .replace(/\n$/, '')
            .split('\n')
            .map((row) => `${mark} ${row}`.trimEnd());
    return [`$ ${step.line}`, ...rows(out, '>'), ...rows(err, '!'), `= ${code}`];
  });
  return `${lines.join('\n')}\n`;
}

const MASKS: readonly (readonly [RegExp, string])[] = [
  // First, for such a number may look like the end of a pod's name.
  [/kubectl-edit-\d+/g, 'kubectl-edit-N'],
  [/^[EFIW]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ /gm, 'KLOG '],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID'],
  [/(resource[_ ]?version"?:?\s+"?)\d+/gi, '$1RV'],
  [/(Expected resource version to be \d+, was )\d+/g, '$1RV'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000 UTC)/g, 'TIME'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}/g, 'TIME'],
  [/((?:created|modified)At(?:=|: "))\d+/g, '$1SECONDS'],
  [/(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, 'DATE'],
  [/\b10\.(244|96|97|98|99|1[01]\d)\.\d+\.\d+/g, 'ADDRESS'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{8,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '-HASH'],
  [/(kube-api-access|api|pod|web|job)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-HASH'],
  [/\b(\d+d)?(\d+h)?(\d+m)?(\d+s)\b( \(x\d+ over \d+\w+\))?|\b\d+[mhd](\d+[smh])?\b/g, 'AGE'],
  [/nodePort: \d+|\b3[0-2]\d{3}\b/g, 'NODEPORT'],
  [/\bnode0[12]\b/g, 'node0N'],
  // The simulated hosts run v1.36.0, the recorded program is a later patch of it: only which patch is not compared.
  [/((?:Client Version|gitVersion"?): "?v1\.36\.)\d+/g, '$1N'],
  [/(gitCommit"?: "?)[0-9a-f]{40}/g, '$1COMMIT'],
  [/(goVersion"?: "?go1\.26\.)\d+/g, '$1N'],
];

/** A text without what differs from run to run; columns that hold such things lose their width. */
export function masked(text: string): string {
  // A transcript has whole lines only, so whether the last one ended is not compared here.
  return MASKS.reduce((shown, [pattern, mark]) => shown.replace(pattern, mark), text)
    .replace(/\n$/, '')
    .replace(/ {2,}/g, '  ')
    .replace(/[ \t]+$/gm, '');
}
