/**
 * Shares whole units out by weights (largest remainders; of equal ones the earlier), none more than its `most`. What
 * nobody has room for is left over.
 */
export function apportion(
  units: number,
  weights: readonly number[],
  most: readonly number[] = weights.map(() => Number.POSITIVE_INFINITY),
): number[] {
  const shares = weights.map(() => 0);
  let left = units;
  while (left > 0) {
    const open = weights.flatMap((weight, index) =>
      weight > 0 && (shares[index] as number) < (most[index] as number) ? [index] : [],
    );
    if (open.length === 0) break;
    const given = shareOnce(left, open, weights);
    let taken = 0;
    for (const [place, index] of open.entries()) {
      const room = (most[index] as number) - (shares[index] as number);
      const more = Math.min(given[place] as number, room);
      shares[index] = (shares[index] as number) + more;
      taken += more;
    }
    left -= taken;
  }
  return shares;
}

/** All units among some of the weights, however little room there is. */
function shareOnce(units: number, among: readonly number[], weights: readonly number[]): number[] {
  const total = among.reduce((sum, index) => sum + (weights[index] as number), 0);
  const exact = among.map((index) => (units * (weights[index] as number)) / total);
  const whole = exact.map(Math.floor);
  let left = units - whole.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact
    .map((one, place) => ({ place, remainder: one - Math.floor(one) }))
    .sort((one, other) => other.remainder - one.remainder || one.place - other.place);
  for (const { place } of byRemainder) {
    if (left === 0) break;
    whole[place] = (whole[place] as number) + 1;
    left -= 1;
  }
  return whole;
}
