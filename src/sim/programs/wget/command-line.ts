import type { ParsedLine } from '../../kernel/libc/getopt.js';

/** The options that busybox's wget and GNU's have alike. */
export const SHARED_SPECS = [
  { short: 'q', long: 'quiet' },
  { short: 'S', long: 'server-response' },
  { long: 'spider' },
  { long: 'no-check-certificate' },
  { short: 'O', long: 'output-document', argument: 'required' },
  { short: 'P', long: 'directory-prefix', argument: 'required' },
  { short: 'T', long: 'timeout', argument: 'required' },
  { short: 't', long: 'tries', argument: 'required' },
  { short: 'U', long: 'user-agent', argument: 'required' },
  { long: 'header', argument: 'required' },
  { long: 'post-data', argument: 'required' },
] as const;

/** An option's value: of several the last. */
export function optionValue({ options }: ParsedLine, name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value;
}

/** Whether an option was given. */
export function hasOption({ options }: ParsedLine, name: string): boolean {
  return options.some((option) => option.name === name);
}
