/** The environment of a program. */
export type Variables = Readonly<Record<string, string | undefined>>;
