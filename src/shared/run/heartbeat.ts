/** How often the host of a run renews `status.json`, and after how long without one the run counts as lost; ms. */
export const heartbeatMs = 2_000;
export const lostAfterMs = 30_000;
