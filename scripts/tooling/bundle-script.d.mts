/** Bundles a TypeScript script of this repository; returns the path of the result. */
export function bundleScript(file: string): Promise<string>;
