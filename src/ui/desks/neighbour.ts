/** The number of the task before or after one; after the last comes the first. */
export function neighbour(
  tasks: readonly { readonly number: number }[],
  number: number,
  which: 'next' | 'previous',
): number | undefined {
  const at = tasks.findIndex((task) => task.number === number);
  return tasks[(at + (which === 'next' ? 1 : tasks.length - 1)) % tasks.length]?.number;
}
