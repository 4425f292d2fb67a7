/** Rows of the window that are not the played terminal's: the header, and the keys. */
export const REPLAY_ROWS_BESIDE = 2;
