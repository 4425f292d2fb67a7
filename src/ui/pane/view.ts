/** What a pane's component needs of a pane: rows, and when they changed. */
export interface PaneView {
  readonly version: number;
  readonly scrolledBack: number;
  rows(): readonly string[];
  subscribe(listener: () => void): () => void;
}
