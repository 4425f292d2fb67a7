/** Snippets that come out differently here, each with the reason. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map<string, string>([
  ['{{ fromJson "{\\"a\\": 1e400}" }}', 'what the decoder had set before it failed is left out'],
  ['{{ 1i }}', 'there are no complex numbers'],
]);
