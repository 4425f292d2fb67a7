/** Prints objects one after another; some printers remember what went before (headers, separators, widths). */
export interface ObjectPrinter {
  /** Answers what goes to standard output for this object. Throws OutputError. */
  print(object: unknown): string;
}
