/** The key of a user's extra as a header's name carries it: escaped as in a path where no header may have a character. */
export function extraKey(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
