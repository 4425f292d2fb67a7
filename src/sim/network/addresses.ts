/** A range of IPv4 addresses, such as 10.244.1.0/24. */
export interface AddressRange {
  readonly first: number;
  readonly prefix: number;
}

/** An IPv4 address as a number, or undefined when the text is none. */
export function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let result = 0;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    result = result * 256 + byte;
  }
  return result;
}

/** A number as an IPv4 address. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A range in CIDR notation, or undefined when the text is none. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = '', length = ''] = text.split('/');
  const first = parseAddress(address);
  if (first === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return undefined;
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  return { first: Math.floor(first / size) * size, prefix };
}

/** How many addresses a range has. */
function rangeSize(range: AddressRange): number {
  return 2 ** (32 - range.prefix);
}

/** Whether an address lies in a range. */
export function contains(range: AddressRange, address: string): boolean {
  const number = parseAddress(address);
  return number !== undefined && number >= range.first && number < range.first + rangeSize(range);
}
