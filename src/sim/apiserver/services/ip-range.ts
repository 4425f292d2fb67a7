/** An IPv4 block such as 10.96.0.0/12, as numbers. */
export interface AddressBlock {
  readonly base: number;
  readonly size: number;
}

/** Reads a block. Throws on what is none. */
export function readBlock(text: string): AddressBlock {
  const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text);
  const bits = Number(match?.[2]);
  const address = match ? addressNumber(match[1] as string) : undefined;
  if (address === undefined || !(bits <= 32)) throw new Error(`invalid CIDR address: ${text}`);
  const size = 2 ** (32 - bits);
  return { base: Math.floor(address / size) * size, size };
}

/** `10.96.0.1` as a number; undefined when it is no IPv4 address. */
export function addressNumber(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let number = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    number = number * 256 + Number(part);
  }
  return number;
}

/** A number as an address. */
export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** Whether an address can be given to a service: in the block, neither its first nor its last. */
export function isUsable(block: AddressBlock, address: number): boolean {
  return address > block.base && address < block.base + block.size - 1;
}

/** The address that belongs to the `kubernetes` service: the first usable one. */
export function firstAddress(block: AddressBlock): string {
  return addressText(block.base + 1);
}
