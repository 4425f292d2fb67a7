const SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** A span as labs write it, `1h30m`, in seconds. */
export function spanSeconds(text: string): number {
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (SECONDS[unit as string] as number),
    0,
  );
}
