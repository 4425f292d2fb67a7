/** Cases in which we differ from the real CoreDNS, and why we leave it so. */
export const DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ['acl', 'it adds an extended error (EDE 15, 17) to what it blocks and filters; our messages have no such options'],
]);
