/** Answers that are not the real server's, and why that stays. Short on purpose. */
export const DIFFERENCES: readonly { readonly reason: string; readonly has: (id: string) => boolean }[] = [];
