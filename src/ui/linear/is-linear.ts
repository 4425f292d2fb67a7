/** Whether somebody asked for lines instead of painted screens; Ink's own switch counts too. */
export function isLinear(environment: Readonly<Record<string, string | undefined>>): boolean {
  const wanted = environment['KUBEDRILL_SCREEN_READER'] ?? environment['INK_SCREEN_READER'] ?? '';
  return !['', '0', 'false', 'no'].includes(wanted.toLowerCase());
}
