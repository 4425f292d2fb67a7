/** Whether an address lies in a range of IPv4, or is meant by `all`. */
export function covers(range: string, address: string): boolean {
  if (range === 'all') return true;
  const [network = '', length = '32'] = range.split('/');
  const [one, other] = [numberOf(network), numberOf(address.replace(/^::ffff:/, ''))];
  if (one === undefined || other === undefined) return network === address;
  const bits = Number(length);
  return bits === 0 || one >>> (32 - bits) === other >>> (32 - bits);
}

function numberOf(address: string): number | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
  return parts?.reduce((sum, part) => sum * 256 + part, 0);
}
