/** What building a tree came to. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** An answer without what differs from run to run: where the tree lies, times of a log, addresses in memory. */
export function comparable({ stdout, stderr, code }: Answer, root: string): Answer {
  const plain = (text: string): string =>
    text
      .replaceAll(root, '/tree')
      .replace(/^([IWEF])\d{4} [\d:.]+ +\d+ /gm, '$1 ')
      .replace(/\b0x[0-9a-f]{9,}/g, '0xc000000000');
  return { stdout: plain(stdout), stderr: plain(stderr), code };
}
