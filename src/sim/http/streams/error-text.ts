/** What the error stream says in protocols before v4: the message of a failure as text, nothing after a success. */
export function errorText(bytes: Uint8Array): Uint8Array {
  try {
    const { status, message = '' } = JSON.parse(Buffer.from(bytes).toString()) as { status?: string; message?: string };
    return Buffer.from(status === 'Success' ? '' : message);
  } catch (error) {
    if (error instanceof SyntaxError) return bytes;
    throw error;
  }
}

/** Whether a protocol's error stream carries a Status. */
export function tellsStatus(protocol: string): boolean {
  return /^v[45]\./.test(protocol);
}
